"""How fast an item will be used beyond its known needs, and the chance that a leftover unit is.

From past use (the table ``history``): the mean rate, and the spread of a year's use from monthly sums.
A year's use is taken as gamma distributed with that mean and variance: never negative, skewed for lumpy
use. Its distribution function by the cube-root normal approximation of Wilson & Hilferty (1931).
"""

import math

import numpy as np
import polars as pl
from numpy.typing import NDArray

MONTH_DAYS = 30.4375
YEAR_DAYS = 365.0
POINTS = 33
"""Points of each curve of expected use; between them it is taken as straight."""


def use_of_each_item(history: pl.DataFrame, today_ordinal: int) -> pl.DataFrame:
    """Columns item, rate (per day), year_mean, year_variance; items with no use before today are left out.

    The window runs from the first recorded use of the whole factory to today, at least a month, so that an item
    that began late or stopped early has months of no use.
    """
    nothing = pl.DataFrame(
        schema={"item": pl.String, "rate": pl.Float64, "year_mean": pl.Float64, "year_variance": pl.Float64}
    )
    if history.is_empty():
        return nothing
    past = history.select(
        "item",
        millionths=pl.col("qty").to_physical().cast(pl.Int64),
        age=today_ordinal - pl.col("date").dt.epoch("d").cast(pl.Int64),
    ).filter((pl.col("age") > 0) & (pl.col("millionths") > 0))
    if past.is_empty():
        return nothing
    oldest = past["age"].max()
    assert isinstance(oldest, int)
    months = max(1, math.ceil(oldest / MONTH_DAYS))
    # Whole numbers, then months in their order: the sums must not depend on the order of rows.
    monthly = (
        past.group_by("item", month=(pl.col("age") / MONTH_DAYS).ceil())
        .agg(qty=pl.col("millionths").sum() / 1e6)
        .sort("item", "month")
    )
    summed = monthly.group_by("item", maintain_order=True).agg(
        total=pl.col("qty").sum(), squares=(pl.col("qty") ** 2).sum()
    )
    mean = pl.col("total") / months
    # A single month says nothing of the spread: take it as one lump a month.
    variance = (
        (pl.col("squares") / months - mean**2).clip(0.0) * (months / max(1, months - 1)) if months > 1 else mean**2
    )
    return summed.select("item", rate=mean / MONTH_DAYS, year_mean=mean * 12, year_variance=variance * 12).sort("item")


def chance_of_use(units: NDArray[np.float64], mean: float, variance: float) -> NDArray[np.float64]:
    """The chance that a year's use reaches each of ``units``; shape as ``units``, falling from 1 to 0."""
    if mean <= 0.0:
        return np.zeros_like(units)
    # A year's count of whole units varies at least as a Poisson count does.
    shape = mean * mean / max(variance, mean)
    spread = 1.0 / (9.0 * shape)
    z = (np.cbrt(units / mean) - (1.0 - spread)) / math.sqrt(spread)
    return np.array([0.5 * math.erfc(value / math.sqrt(2.0)) for value in z])


def expected_use_curve(mean: float, variance: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points of the expected used number of the first k leftover units: (k, expected used), both from 0.

    Concave and rising; beyond the last point nothing more is used.
    """
    reach = mean + 5.0 * math.sqrt(max(variance, mean))
    at = np.linspace(0.0, reach, POINTS)
    chance = chance_of_use(at, mean, variance)
    used = np.concatenate(([0.0], np.cumsum(np.diff(at) * (chance[1:] + chance[:-1]) / 2.0)))
    return at, used
