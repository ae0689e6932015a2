"""Who orders what, how regularly, and when the next order is due: customer profiles from past orders."""

import math
from datetime import date

import polars as pl

REGULAR = 0.5
"""Intervals that vary by less than half of their mean are regular."""
PRIOR_ORDERS = 1.0
"""The chance that a customer stays is drawn towards even odds as by so many orders."""


def customer_profiles(orders: pl.DataFrame, today: date) -> pl.DataFrame:
    """One row for each customer and item.

    Parameters
    ----------
    orders : columns customer, item, date, qty; several lines of one day are one order. Later days are left out
    today : the day from which it is seen

    Returns
    -------
    Columns: customer, item, orders, qty_mean, last_order, interval_days (mean, empty for a single order), variation
    (of the intervals: deviation / mean; empty below three orders), is_regular, next_order (last + mean interval, never
    before today), idle_days, odds_active.

    Notes
    -----
    How surely a customer still orders: an order that is a little overdue says little, a long silence much. With
    exponential intervals, and after each of n orders one chance in n + 1 to have left, a silence of x mean intervals
    leaves odds of 1 / (1 + (exp(x) - 1) / (n + 1)). A single order has no interval, and even odds.
    """
    daily = (
        orders.filter((pl.col("date") <= today) & (pl.col("qty") > 0))
        .group_by("customer", "item", "date")
        .agg(qty=pl.col("qty").cast(pl.Float64).sum())
        .sort("customer", "item", "date")
    )
    between = pl.col("date").diff().dt.total_days()
    profiles = daily.group_by("customer", "item", maintain_order=True).agg(
        orders=pl.len().cast(pl.Int64),
        qty_mean=pl.col("qty").mean(),
        last_order=pl.col("date").max(),
        interval_days=between.mean(),
        variation=pl.when(pl.len() >= 3).then(between.std(ddof=0) / between.mean()),
    )
    idle = (pl.lit(today) - pl.col("last_order")).dt.total_days()
    silence = (idle / pl.col("interval_days")).clip(0.0, math.log(1e12)).exp() - 1.0
    return profiles.with_columns(
        is_regular=(pl.col("variation") <= REGULAR).fill_null(False),
        next_order=pl.max_horizontal(
            pl.col("last_order") + pl.duration(days=pl.col("interval_days").round()), pl.lit(today)
        ),
        idle_days=idle,
        odds_active=pl.when(pl.col("interval_days").is_null())
        .then(0.5)
        .otherwise(1.0 / (1.0 + silence / (pl.col("orders") + PRIOR_ORDERS))),
    )
