"""Buy to order: nothing is bought before a customer waits for it."""

from dataclasses import dataclass

from huoku.simulate.parts import Floats
from huoku.simulate.review import Review


@dataclass(frozen=True, slots=True)
class OnBacklog:
    """What is missing to serve those who wait, as a legal order."""

    def orders(self, review: Review, position: Floats) -> Floats:
        return review.parts.legal(-position)
