"""The sum of an uncertain number of uncertain sizes, exactly: chances on a lattice, added by Fourier transform."""

import numpy as np
from numpy.typing import NDArray

from huoku.sense.demand.sizes import Sizes
from huoku.sense.demand.spread import Amounts, Floats

POINTS = 512
"""Points of each series' lattice."""
ROWS = 1024
"""So many series at once, to stay in the processor's cache."""


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
    lattice = np.zeros(series * POINTS)
    for place, chance in ((below, 1.0 - above_share), (below + 1, above_share)):
        cell = sizes.row * POINTS + np.minimum(place, POINTS - 1).astype(np.int64)
        lattice += np.bincount(cell, sizes.chance * chance, minlength=lattice.size)
    one = lattice.reshape(series, POINTS)
    chances = np.concatenate([_sum(count_chance[k : k + ROWS], one[k : k + ROWS]) for k in range(0, series, ROWS)])
    return Amounts.of(step[:, None] * np.arange(POINTS), chances)


def _sum(count_chance: Floats, one: Floats) -> Floats:
    transform = np.fft.rfft(one, axis=1)
    total = np.zeros_like(transform)
    for hits in range(count_chance.shape[1] - 1, -1, -1):
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
