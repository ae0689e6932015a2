"""The shop floor as data: jobs, their operations, machines that are down, and what can no longer be moved.

Time is counted in whole working minutes from any beginning; it may be negative for what began before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

Objective = Literal["makespan", "tardiness"]
"""What is made small: the minute on which all is done, or the weighted minutes after the due minutes."""


class Operation(NamedTuple):
    """One step of a job. ``resources`` are the machines that can do it, all equally fast.

    ``minutes`` of work, at least 1, are done in one go. Where the machine's last operation was of another
    ``family``, it is set up first (``Floor.setups``); an empty family needs no set-up.
    """

    resources: tuple[str, ...]
    minutes: int
    family: str = ""


class Job(NamedTuple):
    """Operations one after the other. Nothing of it that is not frozen begins before minute ``release``.

    ``weight``: what one minute after ``due`` counts. Without a due minute a job is never late.
    """

    code: str
    operations: tuple[Operation, ...]
    release: int = 0
    due: int | None = None
    weight: int = 1


class Slot(NamedTuple):
    """One operation in its place: it runs from ``start`` to ``end``; its set-up stands right before."""

    job: str
    operation: int  # counted from 0
    resource: str
    start: int
    end: int


class Downtime(NamedTuple):
    """A machine neither works nor is set up from ``start`` to ``end``."""

    resource: str
    start: int
    end: int


Schedule = tuple[Slot, ...]
"""Every operation once, by start."""


@dataclass(frozen=True)
class Floor:
    """What is to be brought into an order.

    ``setups``: minutes of set-up by (family before, family after); what is not named takes none.
    ``frozen``: operations that keep their place: begun already or too near; of each job the first ones.
    One that was interrupted may take longer than its minutes. Nothing else begins before ``now``.
    """

    jobs: tuple[Job, ...]
    setups: Mapping[tuple[str, str], int] = field(default_factory=dict)
    downtimes: tuple[Downtime, ...] = ()
    frozen: Schedule = ()
    now: int = 0

    @cached_property
    def by_code(self) -> dict[str, Job]:
        return {job.code: job for job in self.jobs}

    @cached_property
    def resources(self) -> tuple[str, ...]:
        """Every machine that some operation names."""
        return tuple(sorted({name for job in self.jobs for step in job.operations for name in step.resources}))

    @cached_property
    def frozen_steps(self) -> dict[str, int]:
        """How many operations of each job are frozen."""
        return {job.code: sum(slot.job == job.code for slot in self.frozen) for job in self.jobs}

    def operation(self, slot: Slot) -> Operation:
        return self.by_code[slot.job].operations[slot.operation]

    def setup(self, before: str, after: str) -> int:
        """Minutes of set-up between two families."""
        return self.setups.get((before, after), 0) if before != after else 0

    def down(self, resource: str) -> list[tuple[int, int]]:
        """When a machine is down: from, to; apart from each other and rising."""
        mine = [stop for stop in self.downtimes if stop.resource == resource and stop.start < stop.end]
        return joined((stop.start, stop.end) for stop in mine)


def joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that touch or overlap put together, by rising start."""
    together: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if together and start <= together[-1][1]:
            together[-1] = together[-1][0], max(end, together[-1][1])
        else:
            together.append((start, end))
    return together


def in_order(slots: Iterable[Slot]) -> Schedule:
    """Slots as a schedule: by start, ties by names."""
    return tuple(sorted(slots, key=lambda slot: (slot.start, slot.resource, slot.job, slot.operation)))
