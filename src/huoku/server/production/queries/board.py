"""What goes on in production now: orders by state, what is late, what runs and what stands, what lies at the work, and
what was reported on one day (生产看板)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Q, Sum

from huoku.server.ledger.models import Balance, Location
from huoku.server.platform import clock
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.production.models import JobReport, WorkOperation, WorkOrder
from huoku.server.production.states import BEFORE_THE_END, TO_BEGIN

STATES = (*BEFORE_THE_END, "finished")
NONE = Decimal(0)
AT_WORK = ("ready", "running", "paused")


@dataclass(frozen=True, slots=True)
class Paused:
    """An operation that stands still, and why."""

    operation: int
    number: str
    resource: str
    cause: str
    note: str


@dataclass(frozen=True, slots=True)
class AtWork:
    """What lies at a place of work."""

    place: str
    items: int


@dataclass(frozen=True, slots=True)
class Output:
    """What was reported at a resource, in one unit."""

    resource: str
    unit: str
    good: Decimal
    scrap: Decimal
    minutes: Decimal
    reports: int


@dataclass(frozen=True, slots=True)
class Board:
    """``orders`` and ``operations`` count by state; ``late``: orders that are due before ``day`` and not finished;
    ``late_to_start``: those that should have been begun and were not."""

    day: date
    orders: Mapping[str, int]
    late: int
    late_to_start: int
    operations: Mapping[str, int]
    paused: tuple[Paused, ...]
    at_work: tuple[AtWork, ...]
    output: tuple[Output, ...]


def board(actor: Actor, day: date | None = None) -> Board:
    """The board of a day of the company; today's where none is named. Only what was reported is of that day."""
    today = clock.business_day(actor.company, clock.page_time())
    counts = rows_for(actor, WorkOrder).aggregate(
        **{state: Count("pk", filter=Q(state=state)) for state in STATES},
        late=Count("pk", filter=Q(state__in=BEFORE_THE_END, due_on__lt=today)),
        late_to_start=Count("pk", filter=Q(state__in=("planned", *TO_BEGIN), start_on__lt=today)),
    )
    return Board(
        day=day or today,
        orders={state: counts[state] for state in STATES},
        late=counts["late"],
        late_to_start=counts["late_to_start"],
        operations=_operations(actor),
        paused=_paused(actor),
        at_work=_at_work(actor),
        output=_output(actor, day or today),
    )


def _operations(actor: Actor) -> dict[str, int]:
    rows = rows_for(actor, WorkOperation).filter(order__state__in=BEFORE_THE_END)
    return rows.aggregate(**{state: Count("pk", filter=Q(state=state)) for state in AT_WORK})


def _paused(actor: Actor) -> tuple[Paused, ...]:
    rows = rows_for(actor, WorkOperation).filter(state="paused", order__state__in=BEFORE_THE_END)
    columns = ("pk", "number", "resource__code", "pause_cause", "pause_note")
    return tuple(
        Paused(pk, number, resource or "", cause, note)
        for pk, number, resource, cause, note in rows.order_by("number").values_list(*columns)
    )


def _at_work(actor: Actor) -> tuple[AtWork, ...]:
    rows = rows_for(actor, Balance).filter(location__kind=Location.Kind.WORK_IN_PROGRESS, on_hand__gt=0)
    counted = rows.values("location__code").annotate(items=Count("item", distinct=True)).order_by("location__code")
    return tuple(AtWork(each["location__code"], each["items"]) for each in counted)


def _output(actor: Actor, day: date) -> tuple[Output, ...]:
    """By resource and unit: pieces and metres are not added up."""
    ends = clock.day_begins(actor.company, day + timedelta(days=1))
    rows = rows_for(actor, JobReport).filter(
        reported_at__gte=clock.day_begins(actor.company, day), reported_at__lt=ends
    )
    way = ("operation__resource__code", "operation__order__item__unit", "operation__order__item__decimals")
    summed = rows.values_list(*way).annotate(
        Sum("good_steps"), Sum("scrap_steps"), Sum("minutes_millionths"), Count("pk")
    )
    found: dict[tuple[str, str], Output] = {}
    for resource, unit, decimals, good, scrap, minutes, reports in summed.order_by():
        before = found.get((resource or "", unit), Output(resource or "", unit, NONE, NONE, NONE, 0))
        found[before.resource, unit] = replace(
            before,
            good=before.good + Decimal(good).scaleb(-decimals),
            scrap=before.scrap + Decimal(scrap).scaleb(-decimals),
            minutes=before.minutes + Decimal(minutes).scaleb(-6),
            reports=before.reports + reports,
        )
    return tuple(found[key] for key in sorted(found))
