"""Words in a chart where they cover neither each other nor what is drawn."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from huoku.report.drawing import width_of

HEIGHT = 13.0
Way = tuple[float, float, str]
"""x, y of the writing line, anchor."""


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


class Free:
    """The room of a chart in which words may still stand."""

    def __init__(self, room: Box, taken: Iterable[Box] = ()) -> None:
        self.room, self.taken = room, list(taken)

    def place(self, words: str, ways: Iterable[Way], avoided: Sequence[Box] = ()) -> Way | None:
        """The first of ``ways`` at which the words stand free; that place is taken from then on. None where there is
        none. ``avoided``: what these words alone may not cover."""
        for x, y, anchor in ways:
            width = width_of(words)
            left = {"end": x - width, "middle": x - width / 2}.get(anchor, x)
            box = Box(left - 2, y - HEIGHT + 2, left + width + 2, y + 3)
            inside = self.room.left <= box.left and box.right <= self.room.right
            if not inside or box.top < self.room.top or box.bottom > self.room.bottom:
                continue
            if not any(box.covers(other) for other in (*self.taken, *avoided)):
                self.taken.append(box)
                return x, y, anchor
        return None


def along(points: list[tuple[float, float]]) -> list[Box]:
    """The room that a line of upright and level parts takes."""
    return [
        Box(min(x1, x2) - 2, min(y1, y2) - 2, max(x1, x2) + 2, max(y1, y2) + 2)
        for (x1, y1), (x2, y2) in pairwise(points)
    ]
