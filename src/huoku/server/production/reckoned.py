"""What people look for in a list of work orders: which is due next, and how much of it is still to be made."""

from django.db.models import Case, F, When

from huoku.server.platform.tables.reckoned import Reckoned
from huoku.server.production.states import UNDER_WAY

LIVING = ("planned", *UNDER_WAY)
"""States in which something is still to be made."""


def orders() -> Reckoned:
    is_open = {"state__in": LIVING, "made_steps__lt": F("qty_steps")}
    return {
        "next_on": Case(When(state__in=LIVING, then=F("due_on"))),
        "to_make": Case(When(**is_open, then=F("qty_steps") - F("made_steps"))),
    }
