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

    def mean(self) -> Floats:
        return self._sum_up_to[:, -1]

    def quantile(self, levels: ArrayLike) -> Floats:
        asked = np.atleast_1d(np.asarray(levels, np.float64))
        wanted = np.broadcast_to(asked, (len(self.values), asked.shape[-1]))
        # A level that a sum of chances misses by rounding alone is reached.
        at = _count_at_most(self._up_to[:, 1:], wanted - 1e-9)
        return np.take_along_axis(self.values, np.minimum(at, self.values.shape[1] - 1), axis=1)

    def at_most(self, y: ArrayLike) -> Floats:
        return shaped(self._taken(self._up_to, y), y)

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
        return np.maximum(0.0, stock * self._taken(self._up_to, y) - self._taken(self._sum_up_to, y))

    def _taken(self, prefix: Floats, y: ArrayLike) -> Floats:
        return np.take_along_axis(prefix, _count_at_most(self.values, by_row(y, len(self.values))), axis=1)


def _prefix(values: Floats) -> Floats:
    sums = np.zeros((len(values), values.shape[1] + 1))
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
