"""What comes today at the desk: work that begins, goods that are expected, holds that end, the plan of the night."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, DateTimeField, F, QuerySet, Value
from django.urls import reverse

from huoku.language import Sentence
from huoku.server.look.speaking import language
from huoku.server.office.beside import Level, Moment
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import day_begins
from huoku.server.platform.kept import rows_for
from huoku.server.production.models import WorkOrder
from huoku.server.production.rights import READ as READ_WORK
from huoku.server.production.states import TO_BEGIN
from huoku.server.purchasing.models import PurchaseChase
from huoku.server.purchasing.rights import READ as READ_PURCHASES
from huoku.server.sales.models import SalesOrder
from huoku.server.sales.rights import READ as READ_SALES
from huoku.server.sales.states import HELD

MOST = 12
BEGINS = Sentence("{number} 开工", "{number} begins")
COMES = Sentence("{number} 到货", "{number} arrives")
ENDS = Sentence("{number} 暂留到期", "hold of {number} ends")
TOLD: dict[str, tuple[Sentence, str, Level]] = {
    "work": (BEGINS, "work_orders", "N"),
    "goods": (COMES, "purchase_orders", "N"),
    "hold": (ENDS, "sales_orders", "O"),
}
"""By kind: its words, the table of its row, its mark."""


def moments(actor: Actor, today: date) -> Iterator[Moment]:
    """Holds have a time; of work and goods the records know the day. One question for all of them."""
    asked = [each for read, each in _asked(actor, today) if actor.may(read)]
    rows = asked[0].union(*asked[1:], all=True) if asked else ()
    told = sorted(set(rows), key=lambda row: (row[3] is None, row[3], row[0], row[1]))
    for kind, number, pk, at in told[:MOST]:
        words, table, level = TOLD[kind]
        yield Moment(words.say(language(), number=number), reverse("office_row", args=(table, pk)), at, level)


def _asked(actor: Actor, today: date) -> Iterator[tuple[str, QuerySet[Any, Any]]]:
    """Rows of kind, number, id and time."""
    begins = day_begins(actor.company, today)
    holds = rows_for(actor, SalesOrder).filter(
        state=HELD, held_until__gte=begins, held_until__lt=begins + timedelta(days=1)
    )
    work = rows_for(actor, WorkOrder).filter(state__in=TO_BEGIN, start_on=today)
    goods = rows_for(actor, PurchaseChase).filter(due_on=today, open_steps__gt=0)  # type: ignore[misc]
    yield READ_SALES, _row(holds, "hold", "number", "pk", F("held_until"))
    yield READ_WORK, _row(work, "work", "number", "pk", None)
    yield READ_PURCHASES, _row(goods, "goods", "order__number", "order_id", None)


def _row(rows: QuerySet[Any], kind: str, number: str, pk: str, at: F | None) -> QuerySet[Any, Any]:
    found = rows.order_by().annotate(
        told_kind=Value(kind, CharField()), told_at=at or Value(None, DateTimeField(null=True))
    )
    rows_told: QuerySet[Any, Any] = found.values_list("told_kind", number, pk, "told_at")
    return rows_told
