"""What the ledger does by itself: reservations whose time is over are ended each minute."""

from uuid import uuid4

from huoku.server.ledger.commands.reservations import ExpireDue, expire_due
from huoku.server.ledger.models import Reservation
from huoku.server.platform import clock
from huoku.server.platform.actor import the_system
from huoku.server.platform.command import perform
from huoku.server.platform.models import Company
from huoku.server.platform.scope import EVERY_COMPANY, entered

AT_ONCE = 200
"""So many in one transaction, so that others wait for a moment only."""


def expire_reservations() -> int:
    """End what is due, company by company; returns how many ended. Nothing due, nothing written."""
    with entered(EVERY_COMPANY):
        due = Reservation.objects.of_every_company().filter(
            expires_at__lte=clock.now(), state__in=("pending", "part_posted")
        )
        companies = list(Company.objects.filter(pk__in=set(due.values_list("company_id", flat=True))))
    return sum(_expire(company) for company in companies)


def _expire(company: Company) -> int:
    ended, last = 0, AT_ONCE
    while last == AT_ONCE:
        done = perform(
            expire_due, ExpireDue(limit=AT_ONCE), actor=the_system(company, via="schedule"), key=f"expire:{uuid4().hex}"
        )
        last = len(done.result()["expired"])
        ended += last
    return ended
