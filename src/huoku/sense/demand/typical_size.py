"""What a hit takes before a series' own are seen: the size that is usual for its unit value and its family."""

from typing import NamedTuple

import numpy as np

from huoku.sense.demand.spread import Floats
from huoku.sense.demand.traits import Traits

STEADY = 3.0
"""A family's own size is drawn towards that of all as if so many more series were like all."""


class TypicalSize(NamedTuple):
    """Logarithm of the size: a parabola over that of the unit value, and a distance of each family."""

    curve: Floats  # three coefficients, the highest first
    lowest: float  # logarithms of the unit values that were seen lie between these
    highest: float
    family: Floats

    def of(self, series: int, traits: Traits) -> Floats:
        """The typical size for each of so many series; shape (series,)."""
        size = np.polyval(self.curve, self._log_value(series, traits))
        if traits.family is not None:
            is_known = traits.family < self.family.size
            size = size + np.where(is_known, self.family[np.where(is_known, traits.family, 0)], 0.0)
        return np.exp(size)

    def _log_value(self, series: int, traits: Traits) -> Floats:
        if traits.unit_value is None:
            return np.zeros(series)
        return np.clip(np.log(np.maximum(traits.unit_value, 1e-12)), self.lowest, self.highest)


def learn_typical_size(mean_size: Floats, traits: Traits) -> TypicalSize:
    """By least squares over the series with a ``mean_size`` (series,) above 0."""
    used = mean_size > 0
    size, traits = np.log(mean_size[used]), traits.of(used)
    if not size.size:
        return TypicalSize(np.zeros(3), 0.0, 0.0, np.zeros(1))
    curve, lowest, highest = np.array([0.0, 0.0, size.mean()]), 0.0, 0.0
    if traits.unit_value is not None and (traits.unit_value > 0).any():
        # The cheapest hundredth counts alike: a value of nearly nothing is an entry, not a price.
        lowest, highest = np.log(np.quantile(traits.unit_value[traits.unit_value > 0], [0.01, 1.0])).tolist()
        at = np.clip(np.log(np.maximum(traits.unit_value, 1e-12)), lowest, highest)
        degree = min(2, np.unique(at).size - 1)
        curve = np.concatenate((np.zeros(2 - degree), np.polyfit(at, size, degree)))
        size = size - np.polyval(curve, at)
    else:
        size = size - size.mean()
    family = np.zeros(1)
    if traits.family is not None:
        family = np.bincount(traits.family, size) / (np.bincount(traits.family) + STEADY)
    return TypicalSize(curve, lowest, highest, family)
