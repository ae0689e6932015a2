"""What a short paper is made of, whether it becomes a page or a PDF: tiles, sentences, bars and tables."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure: what it is, its value, and a line below it."""

    name: str
    value: str
    hint: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its value (None where it is not known) and the value in words."""

    label: str
    value: float | None
    told: str
    is_bad: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """A small chart."""

    title: str
    bars: tuple[Bar, ...]
    remark: str


@dataclass(frozen=True, slots=True)
class Rows:
    """A table of short texts; ``wide`` are the parts of the width, ``right`` the columns of figures."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: tuple[int, ...]
    right: frozenset[int]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Notes:
    """Sentences under a title."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper; charts stand beside each other."""

    title: str
    subtitle: str
    verdict: str
    tiles: tuple[Tile, ...]
    charts: tuple[Bars, ...]
    parts: Sequence[Rows | Notes]
    foot: str
