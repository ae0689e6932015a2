"""What has happened around the purchases that a plan proposes: an answer is waited for, the plan wants otherwise than
the one before, stock has moved since it was read."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import Max, Q

from huoku.server.documents.models import Task
from huoku.server.planning.levers import Pulled, lately_pulled
from huoku.server.planning.models import Proposal
from huoku.server.planning.sequence import last_run
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import page_time

MOST = 1_000
"""A plan that wants so much otherwise is another plan: its purchases are new, not changed."""
OF_LATE = timedelta(days=365)
"""Answers that are older are no answer any more."""


@dataclass(frozen=True, slots=True)
class Before:
    """What the plan before wanted in the place of a purchase, in steps, and when."""

    needed_steps: int
    qty_steps: int
    due_on: date


@dataclass(frozen=True, slots=True)
class Around:
    """By id of the purchase; also of those that are decided meanwhile. ``asked``: what somebody was asked of late;
    ``waiting``: those of which an answer is waited for; ``read_at``: when the plan began to read the records; ``plan``:
    its digest."""

    asked: Mapping[int, Sequence[Pulled]]
    changed: Mapping[int, Before]
    read_at: datetime | None
    plan: str

    @property
    def waiting(self) -> Collection[int]:
        return [row for row, asked in self.asked.items() if any(each.task.state == Task.State.OPEN for each in asked)]


def around(actor: Actor) -> Around:
    run = last_run(actor)
    changed = _changed(actor.company.pk, run.pk, run.output_digest) if run else {}
    return Around(
        lately_pulled(actor, page_time() - OF_LATE, MOST),
        changed,
        run.started_at if run else None,
        run.output_digest if run else "",
    )


@lru_cache(maxsize=32)
def _changed(company_id: int, run_id: int, digest: str) -> Mapping[int, Before]:
    """What a run proposes anew for an item and a supplier of which it has left something else. That stands once the run
    is done; ``digest`` makes a run that was worked out again another one."""
    every = Proposal.objects.ever(company_id).filter(kind=Proposal.Kind.BUY)
    columns = ("item_id", "supplier_id", "site_id", "due_on", "needed_steps", "qty_steps", "pk")
    is_left = Q(state__in=(Proposal.State.OPEN, Proposal.State.REPLACED))
    left = list(every.filter(is_left, left_by=run_id).values_list(*columns)[: MOST + 1])
    if not left or len(left) > MOST:
        return {}
    last = every.filter(Q(left_by=run_id) | Q(run__lt=run_id)).aggregate(last=Max("pk"))["last"]
    fresh = every.filter(run=run_id, left_by=None, pk__gt=last, item__in={row[0] for row in left})
    return _paired(left, list(fresh.order_by("due_on", "pk").values_list(*columns)))


def _paired(left: list[Any], fresh: list[Any]) -> Mapping[int, Before]:
    """Each new purchase with what was left of the same item, supplier and site that was due nearest to it."""
    there: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for row in left:
        there[row[:3]].append(row)
    found = {}
    for row in fresh:
        if before := there[row[:3]]:
            nearest = min(before, key=lambda each: (abs((each[3] - row[3]).days), each[6]))
            before.remove(nearest)
            found[row[6]] = Before(nearest[4], nearest[5], nearest[3])
    return found
