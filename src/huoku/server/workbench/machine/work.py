"""What a resource does next, in the order of the plan, and which customers' orders wait for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from huoku.server.items.models import Operation, Resource
from huoku.server.look.speaking import language, named
from huoku.server.planning.models import PlanRun
from huoku.server.planning.promises import Promise, told_of
from huoku.server.planning.sequence import Work, names_in_plan
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.platform.tables.table import TABLES
from huoku.server.production.models import WorkOperation
from huoku.server.production.states import NOT_DONE
from huoku.server.sales.models import SalesLine
from huoku.server.sales.states import PLANNED
from huoku.server.workbench.machine.load import Week


@dataclass(frozen=True, slots=True)
class Next:
    """An operation that is not done. ``row``: None where the plan proposes its order. ``begins``, ``ends``: by the
    plan; None where that does not know it."""

    number: str
    item: str
    name: str
    row: WorkOperation | None
    minutes: float | None = None
    begins: date | None = None
    ends: date | None = None

    @property
    def hours(self) -> float | None:
        return None if self.minutes is None else self.minutes / 60

    @property
    def late_days(self) -> int:
        """By how many days it is done after its order should be."""
        due = self.row.order.due_on if self.row else None
        return max(0, (self.ends - due).days) if due and self.ends else 0


def open_work(actor: Actor, of: Resource) -> list[WorkOperation]:
    """What is not done on it; nothing for whoever may not read it."""
    if not actor.may(TABLES["work_operations"].read):
        return []
    rows = rows_for(actor, WorkOperation).filter(resource=of, state__in=NOT_DONE).select_related("order__item")
    return list(rows.order_by("order__due_on", "order__number", "seq"))


def next_work(rows: Sequence[WorkOperation], weeks: Sequence[Week], run: PlanRun | None) -> list[Next]:
    """In the order of the plan; what that does not know of comes after it. What it knows and is done since, and what
    it proposed for days that are past, is left out."""
    begins: dict[str, date] = {}
    minutes: dict[str, float] = {}
    works: dict[str, Work] = {}
    for day, work in _laid(weeks):
        begins.setdefault(work.number, day)
        works.setdefault(work.number, work)
        minutes[work.number] = minutes.get(work.number, 0.0) + work.minutes
    known = {row.number: row for row in rows}
    called = names_in_plan(run, {work.item for work in works.values()}, language()) if run else {}
    found = [_next(works[number], known.get(number), minutes[number], on, called) for number, on in begins.items()]
    first = weeks[0].first if weeks else date.min
    found = [each for each in found if each.row or (works[each.number].is_planned and begins[each.number] >= first)]
    untold = [row for row in rows if row.number not in works]
    return [*found, *(Next(row.number, row.order.item.code, _called(row), row) for row in untold)]


def _laid(weeks: Sequence[Week]) -> list[tuple[date, Work]]:
    """Also what an older plan has laid on days that are past: it is still to be done."""
    if not weeks:
        return []
    works, last = weeks[0].works, weeks[-1].last
    return [(on, work) for on in sorted(works) if on <= last for work in works[on]]


def _next(work: Work, row: WorkOperation | None, minutes: float, on: date, called: Mapping[str, str]) -> Next:
    name = _called(row) if row else called.get(work.item, "")
    return Next(work.number, work.item, name, row, minutes, on, work.ends_on)


def _called(row: WorkOperation) -> str:
    name = named(row.order.item, language())
    return name if name != row.order.item.code else ""


def held_up(actor: Actor, of: Resource, run: PlanRun | None) -> list[Promise]:
    """Customers' lines that the full resource keeps from their day and that are still to be delivered: those that
    never come first, then the latest."""
    told = told_of(run, language()) if run else {}
    waits = {id: each for id, each in told.items() if each.resource == of.code and each.level != "G"}
    if not waits:
        return []
    rows = rows_for(actor, SalesLine).filter(pk__in=waits, qty_steps__gt=F("shipped_steps"), order__state__in=PLANNED)
    found = [Promise(waits[line.pk], line) for line in rows.select_related("order__customer", "item")]
    return sorted(found, key=lambda each: (each.told.date is not None, -each.told.late_days, each.line.pk))


def made_on(of: Resource, actor: Actor, most: int) -> list[Operation]:
    """The first operations of routings that need it, by item."""
    rows = rows_for(actor, Operation).filter(resource=of).select_related("parent")
    return list(rows.order_by("parent__code", "seq")[:most])
