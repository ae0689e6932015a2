"""What a schedule is worth, and a bound that no schedule can pass."""

from huoku.sequence.floor import Floor, Job, Objective, Schedule


def makespan(schedule: Schedule) -> int:
    """The minute on which the last operation is done; 0 for none."""
    return max((slot.end for slot in schedule), default=0)


def tardiness(floor: Floor, schedule: Schedule) -> int:
    """Minutes after the due minutes, each times the job's weight."""
    done: dict[str, int] = {}
    for slot in schedule:
        done[slot.job] = max(slot.end, done.get(slot.job, slot.end))
    return sum(late(job, done[job.code]) for job in floor.jobs if job.code in done)


def late(job: Job, done: int) -> int:
    """What it counts that a job is done at minute ``done``."""
    return 0 if job.due is None else job.weight * max(0, done - job.due)


def value(floor: Floor, schedule: Schedule, objective: Objective) -> int:
    return makespan(schedule) if objective == "makespan" else tardiness(floor, schedule)


def moved(schedule: Schedule, old: Schedule) -> int:
    """How many operations of the old schedule begin at another minute or stand on another machine."""
    places = {(slot.job, slot.operation): (slot.resource, slot.start) for slot in old}
    return sum(places.get((slot.job, slot.operation), here) != here for slot in schedule for here in [slot[2:4]])


def setup_minutes(floor: Floor, schedule: Schedule) -> int:
    """Minutes spent on changing over from one family to another."""
    total, family = 0, dict[str, str]()
    for slot in sorted(schedule, key=lambda slot: slot.start):
        own = floor.operation(slot).family
        total += floor.setup(family.get(slot.resource, own), own)
        family[slot.resource] = own
    return total


def simple_bound(floor: Floor, objective: Objective) -> int:
    """No schedule is better: each job alone on free machines; each machine with all that only it can do."""
    done = {job.code: earliest_end(floor, job) for job in floor.jobs}
    if objective == "tardiness":
        return sum(late(job, done[job.code]) for job in floor.jobs)
    load = dict.fromkeys(floor.resources, 0)
    for job in floor.jobs:
        for step in job.operations[floor.frozen_steps[job.code] :]:
            if len(step.resources) == 1:
                load[step.resources[0]] += step.minutes
    return max([*done.values(), *(floor.now + minutes for minutes in load.values())], default=0)


def earliest_end(floor: Floor, job: Job) -> int:
    """When a job would be done if nothing stood in its way."""
    fixed = floor.frozen_steps[job.code]
    last = max((slot.end for slot in floor.frozen if slot.job == job.code), default=floor.now)
    if fixed == len(job.operations):
        return last
    return max(last, job.release, floor.now) + sum(step.minutes for step in job.operations[fixed:])


def latest_end(floor: Floor) -> int:
    """No schedule that wastes no time ends later: everything in turn after all that is fixed."""
    fixed = [floor.now, *(slot.end for slot in floor.frozen), *(stop.end for stop in floor.downtimes)]
    steps = [step.minutes for job in floor.jobs for step in job.operations]
    setup = max(floor.setups.values(), default=0)
    return max(fixed + [job.release for job in floor.jobs]) + sum(steps) + setup * len(steps)
