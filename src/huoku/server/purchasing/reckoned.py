"""What people look for in a list of orders and requests: which is due next, and what of."""

from django.db.models import Case, F, OuterRef, QuerySet, Subquery, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from huoku.server.platform.tables.reckoned import Reckoned, part
from huoku.server.purchasing.models import PurchaseLine
from huoku.server.purchasing.models.orders import COUNTED_ON

LIVING = ("draft", *COUNTED_ON)
"""States in which something is still to come, or to be ordered."""


def _next(value: str) -> Combinable:
    """Of the line that is due first of what has not come yet."""
    lines: QuerySet[PurchaseLine] = PurchaseLine.objects.of_every_company().filter(order=OuterRef("pk"))
    still = lines.filter(open_steps__gt=0).annotate(due=Coalesce("revised_on", "promised_on", "wanted_on"))
    return Case(When(state__in=LIVING, then=Subquery(still.order_by("due", "seq").values(value)[:1])))


def orders() -> Reckoned:
    return {
        "next_on": _next("due"),
        "next_item": _next("item__code"),
        "next_item_id": _next("item_id"),
        "next_qty": _next("open_steps"),
        "next_decimals": _next("item__decimals"),
        "next_unit": _next("item__unit"),
    }


def requests() -> Reckoned:
    return {"next_on": Case(When(state="open", then=F("need_on")))}


def lines() -> Reckoned:
    """Of what is due in all, what comes in place of returned goods included, how much has come."""
    return {"received_share": part("received_steps", F("qty_steps") + F("replaced_steps") - F("cancelled_steps"))}
