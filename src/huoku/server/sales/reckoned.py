"""What people look for in a list of orders: what is due next of each, and what it is worth."""

from django.db.models import BigIntegerField, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from huoku.server.platform.tables.next_due import next_due
from huoku.server.platform.tables.reckoned import Reckoned, part, worth
from huoku.server.sales.models import SalesLine
from huoku.server.sales.states import AGREED, OPEN

LIVING = (*OPEN, *AGREED)
"""States in which something is still to be delivered, or to be answered."""


def _lines() -> "QuerySet[SalesLine]":
    """Of the order that is asked about, whose company is named there."""
    return SalesLine.objects.of_every_company().filter(order=OuterRef("pk"))


def orders() -> Reckoned:
    still = _lines().filter(shipped_steps__lt=F("qty_steps"))
    days = still.annotate(due=Coalesce("promised_on", "due_on"), still_open=F("qty_steps") - F("shipped_steps"))
    money = worth("qty_steps", "price_millionths", "item__decimals", "order__currency")
    total = _lines().order_by().values("order").annotate(total=Sum(money)).values("total")
    return {
        **next_due(days, LIVING),
        "amount": Subquery(total, output_field=BigIntegerField()),
    }


def lines() -> Reckoned:
    return {"shipped_share": part("shipped_steps", F("qty_steps"))}
