"""Asking for a count where somebody found that the book may be wrong."""

from datetime import timedelta

from huoku.server.ledger.models import CountTask
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
    """Items and places where somebody did not find what the book says, and nobody has counted since: what the book
    has there is not to be planned with."""
    open_tasks = CountTask.objects.of(company_id).filter(is_open=True, cause=CountTask.Cause.NOT_FOUND)
    return set(open_tasks.values_list("item_id", "location_id"))
