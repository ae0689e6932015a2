"""How good forecasts were: of amounts by their quantiles and means, of odds by what happened."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from huoku.sense.demand.spread import Floats


def pinball(quantiles: Floats, came: Floats, levels: Sequence[float]) -> Floats:
    """The pinball loss: a unit too little costs the level, one too much what the level lacks of 1.

    ``quantiles`` has shape (series, levels), ``came`` (series,); the loss has that of ``quantiles``. On average it is
    least for the true quantile (Koenker & Bassett 1978), which MAPE and MAE are not for lumpy use.
    """
    level = np.asarray(levels)
    short = came[:, None] - quantiles
    return np.maximum(level * short, (level - 1.0) * short)


def root_scaled_error(foretold: Floats, came: Floats, past: Floats) -> Floats:
    """RMSSE of each series: the root of the mean squared error over that of last period's value as a forecast.

    ``foretold`` and ``came`` have shape (series, periods), ``past`` (series, past periods); a series that never
    changed in the past has no scale and gives nan (Hyndman & Koehler 2006; squared, as in the M5 competition).
    """
    scale = np.mean(np.diff(past, axis=1) ** 2, axis=1)
    return np.sqrt(np.mean((foretold - came) ** 2, axis=1) / np.where(scale > 0, scale, np.nan))


def brier(odds: Floats, happened: NDArray[np.bool_]) -> float:
    """The mean squared distance of odds from what happened (Brier 1950)."""
    return float(np.mean((odds - happened) ** 2))


def area_under_curve(odds: Floats, happened: NDArray[np.bool_]) -> float:
    """The chance that what happened had higher odds than what did not; ties count half (ROC curve)."""
    _, rank, count = np.unique(odds, return_inverse=True, return_counts=True)
    middle = np.cumsum(count) - (count - 1) / 2.0
    yes = int(happened.sum())
    return float((middle[rank][happened].sum() - yes * (yes + 1) / 2.0) / (yes * (happened.size - yes)))


def decile_gaps(odds: Floats, happened: NDArray[np.bool_]) -> Floats:
    """Mean odds less what happened, in ten groups of equal size from the lowest odds to the highest."""
    groups = np.array_split(np.argsort(odds, kind="stable"), 10)
    return np.array([odds[group].mean() - happened[group].mean() for group in groups])
