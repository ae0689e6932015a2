"""Asking for a count where somebody found that the book may be wrong."""

from datetime import timedelta

from huoku.server.ledger.models import Count, CountTask
from huoku.server.platform.command import At

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


def not_found(company_id: int) -> set[tuple[int, int]]:
    """Items and places where somebody found less than the book says, and the book has not been put right since: by a
    count, or by the approval of one. What the book has there is not to be planned with."""
    wanted = (CountTask.Cause.NOT_FOUND, CountTask.Cause.RECOUNT)
    tasks = CountTask.objects.of(company_id).filter(is_open=True, cause__in=wanted)
    told, again = set(), set()
    for item, place, cause in tasks.values_list("item_id", "location_id", "cause"):
        (told if cause == CountTask.Cause.NOT_FOUND else again).add((item, place))
    states = (Count.State.STATED, Count.State.RECOUNT) if again else (Count.State.STATED,)
    counts = Count.objects.of(company_id).filter(difference__lt=0, state__in=states)
    for item, place, state in counts.values_list("item_id", "location_id", "state"):
        if state == Count.State.STATED or (item, place) in again:
            told.add((item, place))
    return told
