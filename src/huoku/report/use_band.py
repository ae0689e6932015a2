"""How far the stock may turn out above or below its line, where what takes of it is only foretold."""

from datetime import date, timedelta
from math import sqrt
from statistics import fmean, stdev

import polars as pl

from huoku.plan import Plan
from huoku.report.stock_told import Projection

PERIOD_DAYS, LEAST_PERIODS, YEARS_DAYS = 28, 6, 728
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
    """The standard deviation of the use of four weeks as a part of its mean, over two years at most."""
    today = plan.factory.settings.today
    past = plan.factory.history.filter(
        pl.col("item") == item, pl.col("date") < today, pl.col("date") >= today - timedelta(days=YEARS_DAYS)
    )
    if past.is_empty():
        return None
    ages = past.select(
        age=(pl.lit(today) - pl.col("date")).dt.total_days() // PERIOD_DAYS, qty=pl.col("qty").cast(float)
    )
    used = dict(ages.group_by("age").agg(pl.col("qty").sum()).iter_rows())
    periods = [used.get(age, 0.0) for age in range(max(used) + 1)]
    return stdev(periods) / fmean(periods) if len(periods) >= LEAST_PERIODS and fmean(periods) > 0 else None
