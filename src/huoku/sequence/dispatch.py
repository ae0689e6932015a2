"""Dispatching rules: which of the waiting operations a machine takes next. Always an answer, in milliseconds.

Each rule is followed in two ways. *Active* (Giffler & Thompson 1960): the machine on which something can be
done first is given the best of all that could begin before that. *Without waiting*: of what can begin
first, the best. The best of all these schedules is kept. ATC, the apparent tardiness cost, is of
Vepsalainen & Morton (1987).
"""

import math
from collections.abc import Callable
from typing import NamedTuple

from huoku.language import Sentence
from huoku.sequence.answer import Answer, Told, amount
from huoku.sequence.floor import Floor, Job, Objective, Schedule, Slot, in_order
from huoku.sequence.measure import simple_bound, value
from huoku.sequence.rules import check_floor
from huoku.sequence.timeline import Fit, Timeline, timelines

LOOK_AHEAD = 2.0
"""ATC: after so many average operations of slack an operation's urgency has fallen to a third."""


class Waiting(NamedTuple):
    """The next operation of a job, where it would fit first."""

    job: Job
    operation: int
    resource: str
    fit: Fit
    ready: int  # from when on it could be worked on
    work_left: int  # minutes of it and of all that follow


Rule = Callable[[Waiting, float], float]
"""A number for a waiting operation, the smallest goes first; the second argument is the mean minutes of one."""


def earliest_due(waiting: Waiting, mean: float) -> float:
    return math.inf if waiting.job.due is None else waiting.job.due


def least_slack(waiting: Waiting, mean: float) -> float:
    return earliest_due(waiting, mean) - waiting.fit.start - waiting.work_left


def shortest(waiting: Waiting, mean: float) -> float:
    return waiting.job.operations[waiting.operation].minutes


def most_work_left(waiting: Waiting, mean: float) -> float:
    return -waiting.work_left


def least_setup(waiting: Waiting, mean: float) -> float:
    return waiting.fit.setup


def apparent_cost(waiting: Waiting, mean: float) -> float:
    """ATC, as a logarithm that cannot vanish; rounded, so that all machines agree."""
    if not waiting.job.weight or waiting.job.due is None:
        return math.inf
    waits = max(0.0, least_slack(waiting, mean)) / (LOOK_AHEAD * mean)
    return round(waits - math.log(waiting.job.weight / shortest(waiting, mean)), 9)


RULES: dict[str, tuple[Rule, Sentence]] = {
    "due": (earliest_due, Sentence("交期早的先做", "earliest due first")),
    "slack": (least_slack, Sentence("余地小的先做", "least slack first")),
    "shortest": (shortest, Sentence("工时短的先做", "shortest operation first")),
    "work": (most_work_left, Sentence("剩余工时多的先做", "most work left first")),
    "atc": (apparent_cost, Sentence("拖期代价高的先做（ATC）", "highest cost of waiting first (ATC)")),
    "setup": (least_setup, Sentence("换产少的先做", "least set-up first")),
}

BY_RULE = Sentence(
    "按规则排产，{count} 种排法中最好的是“{rule}”：{what}",
    "Sequenced by rule; the best of {count} {count|way|ways} is “{rule}”: {what}",
)


def dispatch(floor: Floor, objective: Objective = "tardiness") -> Answer:
    """The best schedule that the rules give. Equal floors give equal schedules.

    Raises ``DataError`` where the floor is not sound.
    """
    check_floor(floor)
    ways = [(name, active) for name in RULES for active in (True, False)]
    other: Objective = "makespan" if objective == "tardiness" else "tardiness"
    best: tuple[tuple[int, int], str, Schedule] | None = None
    for name, active in ways:
        schedule = follow(floor, RULES[name][0], active)
        score = value(floor, schedule, objective), value(floor, schedule, other)
        if best is None or score < best[0]:
            best = score, name, schedule
    assert best is not None
    (reached, _), name, schedule = best
    told = Told(BY_RULE, {"count": len(ways), "rule": RULES[name][1], "what": amount(objective, reached)})
    return Answer(schedule, objective, reached, simple_bound(floor, objective), False, (told,))


def follow(floor: Floor, rule: Rule, active: bool) -> Schedule:
    """The schedule of one rule. Ties go to the operation that is done first, then to the job's code."""
    lines = timelines(floor)
    steps = [step.minutes for job in floor.jobs for step in job.operations]
    mean = sum(steps) / max(1, len(steps))
    placed, waiting = list(floor.frozen), dict[str, Waiting]()
    done = {slot.job: slot.end for slot in sorted(floor.frozen, key=lambda slot: slot.operation)}
    for job in sorted(floor.jobs, key=lambda job: job.code):
        join(waiting, lines, job, floor.frozen_steps[job.code], max(job.release, done.get(job.code, floor.now)))
    while waiting:
        chosen = choose(list(waiting.values()), rule, mean, active)
        job, fit = chosen.job, chosen.fit
        placed.append(Slot(job.code, chosen.operation, chosen.resource, fit.start, fit.end))
        lines[chosen.resource].put(placed[-1])
        join(waiting, lines, job, chosen.operation + 1, max(job.release, fit.end))
        for other in list(waiting.values()):
            if other.resource == chosen.resource:  # its place may be taken now
                join(waiting, lines, other.job, other.operation, other.ready)
    return in_order(placed)


def join(waiting: dict[str, Waiting], lines: dict[str, Timeline], job: Job, operation: int, ready: int) -> None:
    """Let an operation of a job wait where it fits first; a job that is done waits no more."""
    waiting.pop(job.code, None)
    if operation < len(job.operations):
        step = job.operations[operation]
        fits = [(lines[name].earliest(ready, step.minutes, step.family), name) for name in step.resources]
        fit, resource = min(fits, key=lambda fit: fit[0].end)
        left = sum(step.minutes for step in job.operations[operation:])
        waiting[job.code] = Waiting(job, operation, resource, fit, ready, left)


def choose(waiting: list[Waiting], rule: Rule, mean: float, active: bool) -> Waiting:
    """Which operation is placed next."""
    if active:
        first = min(waiting, key=lambda one: (one.fit.end, one.job.code))
        rivals = [one for one in waiting if one.resource == first.resource and one.fit.start < first.fit.end]
    else:
        start = min(one.fit.start for one in waiting)
        rivals = [one for one in waiting if one.fit.start == start]
    return min(rivals, key=lambda one: (rule(one, mean), one.fit.end, one.job.code))
