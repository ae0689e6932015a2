"""How much of one item is used a week, and how much that varies."""

from collections.abc import Collection
from datetime import date, timedelta
from math import sqrt
from statistics import fmean, stdev
from typing import NamedTuple

import polars as pl

from huoku.factory import Factory

PERIOD_WEEKS, MOST_PERIODS, LEAST_PERIODS = 4, 13, 3
"""A year at most is looked at, four weeks at a time: records by the month would make single weeks look wild."""


class WeeklyUse(NamedTuple):
    """``mean`` and ``spread`` (its standard deviation) of one week; ``periods``: the first day of each four weeks and
    what was used in them, the oldest first."""

    mean: float
    spread: float
    periods: tuple[tuple[date, float], ...]

    @property
    def weeks(self) -> int:
        return PERIOD_WEEKS * len(self.periods)


def weekly_use(factory: Factory, item: str, places: Collection[str] | None = None) -> WeeklyUse | None:
    """By the item's own history, since its first record and over a year at most; None where that is under twelve
    weeks. Weeks are taken to vary one apart from the other: four of them twice as much as one. ``places``: what was
    used there, or nobody says where, alone counts."""
    periods = used_by_period(factory, item, MOST_PERIODS, places)
    if len(periods) < LEAST_PERIODS:
        return None
    amounts = [amount for _, amount in periods]
    return WeeklyUse(fmean(amounts) / PERIOD_WEEKS, stdev(amounts) / sqrt(PERIOD_WEEKS), periods)


def used_by_period(
    factory: Factory, item: str, most: int, places: Collection[str] | None = None
) -> tuple[tuple[date, float], ...]:
    """The first day of each four weeks and what was used in them, the oldest first. The last ones end yesterday; before
    the first record there are none, and never more than ``most``."""
    today, length = factory.settings.today, 7 * PERIOD_WEEKS
    since = today - timedelta(days=length * most)
    past = factory.history.filter(pl.col("item") == item, pl.col("date") < today, pl.col("date") >= since)
    if places is not None:
        past = past.filter(pl.col("location").is_in(list(places)) | pl.col("location").is_null())
    number = ((pl.lit(today) - pl.col("date")).dt.total_days() - 1) // length
    used = dict(
        past.select(number=number, qty=pl.col("qty").cast(pl.Float64))
        .group_by("number")
        .agg(pl.col("qty").sum())
        .iter_rows()
    )
    numbers = range(max(used, default=-1), -1, -1)
    return tuple((today - timedelta(days=length * (each + 1)), used.get(each, 0.0)) for each in numbers)
