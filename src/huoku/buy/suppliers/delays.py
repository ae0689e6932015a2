"""How late a supplier delivers: its own deliveries, drawn towards those of all where they are few.

The chances of a supplier's delays are a mixture: its own deliveries weigh as many as they are, those of all suppliers
together, each supplier counting the same, weigh ``strength`` deliveries. That is the posterior mean under a
Dirichlet process (Ferguson 1973). The strength is learnt: each delivery is foretold from those before it, and the
strength that foretells best by pinball loss is taken.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from huoku.buy.terms import Floats, Ints

STRENGTHS = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0)
LEVELS = (0.5, 0.8, 0.9, 0.95)
"""The quantiles by which the strength is chosen."""

TRIED = 2_000
"""So many deliveries, the last ones, are foretold to choose the strength."""


@dataclass(frozen=True)
class Delays:
    """Delays in days, real less promised, by supplier; ``weight`` by delivery is what it counts among all."""

    supplier: Ints
    days: Floats
    weight: Floats
    strength: float

    def quantile(self, supplier: int, levels: ArrayLike) -> Floats:
        """The delays that are not exceeded with the chances ``levels``, shape as ``levels``.

        A supplier that never delivered gets the delays of all.
        """
        own = (self.supplier == supplier).astype(float)
        return weighted_quantile(self.days, own + self.strength * self.weight, levels)

    def on_time(self, supplier: int) -> float:
        """The chance that a delivery is not late."""
        weight = (self.supplier == supplier) + self.strength * self.weight
        return float(weight[self.days <= 0].sum() / weight.sum())


def delays_of(supplier: Ints, days: Floats) -> Delays:
    """Learn from deliveries in the order of their dates.

    Parameters
    ----------
    supplier, days : shape (deliveries,)
        The supplier's number, and how many days later than promised it delivered; negative where it was earlier.

    Raises
    ------
    ValueError : where there is no delivery at all
    """
    if supplier.size == 0:
        raise ValueError("delays are learnt from deliveries; there is none")
    losses = [foretold_loss(supplier, days, strength) for strength in STRENGTHS]
    return Delays(supplier, days, _equal_weight(supplier), STRENGTHS[int(np.argmin(losses))])


def foretold_loss(supplier: Ints, days: Floats, strength: float) -> float:
    """The mean pinball loss when each of the last deliveries is foretold from those before it."""
    begin = max(1, supplier.size // 2, supplier.size - TRIED)
    spans = np.linspace(begin, supplier.size, 9).astype(int)
    total = 0.0
    # Foretelling anew for each delivery would take long; eight times, for those that follow, says as much.
    for start, end in pairwise(spans):
        known = Delays(supplier[:start], days[:start], _equal_weight(supplier[:start]), strength)
        for one in np.unique(supplier[start:end]):
            came = days[start:end][supplier[start:end] == one]
            total += pinball(known.quantile(int(one), LEVELS), came)
    return total / (supplier.size - begin)


def pinball(quantiles: Floats, came: Floats, levels: ArrayLike = LEVELS) -> float:
    """The pinball loss of quantiles at ``levels``, summed over what came."""
    over = came[:, None] - quantiles[None, :]
    level = np.asarray(levels)[None, :]
    return float(np.maximum(level * over, (level - 1.0) * over).sum() / level.size)


def weighted_quantile(values: Floats, weights: Floats, levels: ArrayLike) -> Floats:
    """The smallest values up to which the weights reach each level of their sum."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order]) / weights.sum()
    place = np.searchsorted(reached, np.asarray(levels, float) - 1e-12)
    return np.asarray(values[order][np.minimum(place, values.size - 1)])


def _equal_weight(supplier: Ints) -> Floats:
    """Weights that add up to 1 and count each supplier the same, however often it delivered."""
    _, which, count = np.unique(supplier, return_inverse=True, return_counts=True)
    return np.asarray(1.0 / (count[which] * count.size))
