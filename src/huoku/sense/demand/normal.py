"""Use as a normal distribution around a rate, cut off at zero: the textbook's way, and the bar to be passed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr, ndtri

from huoku.sense.demand.method import Periods, for_each
from huoku.sense.demand.spread import Floats, Ints, by_row, shaped


@dataclass(frozen=True, slots=True)
class NormalSpread:
    """A spread that is normal with these means and deviations (series,), and 0 where that would be negative."""

    centre: Floats
    deviation: Floats

    def take(self, rows: Ints) -> "NormalSpread":
        return NormalSpread(self.centre[rows], self.deviation[rows])

    def mean(self) -> Floats:
        return self.short(0.0)

    def quantile(self, levels: ArrayLike) -> Floats:
        return np.maximum(0.0, self.centre[:, None] + ndtri(np.atleast_1d(levels)) * self.deviation[:, None])

    def at_most(self, y: ArrayLike) -> Floats:
        stock = by_row(y, self.centre.size)
        return shaped(np.where(stock >= 0, ndtr(self._standard(stock)), 0.0), y)

    def short(self, y: ArrayLike) -> Floats:
        stock = by_row(y, self.centre.size)
        z = self._standard(np.maximum(stock, 0.0))
        above = self.deviation[:, None] * np.exp(-(z**2) / 2.0) / np.sqrt(2.0 * np.pi)
        beyond = above + (self.centre[:, None] - np.maximum(stock, 0.0)) * ndtr(-z)
        return shaped(np.maximum(beyond, 0.0) + np.maximum(-stock, 0.0), y)

    def left(self, y: ArrayLike) -> Floats:
        stock = by_row(y, self.centre.size)
        short = by_row(self.short(y), self.centre.size)
        return shaped(np.maximum(0.0, stock - self.mean()[:, None] + short), y)

    def _standard(self, stock: Floats) -> Floats:
        return (stock - self.centre[:, None]) / np.maximum(self.deviation[:, None], 1e-12)


@dataclass(frozen=True, slots=True)
class NormalUse:
    """A rate and a deviation per period (series,); periods are taken as independent of each other."""

    rate: Floats
    deviation: Floats

    @classmethod
    def around(cls, rate: Floats, past: Floats) -> "NormalUse":
        """With the deviation of the periods of ``past`` (series, periods)."""
        return cls(rate, past.std(axis=1, ddof=1) if past.shape[1] > 1 else np.abs(rate))

    def over(self, periods: Periods) -> NormalSpread:
        """The use over the next ``periods``, of each series."""
        ahead = for_each(periods, self.rate.size)
        return NormalSpread(self.rate * ahead, self.deviation * np.sqrt(ahead))
