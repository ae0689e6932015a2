"""The sum of an uncertain number of uncertain sizes, exactly: chances on a lattice, added by Fourier transform."""

import numpy as np
from numpy.typing import NDArray

from huoku.sense.demand.sizes import Sizes
from huoku.sense.demand.spread import Amounts, Floats

POINTS = 512
"""Points of each series' lattice."""
ROWS = 64
"""So many series at once, to stay in the processor's cache; those with few hits to come go together."""
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
    series = len(count_chance)
    step = _steps(count_chance, sizes, is_whole)
    at = sizes.amount / step[sizes.row]
    below = np.floor(at)
    above_share = at - below
    place = np.concatenate((below, below + 1))
    cell = np.tile(sizes.row * POINTS, 2) + np.minimum(place, POINTS - 1).astype(np.int64)
    shared = np.concatenate((sizes.chance * (1.0 - above_share), sizes.chance * above_share))
    one = np.asarray(np.bincount(cell, shared, minlength=series * POINTS), np.float64).reshape(series, POINTS)
    likely = np.where(count_chance > UNLIKELY, count_chance, 0.0)
    most = count_chance.shape[1] - 1 - np.argmax(likely[:, ::-1] > 0, axis=1)
    order = np.argsort(most, kind="stable")
    chances = np.empty((series, POINTS))
    for first in range(0, series, ROWS):
        rows = order[first : first + ROWS]
        chances[rows] = _sum(likely[rows, : most[rows[-1]] + 1], one[rows])
    return Amounts(step[:, None] * np.arange(POINTS), chances)


def _sum(count_chance: Floats, one: Floats) -> Floats:
    transform = np.fft.rfft(one, axis=1)
    total = np.repeat(count_chance[:, -1:], transform.shape[1], axis=1).astype(transform.dtype)
    for hits in range(count_chance.shape[1] - 2, -1, -1):
        total *= transform
        total += count_chance[:, hits, None]
    chances = np.maximum(np.fft.irfft(total, POINTS, axis=1), 0.0)
    return chances / chances.sum(1, keepdims=True)


def _steps(count_chance: Floats, sizes: Sizes, is_whole: NDArray[np.bool_]) -> Floats:
    series = len(count_chance)
    count = np.arange(count_chance.shape[1])
    hits, squares = count_chance @ count, count_chance @ count**2
    mean = np.bincount(sizes.row, sizes.chance * sizes.amount, minlength=series)
    variance = np.bincount(sizes.row, sizes.chance * sizes.amount**2, minlength=series) - mean**2
    largest = np.zeros(series)
    np.maximum.at(largest, sizes.row, sizes.amount)
    deviation = np.sqrt(np.maximum(0.0, hits * variance + (squares - hits**2) * mean**2))
    step = np.maximum(hits * mean + 8.0 * deviation, 1.2 * largest) / (POINTS - 1)
    step = np.where(step > 0, step, 1.0)
    return np.where(is_whole, np.ceil(step), step)
