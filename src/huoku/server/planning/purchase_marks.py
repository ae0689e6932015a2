"""What has happened around the purchases that a plan proposes: an answer is waited for, the plan wants otherwise than
the one before, stock has moved since it was read."""

from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Max, Q

from huoku.server.documents.models import Task
from huoku.server.ledger.models import Movement
from huoku.server.ledger.models.movements import Stream
from huoku.server.planning.levers import PREFIX
from huoku.server.planning.models import PlanRun, Proposal
from huoku.server.planning.sequence import last_run
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for

MOST = 1_000
"""A plan that wants so much otherwise is another plan: its purchases are new, not changed."""
LOOKED_BACK = 400
"""So many of the last movements are looked at."""


@dataclass(frozen=True, slots=True)
class Before:
    """What the plan before wanted in the place of a purchase, in steps, and when."""

    needed_steps: int
    qty_steps: int
    due_on: date


@dataclass(frozen=True, slots=True)
class Around:
    """By id of the purchase. ``moved``: items of which something came, went or was counted since the plan was read."""

    waiting: Set[int]
    changed: Mapping[int, Before]
    moved: Set[int]


def around(actor: Actor) -> Around:
    run = last_run(actor)
    changed = _changed(actor.company.pk, run.pk, run.output_digest) if run else {}
    waiting = _waiting(actor)
    marked = waiting | changed.keys()
    there = _still_open(actor, marked) if marked else frozenset()
    return Around(waiting & there, {pk: changed[pk] for pk in changed.keys() & there}, _moved(actor, run))


def _waiting(actor: Actor) -> set[int]:
    """Purchases about which somebody was asked who has not answered."""
    rows = rows_for(actor, Task).filter(state=Task.State.OPEN, kind__startswith=PREFIX)
    return set(rows.filter(what=Proposal._meta.label_lower).values_list("row", flat=True)[:MOST])


def _still_open(actor: Actor, ids: Set[int]) -> Set[int]:
    rows = rows_for(actor, Proposal).filter(pk__in=ids, state=Proposal.State.OPEN, kind=Proposal.Kind.BUY)
    return frozenset(rows.values_list("pk", flat=True))


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


def _moved(actor: Actor, run: PlanRun | None) -> Set[int]:
    """Among the last movements of each stream; a stream is read from its end."""
    if run is None or run.started_at is None:
        return frozenset()
    streams = Stream.objects.of(actor.company).values_list("pk", flat=True)[:3]
    found = set()
    for stream in streams:
        rows = Movement.objects.of(actor.company).filter(stream=stream).order_by("-seq")
        found |= {item for item, at in rows.values_list("item_id", "recorded_at")[:LOOKED_BACK] if at > run.started_at}
    return found
