"""Aligned columns for a terminal, where a Chinese character takes two columns: widths are counted, not letters."""

import unicodedata
from collections.abc import Sequence

from huoku.language import Language, Sentence

SHOWN = 15
"""So many rows of a table are shown."""

MORE = Sentence("……还有 {count:,} 行", "... {count:,} more {count|row|rows}")


def width(words: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in words)


def pad(words: str, to: int, *, right: bool = False) -> str:
    """The text filled up with spaces to a width; ``right`` aligns it to the right."""
    blank = " " * (to - width(words))
    return blank + words if right else words + blank


def columns(rows: Sequence[Sequence[str]], right: set[int]) -> list[str]:
    """Rows of cells as lines with aligned columns; ``right`` names the columns of figures."""
    if not rows:
        return []
    widths = [max(width(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = ("  ".join(pad(cell, widths[at], right=at in right) for at, cell in enumerate(row)) for row in rows)
    return [line.rstrip() for line in lines]


def table(head: Sequence[str], rows: Sequence[tuple[str, ...]], right: set[int], lang: Language) -> list[str]:
    """A table of at most 15 rows, with a count of the others; nothing where it has none."""
    if not rows:
        return []
    lines = [f"  {line}" for line in columns([tuple(head), *rows[:SHOWN]], right)]
    return [*lines, f"  {MORE.say(lang, count=len(rows) - SHOWN)}"] if len(rows) > SHOWN else lines
