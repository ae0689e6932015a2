"""The sum of an uncertain number of uncertain sizes, exactly: chances on a lattice, added by Fourier transform."""

import numpy as np
from numpy.typing import NDArray

from huoku.sense.demand.sizes import Sizes
from huoku.sense.demand.spread import Amounts, Floats, Ints, Lattice

POINTS = 512
"""Points of each series' lattice."""
ROWS = 64
"""So many series at once, to stay in the processor's cache; those with few hits to come go together."""
GROUPS = 16
"""So many groups of series at once, for the same reason."""
UNLIKELY = 1e-12
"""So many hits are left out as are less likely than this."""


def compound(count_chance: Floats, sizes: Sizes, is_whole: NDArray[np.bool_]) -> Amounts:
    """The spread of the sum of as many sizes as there are hits.

    Parameters
    ----------
    count_chance : shape (series, most hits + 1)
        The chance of 0, 1, 2 ... hits.
    sizes : the sizes of a hit; each is drawn anew
    is_whole : shape (series,); the amounts are whole numbers, and so are the steps of the lattice

    Notes
    -----
    The generating function of the sum is that of the count at that of a size; both are taken at the roots of
    unity (Panjer & Willmot, Insurance Risk Models, 1992). A size between two points of the lattice is shared out
    between them so that its mean stays. The lattice reaches 8 standard deviations over the mean.
    """
    step = _steps(*_moments(count_chance, sizes), is_whole)
    one = _laid_out(sizes, step)
    likely, most = _likely(count_chance)
    order = np.argsort(most, kind="stable")
    chances = np.empty(one.shape)
    for first in range(0, len(one), ROWS):
        rows = order[first : first + ROWS]
        chances[rows] = _back(_transformed(likely[rows, : most[rows[-1]] + 1], one[rows]))
    return Lattice.of(step, chances)


def compound_in_groups(count_chance: Floats, sizes: Sizes, is_whole: NDArray[np.bool_], group: Ints) -> Amounts:
    """The same where series belong together and are independent: what each group uses, one row for each.

    ``group``, shape (series,): 0, 1, 2 ... rising without a gap; ``is_whole`` has one entry for each group.
    """
    first = np.flatnonzero(np.r_[True, np.diff(group) > 0])
    mean, variance, largest = _moments(count_chance, sizes)
    together = np.add.reduceat(mean, first), np.add.reduceat(variance, first), np.maximum.reduceat(largest, first)
    step = _steps(*together, is_whole)
    one = _laid_out(sizes, step[group])
    likely, most = _likely(count_chance)
    chances = np.empty((len(step), POINTS))
    last = np.r_[first[1:], len(group)]
    order = np.argsort(np.maximum.reduceat(most, first), kind="stable")
    for groups in np.split(order, range(GROUPS, len(order), GROUPS)):
        rows = np.concatenate([np.arange(first[at], last[at]) for at in groups])
        transform = _transformed(likely[rows, : most[rows].max() + 1], one[rows])
        begins = np.cumsum(last[groups] - first[groups]) - (last[groups] - first[groups])
        chances[groups] = _back(np.multiply.reduceat(transform, begins, axis=0))
    return Lattice.of(step, chances)


def _likely(count_chance: Floats) -> tuple[Floats, Ints]:
    """The chances that are not left out, and the most hits of each series among them."""
    likely = np.where(count_chance > UNLIKELY, count_chance, 0.0)
    return likely, count_chance.shape[1] - 1 - np.argmax(likely[:, ::-1] > 0, axis=1)


def on_lattice(amounts: Floats, chances: Floats, row: Ints, step: Floats) -> Floats:
    """The chance of 0, 1, 2 ... steps, (series, POINTS), of amounts of which entry ``k`` is of series ``row[k]``.

    An amount between two points is shared out between them so that its mean stays; beyond the last it counts there.
    """
    at = amounts / step[row]
    below = np.floor(at)
    above_share = at - below
    place = np.concatenate((below, below + 1))
    cell = np.tile(row * POINTS, 2) + np.minimum(place, POINTS - 1).astype(np.int64)
    shared = np.concatenate((chances * (1.0 - above_share), chances * above_share))
    laid = np.bincount(cell, shared, minlength=len(step) * POINTS)
    return np.asarray(laid, np.float64).reshape(len(step), POINTS)


def _laid_out(sizes: Sizes, step: Floats) -> Floats:
    return on_lattice(sizes.amount, sizes.chance, sizes.row, step)


def _transformed(count_chance: Floats, one: Floats) -> NDArray[np.complex128]:
    """The transform of the sum, where ``one`` are the chances of a single size."""
    transform = np.fft.rfft(one, axis=1)
    total = np.repeat(count_chance[:, -1:], transform.shape[1], axis=1).astype(transform.dtype)
    for hits in range(count_chance.shape[1] - 2, -1, -1):
        total *= transform
        total += count_chance[:, hits, None]
    return total


def _back(transform: NDArray[np.complex128]) -> Floats:
    chances = np.maximum(np.fft.irfft(transform, POINTS, axis=1), 0.0)
    return chances / chances.sum(1, keepdims=True)


def _moments(count_chance: Floats, sizes: Sizes) -> tuple[Floats, Floats, Floats]:
    """Mean and variance of the sum of each series, and its largest size."""
    series = len(count_chance)
    count = np.arange(count_chance.shape[1])
    hits, squares = count_chance @ count, count_chance @ count**2
    mean = np.bincount(sizes.row, sizes.chance * sizes.amount, minlength=series)
    variance = np.bincount(sizes.row, sizes.chance * sizes.amount**2, minlength=series) - mean**2
    largest = np.zeros(series)
    np.maximum.at(largest, sizes.row, sizes.amount)
    return hits * mean, np.maximum(0.0, hits * variance + (squares - hits**2) * mean**2), largest


def _steps(mean: Floats, variance: Floats, largest: Floats, is_whole: NDArray[np.bool_]) -> Floats:
    step = np.maximum(mean + 8.0 * np.sqrt(variance), 1.2 * largest) / (POINTS - 1)
    step = np.where(step > 0, step, 1.0)
    return np.where(is_whole, np.ceil(step), step)
