"""Dead stock by forecast: what is on hand beyond what the next year will hardly exceed."""

import numpy as np

from huoku.sense.demand import Spread
from huoku.simulate.parts import Floats

LEVEL = 0.95


def dead_by_forecast(on_hand: Floats, unit_cost: Floats, next_year: Spread, level: float = LEVEL) -> Floats:
    """Money of each part (parts,): units on hand above the ``level`` quantile of the next year's use, at cost.

    In money, not as a share of stock: by share a policy that holds less looks worse.
    """
    return unit_cost * np.maximum(0.0, on_hand - next_year.quantile([level])[:, 0])
