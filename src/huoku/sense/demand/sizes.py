"""How much a hit takes: a series' own sizes, the younger the heavier, drawn towards the family's spread of sizes.

The family's spread is that of the ratio of a size to the mean of the sizes before it, apart for series with one,
two or more sizes before: where little is known, the next size may lie further from the mean.
"""

from typing import NamedTuple

import numpy as np

from huoku.sense.demand.spread import Floats, Ints

SEEN = (1, 2, 4, 8, 16)
"""A class of ratios begins at each of these numbers of sizes before."""
ATOMS = 48
"""Each spread of ratios is kept as so many equally likely ones."""


class SizePrior(NamedTuple):
    """How sizes of hits are spread before a series' own are seen."""

    ratios: Floats  # (classes, ATOMS): size / mean of the sizes before it
    any_size: Floats  # (ATOMS,): sizes of all series, for one that has none of its own
    weight: float  # the ratios weigh as so many own hits
    discount: float  # weight of a size against one a period younger


class Sizes(NamedTuple):
    """The sizes to come of each series as weighted amounts: entry ``k`` is of series ``row[k]``."""

    row: Ints
    amount: Floats
    chance: Floats  # adds up to 1 in each series


def learn_ratios(past: Floats) -> tuple[Floats, Floats]:
    """The families' spreads of ratios (classes, ATOMS) and of sizes (ATOMS,) in ``past`` (series, periods)."""
    _, _, size, before, mean_before = _in_order(past)
    levels = (np.arange(ATOMS) + 0.5) / ATOMS
    if not size.size:
        return np.ones((len(SEEN), ATOMS)), np.ones(ATOMS)
    known = before > 0
    ratio, group = size[known] / mean_before[known], np.searchsorted(SEEN, before[known], side="right") - 1
    spreads = [np.ones(ATOMS)]
    for number in range(len(SEEN)):
        mine = ratio[group == number]
        # A class that hardly occurs takes the spread of the one with less known.
        spreads.append(np.quantile(mine, levels) if mine.size >= ATOMS else spreads[-1])
    return np.array(spreads[1:]), np.quantile(size, levels)


def sizes_to_come(past: Floats, prior: SizePrior) -> Sizes:
    """The sizes of the next hits of each series of ``past`` (series, periods)."""
    series, periods = past.shape
    row, column, size, _, _ = _in_order(past)
    weight = prior.discount ** (periods - 1.0 - column)
    count = np.bincount(row, minlength=series)
    total = np.bincount(row, weight, minlength=series)
    mean = np.bincount(row, weight * size, minlength=series) / np.where(total > 0, total, 1.0)
    group = np.maximum(np.searchsorted(SEEN, count, side="right") - 1, 0)
    pooled = np.where(count[:, None] > 0, mean[:, None] * prior.ratios[group], prior.any_size)
    drawn = prior.weight / (prior.weight + total)
    drawn[count == 0] = 1.0
    return Sizes(
        row=np.concatenate((row, np.repeat(np.arange(series), ATOMS))),
        amount=np.concatenate((size, pooled.ravel())),
        chance=np.concatenate(
            (weight * ((1.0 - drawn) / np.where(total > 0, total, 1.0))[row], np.repeat(drawn / ATOMS, ATOMS))
        ),
    )


def _in_order(past: Floats) -> tuple[Ints, Ints, Floats, Ints, Floats]:
    """Of each hit: series, period, size, number of hits before it in its series, and their mean size."""
    row, column = np.nonzero(past > 0)
    size = past[row, column]
    first = np.searchsorted(row, row)
    before = np.arange(row.size) - first
    up_to = np.concatenate(([0.0], np.cumsum(size)))
    mean = (up_to[:-1] - up_to[first]) / np.maximum(before, 1)
    return row, column, size, before, mean
