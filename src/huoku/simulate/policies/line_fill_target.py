"""Weigh each lot at the price of shortage under which the wanted share of lines is expected to be served."""

from dataclasses import dataclass, field, replace

import numpy as np

from huoku.simulate.parts import Floats
from huoku.simulate.policies.weighed_lots import WeighedLots
from huoku.simulate.review import Review

PRICES = (0.02, 50.0)
"""The price of shortage is looked for between these multiples of a unit's value,"""
HALVINGS = 8
"""by halving (on a logarithmic scale) so many times: to 3 %."""


@dataclass(frozen=True, slots=True)
class LineFillTarget:
    """One price for all parts, found anew in each period: dear stock is held where it serves many lines.

    ``target`` : wanted share of lines served whole and at once, over all parts together.
    """

    target: float
    weighed: WeighedLots = field(default_factory=WeighedLots)

    def orders(self, review: Review, position: Floats) -> Floats:
        low, high = np.log(PRICES)
        for _ in range(HALVINGS):
            middle = (low + high) / 2.0
            quantity = replace(self.weighed, shortage=float(np.exp(middle))).orders(review, position)
            if expected_line_fill(review, position + quantity) < self.target:
                low = middle
            else:
                high = middle
        return replace(self.weighed, shortage=float(np.exp(high))).orders(review, position)


def expected_line_fill(review: Review, position: Floats) -> float:
    """Lines expected to be served whole in the first period that an order placed now can serve / lines expected.

    A line is short if the stock runs out in its period, or has run out before.
    """
    was_enough = review.before_arrival.at_most(position)
    runs_out = was_enough - review.to_arrival.at_most(position)
    chance = review.chance_of_line
    short = np.clip(runs_out + chance * (1.0 - was_enough), 0.0, chance)
    return float(1.0 - short.sum() / chance.sum())
