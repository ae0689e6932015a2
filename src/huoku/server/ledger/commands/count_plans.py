"""What is to be counted: each item in its turn, the doubtful first, and a few that nobody can foresee."""

import random
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Annotated

from pydantic import Field, StringConstraints

from huoku.server.ledger.models import CountTask, Location, StockHead
from huoku.server.ledger.naming import LocationId
from huoku.server.ledger.queries.doubt import Standing, abc_classes, standings
from huoku.server.ledger.rights import PLAN_COUNTS
from huoku.server.platform.command import At, command
from huoku.server.platform.hints import said
from huoku.server.platform.kept import rows_for
from huoku.server.platform.refusals import NotFound
from huoku.server.platform.requests import Asked

DAYS_BETWEEN = {"A": 30, "B": 90, "C": 365}
"""So often each class is counted: what is expensive and fast first."""

Class = Annotated[str, StringConstraints(pattern=said("^[ABC]$", "A、B 或 C。", "A, B or C."))]


class PlanCounts(Asked):
    """``days_between``: of classes A, B and C, in days. ``number``: at most so many new tasks."""

    days_between: dict[Class, Annotated[int, Field(gt=0, le=3650)]] = DAYS_BETWEEN
    number: Annotated[int, Field(gt=0, le=10_000)] = 200


@command(right=PLAN_COUNTS)
def plan_counts(at: At, request: PlanCounts) -> dict[str, object]:
    """Open a task for each item and place whose turn has come, or whose book is in doubt; the most doubtful first.

    In doubt is what differed at its last count and has moved since. Its turn comes by class: of the value that left in
    the last year, class A makes up 80 %, B the next 15 %.
    """
    classes = abc_classes(at.company_id, at.now - timedelta(days=365))
    wanted = [
        (standing, cause)
        for standing in _within_reach(at)
        if (cause := _cause(standing, classes, request.days_between, at.now))
    ]
    wanted.sort(
        key=lambda each: (each[1] != CountTask.Cause.DOUBT, -each[0].doubt, each[0].item_id, each[0].location_id)
    )
    tasks = [_task(at, standing, cause) for standing, cause in wanted[: request.number]]
    _open(at, tasks)
    return {"planned": len(tasks), "left_for_later": len(wanted) - len(tasks)}


def _within_reach(at: At) -> Sequence[Standing]:
    """What stands where the actor works."""
    found = standings(at.company_id)
    if at.actor.sites is None:
        return found
    here = set(rows_for(at.actor, Location).values_list("pk", flat=True))
    return [standing for standing in found if standing.location_id in here]


def _cause(
    standing: Standing, classes: Mapping[int, str], days_between: Mapping[str, int], now: datetime
) -> CountTask.Cause | None:
    if standing.has_task:
        return None
    if standing.last_differed and standing.moved:
        return CountTask.Cause.DOUBT
    interval = timedelta(days=days_between.get(classes.get(standing.item_id, "C"), DAYS_BETWEEN["C"]))
    is_due = standing.counted_at is None or now - standing.counted_at >= interval
    return CountTask.Cause.CLASS if is_due else None


def _task(at: At, standing: Standing, cause: CountTask.Cause, seed: str = "") -> CountTask:
    return CountTask(
        company_id=at.company_id,
        item_id=standing.item_id,
        location_id=standing.location_id,
        cause=cause,
        due_on=_due(at.today, cause),
        doubt=standing.doubt,
        seed=seed,
        recorded_at=at.now,
    )


def _open(at: At, tasks: list[CountTask]) -> None:
    for task in CountTask.objects.bulk_create(tasks):
        at.changed(task, {}, {"item": task.item_id, "location": task.location_id, "cause": task.cause})


def _due(today: date, cause: CountTask.Cause) -> date:
    return today + timedelta(days=7 if cause == CountTask.Cause.CLASS else 1)


def open_counts_in_doubt(at: At, items: Collection[int]) -> int:
    """Part of other commands: let these items be counted wherever the book about them is in doubt; how many places.

    In doubt is what has moved since its last count, or was never counted.
    """
    doubtful = [
        standing
        for standing in standings(at.company_id)
        if standing.item_id in items and standing.moved and not standing.has_task
    ]
    _open(at, [_task(at, standing, CountTask.Cause.DOUBT) for standing in doubtful])
    return len(doubtful)


class DrawSpotCheck(Asked):
    """The same ``seed`` over the same stock draws the same places: nobody can say that the draw was arranged."""

    seed: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
    number: Annotated[int, Field(gt=0, le=500)]
    location: LocationId | None = None


@command(right=PLAN_COUNTS)
def draw_spot_check(at: At, request: DrawSpotCheck) -> dict[str, object]:
    """Draw items and places at random and open tasks for those that have none. Raises NotFound where nothing lies."""
    heads = rows_for(at.actor, StockHead).filter(on_hand__gt=0)
    if request.location is not None:
        heads = heads.filter(location_id=request.location)
    places = sorted(heads.values_list("item_id", "location_id"))
    if not places:
        raise NotFound(field="location", value=request.location or "", what="stock")
    drawn = random.Random(request.seed).sample(places, min(request.number, len(places)))
    busy = set(CountTask.objects.of(at.company_id).filter(is_open=True).values_list("item_id", "location_id"))
    tasks = [
        _task(at, Standing(item, location), CountTask.Cause.SPOT_CHECK, request.seed)
        for item, location in drawn
        if (item, location) not in busy
    ]
    _open(at, tasks)
    return {"drawn": [{"item": item, "location": location} for item, location in drawn]}
