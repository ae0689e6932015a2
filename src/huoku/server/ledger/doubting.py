"""Asking for a count where somebody found that the book may be wrong."""

from collections.abc import Mapping
from datetime import timedelta

from huoku.server.ledger.models import Count, CountTask
from huoku.server.platform.command import At

Cause = CountTask.Cause
COUNT_WITHIN = timedelta(days=1)


def ask_for_a_count(at: At, item: int, location: int, cause: CountTask.Cause) -> None:
    """Open a task to count the item at the place; one that is open there already becomes as urgent."""
    due_on = at.today + COUNT_WITHIN
    CountTask.objects.of(at.company_id).update_or_create(
        company_id=at.company_id,
        item_id=item,
        location_id=location,
        is_open=True,
        defaults={"cause": cause, "due_on": due_on, "doubt": 1},
        create_defaults={"cause": cause, "due_on": due_on, "doubt": 1, "recorded_at": at.now},
    )


def leave_out_doubted(company_id: int, free: Mapping[int, dict[int, int]]) -> None:
    """Take from ``free`` (steps by item and place) what is not to be planned with.

    All at places where somebody did not find what the book says and nobody has counted since; and what a count found
    missing, until the book is put right by its approval.
    """
    tasks = CountTask.objects.of(company_id).filter(is_open=True, cause__in=(Cause.NOT_FOUND, Cause.RECOUNT))
    again = set()
    for item, place, cause in tasks.values_list("item_id", "location_id", "cause"):
        if cause == Cause.NOT_FOUND:
            free.get(item, {}).pop(place, None)
        else:
            again.add((item, place))
    states = (Count.State.STATED, Count.State.RECOUNT) if again else (Count.State.STATED,)
    counts = Count.objects.of(company_id).filter(difference__lt=0, state__in=states)
    less = {  # the last one of each lot
        (item, place, lot): (state, -difference)
        for item, place, lot, state, difference in counts.order_by("pk").values_list(
            "item_id", "location_id", "lot_id", "state", "difference"
        )
    }
    for (item, place, _), (state, missing) in less.items():
        there = free.get(item, {})
        if place in there and (state == Count.State.STATED or (item, place) in again):
            there[place] = max(0, there[place] - missing)
