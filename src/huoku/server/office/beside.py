"""What stands beside the duties of a day: moments of the day, and panels of lines; rooms above put theirs in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from huoku.server.platform.actor import Actor

Level = Literal["", "R", "O", "Y", "G", "N"]


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that comes today. ``at``: its time, None where the records know the day alone."""

    words: str
    address: str
    at: datetime | None = None
    level: Level = "N"


@dataclass(frozen=True, slots=True)
class Line:
    """``words`` with ``value_more`` beside and ``more`` below them, and at the right a value. ``before``: the value
    of before, and ``turn``: whether it got better or worse.
    ``note``: a third line below the words."""

    words: str
    more: str = ""
    value: str = ""
    value_more: str = ""
    address: str = ""
    level: Level = ""
    before: str = ""
    turn: Literal["", "better", "worse"] = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """``whole``: the address of the full list, called ``whole_called``; ``is_times``: its lines are a line of time, the
    values its times."""

    name: str
    title: str
    lines: tuple[Line, ...]
    more: str = ""
    whole: str = ""
    whole_called: str = ""
    is_times: bool = False


MOMENTS: list[Callable[[Actor, date], Iterable[Moment]]] = []
PANELS: list[Callable[[Actor, date], Panel | None]] = []
"""Each is asked for whoever reads the page, and the day it is for him."""
