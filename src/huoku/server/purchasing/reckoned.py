"""What people look for in a list of orders and requests: which is due next, and what of."""

from django.db.models import Case, F, OuterRef, QuerySet, When
from django.db.models.functions import Coalesce

from huoku.server.platform.tables.next_due import next_due
from huoku.server.platform.tables.reckoned import Reckoned, part
from huoku.server.purchasing.models import PurchaseLine
from huoku.server.purchasing.models.orders import COUNTED_ON

LIVING = ("draft", *COUNTED_ON)
"""States in which something is still to come, or to be ordered."""


def orders() -> Reckoned:
    lines: QuerySet[PurchaseLine] = PurchaseLine.objects.of_every_company().filter(order=OuterRef("pk"))
    days = Coalesce("revised_on", "promised_on", "wanted_on")
    return next_due(lines.filter(open_steps__gt=0).annotate(due=days, still_open=F("open_steps")), LIVING)


def requests() -> Reckoned:
    return {"next_on": Case(When(state="open", then=F("need_on")))}


def lines() -> Reckoned:
    """Of what is due in all, what comes in place of returned goods included, how much has come."""
    return {"received_share": part("received_steps", F("qty_steps") + F("replaced_steps") - F("cancelled_steps"))}
