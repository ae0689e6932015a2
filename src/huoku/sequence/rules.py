"""What a shop floor and a schedule must keep, said as problems; written apart from all that makes schedules."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from huoku.errors import DataError, Problem
from huoku.language import Sentence
from huoku.sequence.floor import Floor, Job, Schedule, Slot

TWICE = Sentence("编码重复", "this code is there twice")
NO_MACHINE = Sentence("第 {step} 道工序没有机器", "operation {step} names no machine")
NO_MINUTES = Sentence(
    "第 {step} 道工序是 {minutes} 分钟，至少要 1 分钟",
    "operation {step} takes {minutes} {minutes|minute|minutes}; at least 1 is right",
)
NEGATIVE = Sentence("{minutes} 不能是负数", "{minutes} must not be negative")
BACKWARDS = Sentence("停机到 {end} 在开始 {start} 之前", "the downtime ends at {end}, before it starts at {start}")
UNKNOWN = Sentence("没有工单 {job} 的第 {step} 道工序", "there is no operation {step} of job {job}")
NOT_FIRST = Sentence("冻结的必须是前面的工序", "only the first operations of a job can be frozen")

PLACES = Sentence("第 {step} 道工序排了 {count} 次", "operation {step} stands there {count} {count|time|times}")
WRONG_MACHINE = Sentence("第 {step} 道工序不能在 {resource} 上做", "operation {step} cannot be done on {resource}")
WRONG_MINUTES = Sentence("第 {step} 道工序应是 {right} 分钟", "operation {step} takes {right} {right|minute|minutes}")
TOO_EARLY = Sentence("第 {step} 道工序最早 {right} 才能开始", "operation {step} may begin at {right} at the earliest")
NOT_DONE = Sentence("第 {step} 道工序开始时上一道还没做完", "operation {step} begins before the one before it is done")
THAWED = Sentence("第 {step} 道工序已冻结，却被移动", "operation {step} is frozen and was moved")
CLASH = Sentence(
    "{resource} 上 {first} 到 {end} 才完，{second} 要在 {begin} 开始换产或加工",
    "on {resource} {first} ends at {end}, and {second} begins at {begin}, set-up included",
)
STANDS = Sentence("{resource} 停机时排了第 {step} 道工序", "operation {step} stands in a downtime of {resource}")


def check_floor(floor: Floor) -> None:
    """Raise ``DataError`` with everything that keeps these jobs from being sequenced."""
    problems = [*job_problems(floor), *frozen_problems(floor)]
    if problems:
        raise DataError(problems)


def check_schedule(floor: Floor, schedule: Schedule) -> None:
    """Raise ``DataError`` with every rule that a schedule breaks: places, machines, order, downtimes, frozen work."""
    check_floor(floor)
    problems = [*place_problems(floor, schedule), *order_problems(floor, schedule)]
    if problems:
        raise DataError(problems)
    problems = [problem for name in floor.resources for problem in machine_problems(floor, schedule, name)]
    if problems:
        raise DataError(problems)


def found(rule: str, sentence: Sentence, table: str, value: str, **fields: object) -> Problem:
    return Problem("error", rule, sentence, table=table, column="code", value=value, fields=fields)


def job_problems(floor: Floor) -> Iterator[Problem]:
    for code, count in Counter(job.code for job in floor.jobs).items():
        if count > 1:
            yield found("job_twice", TWICE, f"jobs {code}", code)
    for job in floor.jobs:
        place = f"jobs {job.code}"
        if job.weight < 0:
            yield found("negative_weight", NEGATIVE, place, job.code, minutes=job.weight)
        for number, step in enumerate(job.operations, 1):
            if not step.resources:
                yield found("no_machine", NO_MACHINE, place, job.code, step=number)
            if step.minutes < 1:
                yield found("no_minutes", NO_MINUTES, place, job.code, step=number, minutes=step.minutes)
    for (before, after), minutes in floor.setups.items():
        if minutes < 0:
            yield found("negative_setup", NEGATIVE, f"setups {before} {after}", before, minutes=minutes)
    for stop in floor.downtimes:
        if stop.end < stop.start:
            place = f"downtimes {stop.resource}"
            yield found("downtime_backwards", BACKWARDS, place, stop.resource, start=stop.start, end=stop.end)


def frozen_problems(floor: Floor) -> Iterator[Problem]:
    known = [slot for slot in floor.frozen if is_known(floor, slot)]
    for slot in floor.frozen:
        if slot not in known:
            yield of_slot("unknown_operation", UNKNOWN, slot, job=slot.job)
    for job in floor.jobs:
        steps = sorted(slot.operation for slot in known if slot.job == job.code)
        if steps != list(range(len(steps))):
            yield found("frozen_gap", NOT_FIRST, f"jobs {job.code}", job.code)
    for resource in floor.resources:
        here = sorted((slot for slot in known if slot.resource == resource), key=lambda slot: slot.start)
        for first, second in pairwise(here):
            if second.start < first.end:
                yield clash(first, second, second.start)


def is_known(floor: Floor, slot: Slot) -> bool:
    job = floor.by_code.get(slot.job)
    return job is not None and 0 <= slot.operation < len(job.operations)


def of_slot(rule: str, sentence: Sentence, slot: Slot, **fields: object) -> Problem:
    return found(rule, sentence, f"schedule {slot.job}", slot.job, **({"step": slot.operation + 1} | fields))


def clash(first: Slot, second: Slot, begin: int) -> Problem:
    names = {"first": first.job, "second": second.job, "resource": first.resource}
    return of_slot("machine_clash", CLASH, second, end=first.end, begin=begin, **names)


def place_problems(floor: Floor, schedule: Schedule) -> Iterator[Problem]:
    """Every operation once, on one of its machines, for its minutes; what is frozen in its place."""
    counts = Counter((slot.job, slot.operation) for slot in schedule)
    for job in floor.jobs:
        for number in range(len(job.operations)):
            count = counts.pop((job.code, number), 0)
            if count != 1:
                place = f"schedule {job.code}"
                yield found("not_once", PLACES, place, job.code, step=number + 1, count=count)
    for slot in schedule:
        if (slot.job, slot.operation) in counts:
            yield of_slot("unknown_operation", UNKNOWN, slot, job=slot.job)
        elif slot not in floor.frozen:
            step = floor.operation(slot)
            if slot.resource not in step.resources:
                yield of_slot("wrong_machine", WRONG_MACHINE, slot, resource=slot.resource)
            if slot.end - slot.start != step.minutes:
                yield of_slot("wrong_minutes", WRONG_MINUTES, slot, right=step.minutes)
    for slot in set(floor.frozen) - set(schedule):
        yield of_slot("frozen_moved", THAWED, slot)


def order_problems(floor: Floor, schedule: Schedule) -> Iterator[Problem]:
    """Nothing before its job may begin, nothing before the operation before it is done."""
    done = {(slot.job, slot.operation): slot.end for slot in schedule}
    for slot in schedule:
        job: Job | None = floor.by_code.get(slot.job)
        if job is None or slot in floor.frozen:
            continue
        if slot.start < max(job.release, floor.now):
            yield of_slot("too_early", TOO_EARLY, slot, right=max(job.release, floor.now))
        if slot.start < done.get((slot.job, slot.operation - 1), slot.start):
            yield of_slot("not_done", NOT_DONE, slot)


def machine_problems(floor: Floor, schedule: Schedule, resource: str) -> Iterator[Problem]:
    """One operation at a time with its set-up before it, and nothing while the machine is down."""
    here = sorted((slot for slot in schedule if slot.resource == resource), key=lambda slot: slot.start)
    for position, slot in enumerate(here):
        before = here[position - 1] if position else None
        if before is not None and before in floor.frozen and slot in floor.frozen:
            continue
        setup = floor.setup(floor.operation(before).family, floor.operation(slot).family) if before else 0
        begin = slot.start - setup
        if before is not None and begin < before.end:
            yield clash(before, slot, begin)
        if slot not in floor.frozen and begin < floor.now:
            yield of_slot("too_early", TOO_EARLY, slot, right=floor.now + setup)
        end = slot.start if slot in floor.frozen else slot.end
        if begin < end and any(start < end and begin < stop for start, stop in floor.down(resource)):
            yield of_slot("machine_down", STANDS, slot, resource=resource)
