"""How far the stock may turn out above or below its line, where what takes of it is only foretold."""

from datetime import date
from math import sqrt
from statistics import fmean, stdev

import polars as pl

from huoku.plan import Plan
from huoku.report.stock_told import Projection
from huoku.sense.weekly_use import used_by_period

LEAST_PERIODS, MOST_PERIODS = 6, 26
"""Of four weeks each: half a year at least, two years at most."""
ONE_IN_TWENTY = 1.645
"""So many standard deviations above and below leave one chance in twenty on each side."""


def use_band(plan: Plan, told: Projection) -> list[tuple[date, float, float]]:
    """From the first use that a forecast stands for: day, the least and the most that is there with nine chances in
    ten. The amounts that were forecast are taken to vary as the item's own use did over four weeks at a time, one
    apart from the other. Empty where nothing is forecast, or the past is too short to tell."""
    foretold = plan.factory.demands.filter(pl.col("kind") == "forecast", pl.col("item") == told.item)["demand"]
    if not foretold.len():
        return []
    spread = _spread(plan, told.item)
    uses = told.moves.filter(pl.col("kind") == "use", pl.col("name").is_in(foretold.implode()))
    if spread is None or uses.is_empty():
        return []
    amounts = dict(uses.group_by("date").agg(pl.col("qty").sum()).iter_rows())
    band: list[tuple[date, float, float]] = []
    variance = 0.0
    for day, level in told.levels.iter_rows():
        variance += (spread * amounts.get(day, 0.0)) ** 2
        if variance:
            reach = ONE_IN_TWENTY * sqrt(variance)
            band.append((day, max(0.0, level - reach), level + reach))
    return band


def _spread(plan: Plan, item: str) -> float | None:
    """The standard deviation of the use of four weeks as a part of its mean."""
    amounts = [amount for _, amount in used_by_period(plan.factory, item, MOST_PERIODS)]
    return stdev(amounts) / fmean(amounts) if len(amounts) >= LEAST_PERIODS and fmean(amounts) > 0 else None
