"""Order the expected use of the lead time and no safety: the plain answer of MRP to a mean forecast."""

from dataclasses import dataclass

from huoku.simulate.parts import Floats
from huoku.simulate.policies.order_up_to import OrderUpTo
from huoku.simulate.review import Review


@dataclass(frozen=True, slots=True)
class LotForLot:
    """What is missing to the mean, as a legal order."""

    def orders(self, review: Review, position: Floats) -> Floats:
        return OrderUpTo(z=0.0).orders(review, position)
