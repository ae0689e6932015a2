"""What waits in the store, asked in one question: rows of kind, id, name, day, number, and what else is said."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, Count, DateField, Exists, F, Min, OuterRef, QuerySet, Value

from huoku.server.ledger.models import Balance, CountTask, Location, Status, StockHead
from huoku.server.ledger.rights import READ as READ_STOCK
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import day_begins
from huoku.server.platform.ids import first_at
from huoku.server.platform.kept import rows_for
from huoku.server.production.models import PickLine, PickList
from huoku.server.production.rights import READ as READ_WORK
from huoku.server.purchasing.models import PurchaseReceipt
from huoku.server.purchasing.models.orders import WITH_SUPPLIER
from huoku.server.purchasing.rights import READ as READ_PURCHASES
from huoku.server.warehouse.models import Transfer
from huoku.server.warehouse.rights import READ as READ_TRANSFERS

LYING = timedelta(days=3)
"""Of what came so lately, and still lies where it was set down, it is told that it belongs elsewhere."""
DOUBTED = (CountTask.Cause.NOT_FOUND, CountTask.Cause.RECOUNT)
Row = tuple[str, int, str, date | None, int, str]


def waiting(actor: Actor, today: date) -> list[Row]:
    """As far as the actor may read it; nothing where there is none."""
    asked = [each for read, each in _asked(actor, today) if actor.may(read)]
    rows = asked[0].union(*asked[1:], all=True) if asked else ()
    return [row for row in rows if row[4]]


def _asked(actor: Actor, today: date) -> Iterator[tuple[str, QuerySet[Any, Any]]]:
    yield READ_WORK, _to_fetch(actor)
    yield READ_STOCK, _to_count(actor, today, "recount")
    yield READ_STOCK, _to_count(actor, today, "count")
    yield READ_STOCK, _blocked(actor)
    yield READ_PURCHASES, _to_inspect(actor)
    yield READ_PURCHASES, _to_put_away(actor, today)
    moved = rows_for(actor, Transfer)
    leaves = moved.filter(state="approved", start_on__lte=today)
    comes = moved.filter(state="under_way", expected_on__lte=today)
    yield READ_TRANSFERS, _rows(leaves, "send", "pk", "number", F("start_on"), Value(1), F("target__code"))
    yield READ_TRANSFERS, _rows(comes, "receive", "pk", "number", F("expected_on"), Value(1), F("origin__code"))


def _to_fetch(actor: Actor) -> QuerySet[Any, Any]:
    """Pick lists with lines that nobody has fetched."""
    rows = rows_for(actor, PickList).filter(state="open", lines__state=PickLine.State.OPEN)
    first = Min("lines__component__order__start_on")
    return _rows(rows, "fetch", "pk", "number", first, Count("lines"), Min("lines__component__order__number"))


def _to_count(actor: Actor, today: date, kind: str) -> QuerySet[Any, Any]:
    rows = rows_for(actor, CountTask).filter(is_open=True)
    if kind == "recount":
        rows = rows.filter(cause__in=DOUBTED)
    else:
        rows = rows.exclude(cause__in=DOUBTED).filter(due_on__lte=today)
    return _rows(rows, kind, "company_id", None, Min("due_on"), Count("pk"), Value(""))


def _blocked(actor: Actor) -> QuerySet[Any, Any]:
    rows = rows_for(actor, Balance).filter(status=Status.BLOCKED, on_hand__gt=0)
    return _rows(rows, "blocked", "company_id", None, Value(None, DateField(null=True)), Count("pk"), Value(""))


def _to_inspect(actor: Actor) -> QuerySet[Any, Any]:
    """An order is not closed before all of it is inspected."""
    rows = rows_for(actor, PurchaseReceipt).filter(line__order__state__in=WITH_SUPPLIER, waiting_steps__gt=0)
    return _rows(rows, "inspect", "line__order_id", "line__order__number", Min("received_on"), Count("pk"), Value(""))


def _to_put_away(actor: Actor, today: date) -> QuerySet[Any, Any]:
    """What came in the last days, is free, lies where it was set down, and has a place elsewhere at the same site."""
    since = first_at(day_begins(actor.company, today - LYING))
    here = Balance.objects.of(actor.company).filter(
        lot=OuterRef("lot"), location=OuterRef("location"), status=Status.AVAILABLE, on_hand__gt=0
    )
    elsewhere = StockHead.objects.of(actor.company).filter(
        item=OuterRef("line__item"),
        on_hand__gt=0,
        location__kind=Location.Kind.STORAGE,
        location__site=OuterRef("location__site"),
    )
    came = rows_for(actor, PurchaseReceipt).filter(movement__gte=since, waiting_steps=0)
    rows = came.filter(Exists(here), Exists(elsewhere.exclude(location=OuterRef("location"))))
    return _rows(rows, "put_away", "location_id", "location__code", Min("received_on"), Count("pk"), Value(""))


def _rows(
    rows: QuerySet[Any], kind: str, row: str, name: str | None, day: Any, number: Any, more: Any
) -> QuerySet[Any, Any]:
    """Grouped by id and name."""
    told = rows.order_by().annotate(
        told_kind=Value(kind, CharField()),
        told_row=F(row),
        told_name=F(name) if name else Value("", CharField()),
    )
    grouped = told.values("told_kind", "told_row", "told_name").annotate(told_day=day, told_n=number, told_more=more)
    found: QuerySet[Any, Any] = grouped.values_list(
        "told_kind", "told_row", "told_name", "told_day", "told_n", "told_more"
    )
    return found
