"""What may be used over some time, as chances of amounts: the answer that every demand model gives."""

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Spread(Protocol):
    """The use of each of some series over a stretch of time: uncertain, never negative.

    Amounts ``y`` are one for all series, one each (series,), or several each (series, m); the answers
    have the shape (series,) or (series, m).
    """

    def take(self, rows: Ints) -> "Spread":
        """That of some of the series."""

    def mean(self) -> Floats:
        """The expected use; shape (series,)."""

    def quantile(self, levels: ArrayLike) -> Floats:
        """The least amount that is enough with each of ``levels`` (chances between 0 and 1); shape (series, levels)."""

    def at_most(self, y: ArrayLike) -> Floats:
        """The chance that no more than ``y`` is used."""

    def short(self, y: ArrayLike) -> Floats:
        """What is missing on average if ``y`` is there: E(use - y)+."""

    def left(self, y: ArrayLike) -> Floats:
        """What is left on average if ``y`` is there: E(y - use)+."""


@dataclass(frozen=True)
class Amounts:
    """A spread as amounts that rise along each row, and the chance of each.

    Parameters
    ----------
    values : shape (series, points)
        Rising along each row.
    chances : shape (series, points)
        Not negative; each row adds up to 1.
    """

    values: Floats
    chances: Floats

    @cached_property
    def _up_to(self) -> Floats:
        """The chance of the first k amounts, shape (series, points + 1)."""
        return _prefix(self.chances)

    @cached_property
    def _sum_up_to(self) -> Floats:
        """Their part of the mean, shape (series, points + 1)."""
        return _prefix(self.values * self.chances)

    def take(self, rows: Ints) -> "Amounts":
        return Amounts(self.values[rows], self.chances[rows])

    def mean(self) -> Floats:
        return self._sum_up_to[:, -1]

    def quantile(self, levels: ArrayLike) -> Floats:
        asked = np.atleast_1d(np.asarray(levels, np.float64))
        wanted = np.broadcast_to(asked, (len(self.values), asked.shape[-1]))
        # A level that a sum of chances misses by rounding alone is reached.
        at = _count_at_most(self._up_to[:, 1:], wanted - 1e-9)
        return np.take_along_axis(self.values, np.minimum(at, self.values.shape[1] - 1), axis=1)

    def at_most(self, y: ArrayLike) -> Floats:
        at = self._count_at_most(by_row(y, len(self.values)))
        return shaped(np.take_along_axis(self._up_to, at, axis=1), y)

    def short(self, y: ArrayLike) -> Floats:
        return shaped(np.maximum(0.0, self._left(y) + self.mean()[:, None] - by_row(y, len(self.values))), y)

    def left(self, y: ArrayLike) -> Floats:
        return shaped(self._left(y), y)

    def used(self, y: ArrayLike) -> Floats:
        """How much of the first ``y`` units is used on average: E min(use, y).

        Concave; how much it grows with a further unit is the chance that this unit is used.
        """
        return np.asarray(y, np.float64) - self.left(y)

    def used_of(self, rows: Ints, y: Floats) -> Floats:
        """The same for entries of their own: of the first ``y[k]`` units of series ``rows[k]``; shape of ``y``."""
        at = _count_at_most(self.values, y[:, None], rows[:, None])[:, 0]
        return y - np.maximum(0.0, y * self._up_to[rows, at] - self._sum_up_to[rows, at])

    def draws(self, n: int, seed: int) -> Floats:
        """``n`` independent draws for each series, shape (series, n); the same for the same seed."""
        return self.quantile(np.random.default_rng(seed).random((len(self.values), n)))

    def _left(self, y: ArrayLike) -> Floats:
        stock = by_row(y, len(self.values))
        at = self._count_at_most(stock)
        up_to, taken = (np.take_along_axis(sums, at, axis=1) for sums in (self._up_to, self._sum_up_to))
        return np.maximum(0.0, stock * up_to - taken)

    def _count_at_most(self, limits: Floats) -> Ints:
        """How many of each row's amounts are at most each of its limits (series, m)."""
        return _count_at_most(self.values, limits)


@dataclass(frozen=True)
class Lattice(Amounts):
    """The amounts are 0, 1, 2 ... times ``step`` (series,): their place is reckoned, not searched."""

    step: Floats

    @classmethod
    def of(cls, step: Floats, chances: Floats) -> "Lattice":
        """The chances of 0, 1, 2 ... steps, shape (series, points)."""
        return cls(step[:, None] * np.arange(chances.shape[1]), chances, step)

    def take(self, rows: Ints) -> "Lattice":
        some = Lattice(self.values[rows], self.chances[rows], self.step[rows])
        for sums in ("_up_to", "_sum_up_to"):
            if sums in vars(self):  # a cached property may be filled in: the sums of a row stay
                vars(some)[sums] = vars(self)[sums][rows]
        return some

    def _count_at_most(self, limits: Floats) -> Ints:
        points, step = self.values.shape[1], self.step[:, None]
        last = np.clip(np.floor(limits / step), -1.0, points - 1.0)
        # What a quotient misses by rounding is no step.
        last -= (step * last > limits) & (last >= 0.0)
        last += (step * (last + 1.0) <= limits) & (last < points - 1.0)
        return last.astype(np.int64) + 1


def _prefix(values: Floats) -> Floats:
    sums = np.empty((len(values), values.shape[1] + 1))
    sums[:, 0] = 0.0
    np.cumsum(values, axis=1, out=sums[:, 1:])
    return sums


def by_row(y: ArrayLike, rows: int) -> Floats:
    """As (rows, m): one amount for all, one for each row, or several for each row."""
    given = np.asarray(y, np.float64)
    if given.ndim == 0:
        return np.full((rows, 1), float(given))
    return given[:, None] if given.ndim == 1 else given


def shaped(answer: Floats, y: ArrayLike) -> Floats:
    """The answer (rows, m) in the shape that was asked for: (rows,) unless several were asked for each row."""
    return answer if np.ndim(y) == 2 else answer[:, 0]


def _count_at_most(rising: Floats, limits: Floats, rows: Ints | None = None) -> Ints:
    """How many of each row's rising numbers are at most each of its limits: a binary search in all rows at once.

    ``rows``, shape (limits, 1): which row each line of the limits is of, if not the one in its place.
    """
    row = np.arange(len(rising))[:, None] if rows is None else rows
    low = np.zeros(limits.shape, np.int64)
    high = np.full(limits.shape, rising.shape[1], np.int64)
    for _ in range(rising.shape[1].bit_length()):
        middle = np.minimum((low + high) // 2, rising.shape[1] - 1)
        is_within = (rising[row, middle] <= limits) & (low < high)
        low = np.where(is_within, middle + 1, low)
        high = np.where(is_within, high, middle)
    return low
