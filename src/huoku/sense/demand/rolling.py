"""Forecasts tried at several moments of the past, judged by what came: so constants and methods are chosen."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from huoku.sense.demand.scores import pinball
from huoku.sense.demand.spread import Floats
from huoku.sense.demand.traits import Traits

LEVELS = (0.9, 0.95, 0.99)
"""The service levels at which forecasts are judged."""
MOMENTS = 3
SHORTEST = 6
SERIES = 2000
"""So many series that were used are tried at most, unless fewer are asked for; taken evenly from all."""


class Trial(NamedTuple):
    """One moment of the past: what was known, and what came in the next ``ahead`` periods."""

    past: Floats
    came: Floats
    ahead: int
    traits: Traits
    weight: Floats  # what one unit too much or too little counts


def trials(past: Floats, traits: Traits, ahead: int) -> list[Trial]:
    """The moments of the younger half of ``past`` (series, periods); ``ahead`` is cut to a third of it.

    None where the past has fewer than ``SHORTEST`` periods: too little to learn from half of it.
    """
    periods = past.shape[1]
    if periods < SHORTEST:
        return []
    ahead = max(1, min(ahead, periods // 3))
    weight = traits.unit_value
    if weight is None or not weight.any():  # without values each series counts alike
        weight = 1.0 / np.maximum(past.mean(axis=1), 1e-12)
    moments = np.unique(np.linspace(max(1, periods // 2), periods - ahead, MOMENTS).astype(int))
    return [Trial(past[:, :at], past[:, at : at + ahead].sum(1), ahead, traits, weight) for at in moments]


def sample(past: Floats, traits: Traits, series: int = SERIES) -> tuple[Floats, Traits]:
    """Series that were ever used; of more than ``series`` an even choice that does not depend on their order."""
    rows = np.flatnonzero((past > 0).any(1))
    if rows.size > series:
        rows = rows[np.lexsort(past[rows].T)]
        rows = rows[np.linspace(0, rows.size - 1, series).astype(int)]
    return past[rows], traits.of(rows)


def log_pinball(quantiles: Iterable[Floats], tried: Sequence[Trial]) -> float:
    """The mean over the levels of the logarithm of the loss, so that a hundredth less counts alike at each level.

    ``quantiles`` has one table (series, ``LEVELS``) for each trial.
    """
    loss = np.zeros(len(LEVELS))
    for foretold, trial in zip(quantiles, tried, strict=True):
        loss += trial.weight @ pinball(foretold, trial.came, LEVELS)
    return float(np.log(np.maximum(loss, 1e-300)).mean())
