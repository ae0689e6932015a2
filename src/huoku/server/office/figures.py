"""The figures of the first page: rooms above put theirs in; each opens the rows that add up to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from huoku.language import Sentence
from huoku.server.platform.actor import Actor


@dataclass(frozen=True, slots=True)
class Figure:
    """``value`` as it is shown, ``why`` the name of its reason; ``level``: the mark beside it, empty where nothing is
    wrong."""

    title: Sentence
    value: str
    more: str
    address: str
    why: str
    level: Literal["", "R", "O", "Y"] = ""


FIGURES: list[Callable[[Actor], Figure | None]] = []
"""Each is asked for whoever reads the page; None where he may not know it."""
