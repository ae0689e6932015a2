"""Shop floors small enough to try every order of work, minute by minute."""

from collections.abc import Iterator

from hypothesis import strategies as st

from huoku.sequence import Downtime, Floor, Job, Objective, Operation

MACHINES = ("A", "B", "C")
FAMILIES = ("red", "blue")


@st.composite
def small_floors(draw: st.DrawFn, *, choices: bool = False) -> Floor:
    """At most three jobs on three machines: set-ups, downtimes, releases, due minutes, weights, perhaps choices."""
    jobs = []
    for number in range(draw(st.integers(1, 2 if choices else 3))):
        machines = draw(st.permutations(MACHINES))[: draw(st.integers(1, 3))]
        steps = []
        for machine in machines:
            others = draw(st.sets(st.sampled_from(MACHINES), max_size=1)) if choices else set()
            resources = tuple(sorted({machine, *others}))
            steps.append(Operation(resources, draw(st.integers(1, 5)), draw(st.sampled_from(FAMILIES))))
        due = draw(st.none() | st.integers(0, 9))
        jobs.append(Job(f"J{number}", tuple(steps), draw(st.integers(0, 4)), due, draw(st.integers(1, 3))))
    stops = draw(st.lists(st.tuples(st.sampled_from(MACHINES), st.integers(0, 12), st.integers(0, 6)), max_size=2))
    return Floor(
        tuple(jobs),
        setups={("red", "blue"): draw(st.integers(1, 4)), ("blue", "red"): draw(st.integers(0, 3))},
        downtimes=tuple(Downtime(machine, start, start + length) for machine, start, length in stops),
        now=draw(st.integers(0, 2)),
    )


def best_by_enumeration(floor: Floor, objective: Objective) -> int:
    """The least value over every order of all operations on every choice of machines, each as early as it can."""
    assert not floor.frozen
    return min(worth(floor, done, objective) for done in every_way(floor, {}, {}))


def worth(floor: Floor, done: dict[str, list[int]], objective: Objective) -> int:
    if objective == "makespan":
        return max(ends[-1] for ends in done.values())
    late = [(job, done[job.code][-1] - job.due) for job in floor.jobs if job.due is not None]
    return sum(job.weight * minutes for job, minutes in late if minutes > 0)


def every_way(
    floor: Floor, done: dict[str, list[int]], machines: dict[str, tuple[int, str]]
) -> Iterator[dict[str, list[int]]]:
    """All ends of all operations; ``machines``: until when each was busy, and with which family."""
    open_jobs = [job for job in floor.jobs if len(done.get(job.code, [])) < len(job.operations)]
    if not open_jobs:
        yield done
    for job in open_jobs:
        ends = done.get(job.code, [])
        step = job.operations[len(ends)]
        for machine in step.resources:
            free, family = machines.get(machine, (floor.now, step.family))
            setup = 0 if family == step.family else floor.setups[family, step.family]
            start = max([job.release, floor.now, free + setup, *ends[-1:]])
            while is_down(floor, machine, start - setup, start + step.minutes):
                start += 1
            end = start + step.minutes
            yield from every_way(floor, done | {job.code: [*ends, end]}, machines | {machine: (end, step.family)})


def is_down(floor: Floor, machine: str, begin: int, end: int) -> bool:
    down = {minute for stop in floor.downtimes if stop.resource == machine for minute in range(stop.start, stop.end)}
    return not down.isdisjoint(range(begin, end))
