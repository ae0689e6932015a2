"""What even perfect foresight would have left: the opening stock that nobody used, and the rest of the last lot."""

import numpy as np

from huoku.simulate.measures import excess_value
from huoku.simulate.parts import Floats, Parts
from huoku.simulate.replay import WEEKS_PER_YEAR


def unavoidable_excess(
    parts: Parts, use: Floats, *, first: int, opening: Floats, periods_per_year: int = WEEKS_PER_YEAR
) -> Floats:
    """Excess of each part (money, shape (parts,)) had it bought once, exactly what it lacked, as a legal order.

    No sequence of legal orders that serves all use from ``first`` on leaves less.
    """
    needed = use[:, first:].sum(axis=1)
    bought = parts.legal(np.maximum(0.0, needed - opening))
    return excess_value(parts, opening + bought - needed, use, periods_per_year)
