"""The figures of the first page: rooms above put theirs in; each opens the rows that add up to it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from huoku.language import Sentence
from huoku.server.platform.actor import Actor

LEAST_OF_A_LINE = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """``value`` as it is shown, with what it is of in ``small``; ``why``: the name of its reason; ``level``: the mark
    beside it, empty where nothing is wrong. ``past``: the same measure at earlier times, the oldest first, and now."""

    title: Sentence
    value: str
    more: str
    address: str
    why: str
    level: Literal["", "R", "O", "Y"] = ""
    small: str = ""
    past: tuple[float, ...] = ()
    past_called: str = ""

    @property
    def spark(self) -> str:
        """Corners of a line of 64 by 24; none where there are too few points for one."""
        if len(self.past) < LEAST_OF_A_LINE:
            return ""
        low, high = min(self.past), max(self.past)
        step = 60 / (len(self.past) - 1)
        return " ".join(
            f"{2 + place * step:.1f},{21 - 18 * (value - low) / (high - low or 1):.1f}"
            for place, value in enumerate(self.past)
        )


FIGURES: list[Callable[[Actor], Iterable[Figure]]] = []
"""Each is asked for whoever reads the page; it tells those that he may know."""
