"""How much a hit takes: a series' own sizes, the younger the heavier, drawn towards what is usual.

Two things are borrowed from the other series: the typical size for what the series is (``typical_size.py``), which
draws the mean of a few own sizes towards it on the scale of logarithms; and how widely sizes lie around their mean.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from huoku.sense.demand.spread import Floats, Ints
from huoku.sense.demand.traits import Traits
from huoku.sense.demand.typical_size import TypicalSize, learn_typical_size

EDGES = np.concatenate((np.linspace(0.0, 0.9, 37), 1.0 - np.geomspace(0.1, 0.001, 12)[1:], [1.0]))
CHANCES = np.diff(EDGES)
"""The spread of sizes around their mean is kept as ratios with these chances, the finer the larger they are."""
ENOUGH = 4
"""Series with so many sizes tell how widely they lie around their mean."""


class SizePrior(NamedTuple):
    """What is believed of the sizes of hits before a series' own are seen, and how firmly."""

    typical: TypicalSize
    ratios: Floats  # (atoms,): size / mean size, with ``CHANCES``
    pull: float  # the typical size weighs as so many own ones in the mean
    weight: float  # the ratios weigh as so many own sizes in the spread
    discount: float  # weight of a size against one that is a period younger

    def with_(self, name: str, value: float) -> "SizePrior":
        """The same with another ``pull``, ``weight`` or ``discount``."""
        firmness = {"pull": self.pull, "weight": self.weight, "discount": self.discount} | {name: value}
        return SizePrior(self.typical, self.ratios, **firmness)


class Sizes(NamedTuple):
    """The sizes to come of each series as weighted amounts: entry ``k`` is of series ``row[k]``."""

    row: Ints
    amount: Floats
    chance: Floats  # adds up to 1 in each series


def learn_sizes(past: Floats, traits: Traits) -> SizePrior:
    """What the series of ``past`` (series, periods) have in common; how firmly it holds is chosen afterwards."""
    row, _, size = _hits(past)
    count = np.bincount(row, minlength=len(past))
    mean = np.bincount(row, size, minlength=len(past)) / np.maximum(count, 1)
    often = count[row] >= ENOUGH
    ratios = np.ones(CHANCES.size)
    if often.any():
        ratio = size[often] / mean[row][often]
        order = np.argsort(ratio, kind="stable")
        # Each series has one vote, however often it is used.
        votes = np.cumsum((1.0 / count[row][often])[order])
        ratios = ratio[order][np.searchsorted(votes, (EDGES[1:] + EDGES[:-1]) / 2.0 * votes[-1])]
        ratios = ratios / (ratios @ CHANCES)
    return SizePrior(learn_typical_size(mean, traits), ratios, pull=1.0, weight=4.0, discount=0.99)


class _Believed(NamedTuple):
    """What is believed of each series' sizes: its own hits and their shares, and what is borrowed."""

    row: Ints  # by hit
    size: Floats
    shared: Floats  # by hit: adds up to 1 in each series
    mean: Floats  # by series: around which the borrowed ratios lie
    borrowed: Floats  # by series: their part


def _believed(past: Floats, prior: SizePrior, traits: Traits) -> _Believed:
    series, periods = past.shape
    row, column, size = _hits(past)
    age_weight = prior.discount ** (periods - 1.0 - column)
    own = np.bincount(row, age_weight, minlength=series).astype(np.float64)
    shared = age_weight / own[row]
    own_mean = np.bincount(row, shared * size, minlength=series)
    typical = prior.typical.of(series, traits)
    pull = _share(prior.pull, own)
    mean = np.exp((1.0 - pull) * np.log(np.where(own > 0, own_mean, 1.0)) + pull * np.log(typical))
    return _Believed(row, size, shared, mean, _share(prior.weight, own))


def sizes_to_come(past: Floats, prior: SizePrior, traits: Traits) -> Sizes:
    """The sizes of the next hits of each series of ``past`` (series, periods)."""
    series = len(past)
    row, size, shared, mean, borrowed = _believed(past, prior, traits)
    return Sizes(
        row=np.concatenate((row, np.repeat(np.arange(series), CHANCES.size))),
        amount=np.concatenate((size, (mean[:, None] * prior.ratios).ravel())),
        chance=np.concatenate((shared * (1.0 - borrowed)[row], np.outer(borrowed, CHANCES).ravel())),
    )


def moments_of_sizes(past: Floats, prior: SizePrior, traits: Traits) -> tuple[Floats, Floats]:
    """The mean of the size of the next hit, and of its square; both of shape (series,)."""
    row, size, shared, mean, borrowed = _believed(past, prior, traits)
    own, own_square = (np.bincount(row, shared * size**power, minlength=len(past)) for power in (1, 2))
    spread = float(prior.ratios**2 @ CHANCES)
    return (1.0 - borrowed) * own + borrowed * mean, (1.0 - borrowed) * own_square + borrowed * mean**2 * spread


def _share(borrowed: float, own: Floats) -> Floats:
    """The part of what is borrowed beside so much of one's own; all, where there is nothing of one's own."""
    return np.where(own > 0, borrowed / np.where(own > 0, own + borrowed, 1.0), 1.0)


def _hits(past: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    """Series, period and size of each hit."""
    row, column = np.nonzero(past > 0)
    return row, column, past[row, column]
