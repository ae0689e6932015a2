"""The store is counted, the books are valued and closed month by month."""

from datetime import timedelta

from huoku.server.items.models import Item
from huoku.server.ledger.commands.count_plans import draw_spot_check, plan_counts
from huoku.server.ledger.commands.counts import approve_count, state_count
from huoku.server.ledger.commands.periods import lock_period
from huoku.server.ledger.commands.valuations import keep_valuation
from huoku.server.ledger.models import Balance, Count, CountTask, Location
from huoku.server.platform.clock import day_begins
from huoku.server.platform.roles import Role
from huoku.server.running.past.people import People

COUNTERS = (Role.STOREKEEPER, Role.PRODUCTION_LEAD)


def count(people: People) -> None:
    """What is due is counted; a difference is looked at by a second pair of eyes before the book follows."""
    if people.today.weekday() == 0:
        people.does(Role.STOREKEEPER, plan_counts, number=5)
    if people.today.day == 15 or (people.today.weekday() == 0 and people.today.day in (16, 17)):
        people.does(Role.FINANCE, draw_spot_check, seed=people.today.isoformat(), number=3)
    due = CountTask.objects.of(people.company).filter(
        is_open=True, due_on__lte=people.in_days(1), location__kind=Location.Kind.STORAGE
    )
    for task in due.order_by("pk"):
        _count(people, task)
    for each in Count.objects.of(people.company).filter(state=Count.State.STATED).order_by("pk"):
        reason = {"reason": "盘点差异 count difference"}
        people.does(Role.FINANCE, approve_count, count=each.pk, is_approved=not people.happens(0.1), **reason)


def _count(people: People, task: CountTask) -> None:
    rows = Balance.objects.of(people.company).filter(item=task.item_id, location=task.location_id, on_hand__gt=0)
    for row in rows.select_related("lot", "item").order_by("pk"):
        wrong = people.happens(0.5 if task.cause == CountTask.Cause.NOT_FOUND else 0.05)
        counted = max(0, row.on_hand - people.chance.randint(1, max(1, row.on_hand // 50))) if wrong else row.on_hand
        seen = {
            **{"item": row.item_id, "location": row.location_id, "counted": counted, "status": row.status},
            "lot_code": row.lot.code if row.item.tracking != Item.Tracking.NONE else "",
        }
        for role in COUNTERS:
            told = people.does(role, state_count, **seen)
            if told is None or told["state"] != Count.State.RECOUNT:
                break


def close_the_month(people: People) -> None:
    """The stock is valued and the month before the last is closed."""
    first = day_begins(people.company, people.today.replace(day=1))
    people.does(Role.FINANCE, keep_valuation, until=first)
    people.does(Role.FINANCE, lock_period, until=first - timedelta(days=28))
