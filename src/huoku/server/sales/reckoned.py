"""What people look for in a list of orders: what is due next of each, and what it is worth."""

from django.db.models import BigIntegerField, Case, F, OuterRef, QuerySet, Subquery, Sum, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from huoku.server.platform.tables.reckoned import Reckoned, part, worth
from huoku.server.sales.models import SalesLine
from huoku.server.sales.states import AGREED, OPEN

LIVING = (*OPEN, *AGREED)
"""States in which something is still to be delivered, or to be answered."""


def _lines() -> "QuerySet[SalesLine]":
    """Of the order that is asked about, whose company is named there."""
    return SalesLine.objects.of_every_company().filter(order=OuterRef("pk"))


def _next(value: str) -> Combinable:
    """Of the line that is due first of what has not gone yet. Old orders are many, and nothing is due of them."""
    still = _lines().filter(shipped_steps__lt=F("qty_steps")).annotate(due=Coalesce("promised_on", "due_on"))
    found = Subquery(still.annotate(open=F("qty_steps") - F("shipped_steps")).order_by("due", "seq").values(value)[:1])
    return Case(When(state__in=LIVING, then=found))


def orders() -> Reckoned:
    money = worth("qty_steps", "price_millionths", "item__decimals", "order__currency")
    total = _lines().order_by().values("order").annotate(total=Sum(money)).values("total")
    return {
        "next_on": _next("due"),
        "next_item": _next("item__code"),
        "next_item_id": _next("item_id"),
        "next_qty": _next("open"),
        "next_decimals": _next("item__decimals"),
        "next_unit": _next("item__unit"),
        "amount": Subquery(total, output_field=BigIntegerField()),
    }


def lines() -> Reckoned:
    return {"shipped_share": part("shipped_steps", F("qty_steps"))}
