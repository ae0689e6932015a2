"""Right shift: the old order stays, everything begins as early as it can and not before its old minute.

The plain repair after a disturbance; it always exists. A job that the old schedule does not know as a whole is
put into the first gaps after all others.
"""

from collections import Counter

from huoku.sequence.floor import Floor, Schedule, Slot, in_order
from huoku.sequence.rules import check_floor
from huoku.sequence.timeline import timelines


def repair(floor: Floor, old: Schedule) -> Schedule:
    """The old schedule, pushed back as far as the floor of now asks for.

    Every operation keeps its machine, as long as it can be done there, and on it its turn. Raises
    ``DataError`` where the floor is not sound.
    """
    check_floor(floor)
    counts = Counter(slot.job for slot in old)
    whole = {job.code for job in floor.jobs if counts[job.code] == len(job.operations)}
    before = {(slot.job, slot.operation): slot for slot in old if slot.job in whole}
    lines, placed = timelines(floor), list(floor.frozen)
    job_done = {slot.job: slot.end for slot in sorted(floor.frozen, key=lambda slot: slot.operation)}
    machine_done: dict[str, int] = {}
    for start, code, operation in waiting(floor, before):
        job, known = floor.by_code[code], (code, operation) in before
        step = job.operations[operation]
        ready = max(job.release, floor.now, job_done.get(code, floor.now))
        names, fits = step.resources, []
        if known and before[code, operation].resource in names:
            names = (before[code, operation].resource,)
        for name in names:
            turn = max(ready, start, machine_done.get(name, ready)) if known else ready
            fits.append((lines[name].earliest(turn, step.minutes, step.family), name))
        fit, name = min(fits, key=lambda fit: fit[0].end)
        placed.append(Slot(code, operation, name, fit.start, fit.end))
        lines[name].put(placed[-1])
        job_done[code] = fit.end
        if known:
            machine_done[name] = fit.end
    return in_order(placed)


def waiting(floor: Floor, before: dict[tuple[str, int], Slot]) -> list[tuple[int, str, int]]:
    """What is to be placed, by old start; new operations last, one job after the other by due minute."""
    fixed = {(slot.job, slot.operation) for slot in floor.frozen}
    old, new = [], []
    for job in floor.jobs:
        for operation in range(len(job.operations)):
            if (job.code, operation) in before and (job.code, operation) not in fixed:
                old.append((before[job.code, operation].start, job.code, operation))
            elif (job.code, operation) not in fixed:
                due = (job.due is None, job.due or 0)
                new.append((due, job.code, operation))
    return sorted(old) + [(floor.now, code, operation) for _, code, operation in sorted(new)]
