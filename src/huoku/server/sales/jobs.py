"""What sales does by itself: provisional holds and lock periods whose time is over end."""

from datetime import timedelta
from uuid import uuid4

from django.db.models import Q

from huoku.server.platform import clock
from huoku.server.platform.actor import the_system
from huoku.server.platform.command import Command, perform
from huoku.server.platform.models import Company
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import Opened
from huoku.server.platform.scope import EVERY_COMPANY, entered
from huoku.server.sales.commands.locking import unlock_order
from huoku.server.sales.commands.promising import release_hold
from huoku.server.sales.models import SalesOrder
from huoku.server.sales.states import HELD, LOCKED


def end_holds() -> int:
    """Each company's holds that are over become inquiries again; returns how many ended. Nothing due, nothing
    written."""
    return _end(release_hold, Q(state=HELD, held_until__lte=clock.now()))


def end_locks() -> int:
    """Each company's lock periods whose last day is over; returns how many ended."""
    begun_somewhere = clock.now().date() + timedelta(days=1)
    return _end(unlock_order, Q(state=LOCKED, lock_until__lt=begun_somewhere))


def _end(command: Command[Opened], over: Q) -> int:
    with entered(EVERY_COMPANY):
        due = SalesOrder.objects.of_every_company().filter(over)
        found = list(due.values_list("company_id", "pk", "lock_until"))
        companies = Company.objects.in_bulk({company for company, _, _ in found})
    ended = 0
    for company_id, order, last_day in found:
        company = companies[company_id]
        if command is unlock_order and last_day and last_day >= clock.business_day(company, clock.now()):
            continue  # over elsewhere, not where this company is
        try:
            perform(command, Opened(id=order), actor=the_system(company, via="schedule"), key=f"over:{uuid4().hex}")
        except Refused:
            continue  # confirmed or changed meanwhile
        ended += 1
    return ended
