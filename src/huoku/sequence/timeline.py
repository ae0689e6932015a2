"""One machine's time as it fills: where does an operation fit first?"""

from bisect import bisect_right
from typing import NamedTuple

from huoku.sequence.floor import Floor, Slot


class Fit(NamedTuple):
    """Where an operation fits: its set-up runs right before ``start``."""

    start: int
    end: int
    setup: int


class Timeline:
    """The operations of one machine by time, and when it is down."""

    def __init__(self, floor: Floor, resource: str):
        self.floor = floor
        self.down = floor.down(resource)
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.families: list[str] = []

    def put(self, slot: Slot) -> None:
        position = bisect_right(self.starts, slot.start)
        self.starts.insert(position, slot.start)
        self.ends.insert(position, slot.end)
        self.families.insert(position, self.floor.operation(slot).family)

    def earliest(self, ready: int, minutes: int, family: str) -> Fit:
        """The first place from minute ``ready`` on, gaps included. The set-up need not wait for the material."""
        position = bisect_right(self.ends, ready)
        while True:
            setup, begin = 0, self.floor.now
            if position:
                setup = self.floor.setup(self.families[position - 1], family)
                begin = max(begin, self.ends[position - 1])
            start = self.first_up(max(begin, ready - setup), setup + minutes) + setup
            if position == len(self.starts) or self.leaves_room(position, start + minutes, family):
                return Fit(start, start + minutes, setup)
            position += 1

    def leaves_room(self, position: int, end: int, family: str) -> bool:
        """May something of ``family`` that ends at ``end`` stand before the operation at ``position``?"""
        setup = self.floor.setup(family, self.families[position])
        begin = self.starts[position] - setup
        return end <= begin and (setup == 0 or self.first_up(begin, setup) == begin)

    def first_up(self, begin: int, minutes: int) -> int:
        """The first minute from ``begin`` on from which the machine is up for so long."""
        for start, end in self.down:
            if start < begin + minutes and begin < end:
                begin = end
        return begin


def timelines(floor: Floor) -> dict[str, Timeline]:
    """All machines with what is frozen on them."""
    lines = {resource: Timeline(floor, resource) for resource in floor.resources}
    for slot in floor.frozen:
        lines[slot.resource].put(slot)
    return lines
