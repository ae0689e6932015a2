"""The figures of the first page: rooms above put theirs in; each opens the rows that add up to it."""

from collections.abc import Callable, Iterable
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


FIGURES: list[Callable[[Actor], Iterable[Figure]]] = []
"""Each is asked for whoever reads the page; it tells those that he may know."""
