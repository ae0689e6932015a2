"""(s, Q): below the reorder point, order the larger of economic lot and MOQ."""

from dataclasses import dataclass

import numpy as np

from huoku.simulate.parts import ROUNDING, Floats
from huoku.simulate.policies.order_up_to import OrderUpTo
from huoku.simulate.review import Review


@dataclass(frozen=True, slots=True)
class ReorderPoint:
    """``s`` is the level of ``OrderUpTo``; where the lot would not reach it, what is missing is ordered."""

    z: float = 1.645
    holding_rate: float = 0.2

    def orders(self, review: Review, position: Floats) -> Floats:
        missing = OrderUpTo(self.z).level(review) - position
        lot = review.parts.economic_lot(review.mean * review.periods_per_year, self.holding_rate)
        return np.where(missing > ROUNDING, review.parts.legal(np.maximum(lot, missing)), 0.0)
