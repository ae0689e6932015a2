"""What shortages do by themselves: look which items have fallen below their safety stock."""

from uuid import uuid4

from huoku.server.items.models import Item
from huoku.server.platform.actor import the_system
from huoku.server.platform.command import perform
from huoku.server.platform.models import Company
from huoku.server.platform.scope import EVERY_COMPANY, entered
from huoku.server.shortages.commands.watching import WatchStock, differs, watch_stock


def watch_all() -> int:
    """Each company with safety stocks; returns in how many something was told. Nothing new, nothing written."""
    with entered(EVERY_COMPANY):
        wanted = Item.objects.of_every_company().filter(safety_stock_steps__gt=0, is_active=True)
        companies = list(Company.objects.filter(pk__in=wanted.values("company"), is_active=True))
    told = 0
    for company in companies:
        with entered(company):
            if not differs(company.pk):
                continue
        actor = the_system(company, via="schedule")
        perform(watch_stock, WatchStock(), actor=actor, key=f"low:{uuid4().hex}")
        told += 1
    return told
