"""What sales does by itself: provisional holds whose time is over become inquiries again."""

from uuid import uuid4

from huoku.server.platform import clock
from huoku.server.platform.actor import the_system
from huoku.server.platform.command import perform
from huoku.server.platform.models import Company
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import Opened
from huoku.server.platform.scope import EVERY_COMPANY, entered
from huoku.server.sales.commands.promising import release_hold
from huoku.server.sales.models import SalesOrder
from huoku.server.sales.states import HELD


def end_holds() -> int:
    """Each company's holds that are over; returns how many ended. Nothing due, nothing written."""
    with entered(EVERY_COMPANY):
        due = SalesOrder.objects.of_every_company().filter(state=HELD, held_until__lte=clock.now())
        found = list(due.values_list("company_id", "pk"))
        companies = Company.objects.in_bulk({company for company, _ in found})
    ended = 0
    for company_id, order in found:
        actor = the_system(companies[company_id], via="schedule")
        try:
            perform(release_hold, Opened(id=order), actor=actor, key=f"hold:{uuid4().hex}")
        except Refused:
            continue  # confirmed or changed meanwhile
        ended += 1
    return ended
