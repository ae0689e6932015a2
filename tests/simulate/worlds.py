"""Small factories of parts for replays: whole numbers, short lives, one line each."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from huoku.sense.demand import HitsAndSizes
from huoku.simulate.parts import Floats, Parts
from huoku.simulate.review import Review

METHOD = HitsAndSizes.learn(np.array([[0.0, 3, 0, 5, 0, 3, 0, 4]]), ahead=2)


def parts(*, cost: float = 1.0, moq: float = 1.0, pack: float = 1.0, order_cost: float = 5.0, lead: int = 1) -> Parts:
    """One part."""
    one = [np.array([value], np.float64) for value in (cost, moq, pack, order_cost)]
    return Parts(*one, np.array([lead]))


def review(of: Parts, past: Sequence[float]) -> Review:
    """The moment after ``past`` for one part."""
    return Review(of, np.array([past], np.float64), 52, METHOD)


@dataclass(frozen=True)
class Fixed:
    """Orders so much in each period, whatever happens."""

    quantities: Sequence[float]
    first: int

    def orders(self, review: Review, position: Floats) -> Floats:
        return np.array([self.quantities[review.past.shape[1] - self.first]], np.float64)
