"""After a disturbance: what can no longer be moved, and three ways on, side by side."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, NamedTuple

from huoku.language import Sentence
from huoku.sequence.answer import Told
from huoku.sequence.floor import Downtime, Floor, Job, Schedule, Slot, in_order
from huoku.sequence.improve import improve, least_disturbance
from huoku.sequence.measure import moved, tardiness
from huoku.sequence.repair import repair

REPAIRED = Sentence(
    "只顺延：{moved} 道工序移动，加权拖期 {tardiness} 分钟",
    "Only pushed back: {moved} {moved|operation moves|operations move}, weighted tardiness {tardiness} "
    "{tardiness|minute|minutes}",
)
LITTLE = Sentence(
    "少变动：{moved} 道工序移动，加权拖期 {tardiness} 分钟",
    "Little change: {moved} {moved|operation moves|operations move}, weighted tardiness {tardiness} "
    "{tardiness|minute|minutes}",
)
BEST = Sentence(
    "拖期最少：{moved} 道工序移动，加权拖期 {tardiness} 分钟",
    "Least late: {moved} {moved|operation moves|operations move}, weighted tardiness {tardiness} "
    "{tardiness|minute|minutes}",
)


class Option(NamedTuple):
    """One way on after a disturbance: how late it is, and how many operations of the old schedule move."""

    name: Literal["repair", "little_change", "best"]
    schedule: Schedule
    tardiness: int
    moved: int
    told: tuple[Told, ...]


def after(
    floor: Floor,
    old: Schedule,
    now: int,
    *,
    frozen_minutes: int = 0,
    downtimes: tuple[Downtime, ...] = (),
    releases: Mapping[str, int] | None = None,
    jobs: tuple[Job, ...] = (),
) -> Floor:
    """The floor as it stands at minute ``now``, with what has happened.

    ``downtimes``: machines that are down from, to. ``releases``, by job: material that comes later than
    thought. ``jobs``: rush orders; a job of ``old`` that ``floor`` has no more is cancelled.

    What has begun stays; interrupted by a downtime, it goes on after it. What would begin within
    ``frozen_minutes`` stays too, where it still can.
    """
    later = releases or {}
    known = tuple(job._replace(release=max(job.release, later.get(job.code, job.release))) for job in floor.jobs)
    new = replace(floor, jobs=known + jobs, downtimes=floor.downtimes + downtimes, now=now, frozen=())
    frozen: list[Slot] = []
    for slot in in_order(slot for slot in old if slot.job in new.by_code):
        if slot.start < now:
            frozen.append(slot._replace(end=resumed(floor, new, slot)))
        elif slot.start < now + frozen_minutes and can_stay(new, slot, frozen):
            frozen.append(slot)
    return replace(new, frozen=tuple(frozen))


def resumed(floor: Floor, new: Floor, slot: Slot) -> int:
    """When an operation that has begun is done: what is left of it, without the minutes its machine is down."""
    at = max(new.now, slot.start)
    if slot.end <= at:
        return slot.end
    left = slot.end - at
    for start, end in floor.down(slot.resource):
        left -= max(0, min(end, slot.end) - max(start, at))
    for start, end in new.down(slot.resource):
        if start < at + left and at < end:
            left -= max(0, start - at)
            at = end
    return at + left


def can_stay(floor: Floor, slot: Slot, frozen: list[Slot]) -> bool:
    """May an operation that has not begun keep its place beside what is frozen already?"""
    before = [other for other in frozen if other.job == slot.job]
    if len(before) != slot.operation or any(other.end > slot.start for other in before):
        return False
    here = [other for other in frozen if other.resource == slot.resource]
    last = max(here, key=lambda other: other.end, default=None)
    setup = floor.setup(floor.operation(last).family, floor.operation(slot).family) if last else 0
    begin = slot.start - setup
    if slot.start < floor.by_code[slot.job].release or (last and begin < last.end):
        return False
    return not any(start < slot.end and begin < end for start, end in floor.down(slot.resource))


def options(
    floor: Floor, old: Schedule, seconds: float = 10.0, allowance: float = 0.05
) -> tuple[Option, Option, Option]:
    """Three ways on: the old order pushed back; little change; least late, whatever moves.

    ``floor`` is the one of now (see ``after``). Little change may be later than the least late one by the
    part ``allowance``. The solver gets half of ``seconds`` for each of the two.
    """
    pushed = repair(floor, old)
    best = improve(floor, seconds / 2, "tardiness", start=pushed)
    little = least_disturbance(floor, old, best.schedule, allowance, seconds / 2)
    return (
        option(floor, old, "repair", pushed, REPAIRED),
        option(floor, old, "little_change", little.schedule, LITTLE, little.told),
        option(floor, old, "best", best.schedule, BEST, best.told),
    )


def option(
    floor: Floor,
    old: Schedule,
    name: Literal["repair", "little_change", "best"],
    schedule: Schedule,
    sentence: Sentence,
    told: tuple[Told, ...] = (),
) -> Option:
    late, changed = tardiness(floor, schedule), moved(schedule, old)
    return Option(name, schedule, late, changed, (Told(sentence, {"moved": changed, "tardiness": late}), *told))
