"""What volume over the next months reaches which minimum or price break: the case for a framework or a pooled order."""

from typing import NamedTuple

import numpy as np

from huoku.buy.leftover import YEAR_DAYS
from huoku.buy.options.case import Case
from huoku.buy.terms import Floats, Ints


class Reached(NamedTuple):
    """A quantity at a price: ``month`` is the first by whose end the expected need reaches it (None: not within the
    months), ``chance`` the odds that it is reached by the end of the last."""

    source: int
    qty: float
    price: float
    month: int | None
    chance: float


def volume(case: Case, known: Ints, months: int = 12) -> tuple[tuple[float, ...], tuple[Reached, ...]]:
    """The expected need by the end of each month, this need included, and what of the item's offers it reaches.

    ``known``: other known needs by month, shape (months,). Future use beyond them spreads evenly over its days.
    """
    certain = case.need + np.cumsum(known[:months])
    until = np.arange(1, months + 1) * YEAR_DAYS / 12.0 / case.use.days
    use = np.outer(case.use.amount, np.minimum(until, 1.0))
    expected: Floats = certain + case.use.chance @ use
    reached = []
    for source in case.sources:
        for tier in range(case.terms.tier_first[source], case.terms.tier_first[source + 1]):
            qty = int(case.terms.tier_low[tier])
            over = np.flatnonzero(expected >= qty)
            chance = float(case.use.chance[certain[-1] + use[:, -1] >= qty].sum())
            month = int(over[0]) + 1 if over.size else None
            reached.append(Reached(source, qty, float(case.terms.tier_price[tier]), month, min(1.0, chance)))
    return tuple(expected.tolist()), tuple(reached)
