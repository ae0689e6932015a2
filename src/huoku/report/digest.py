"""The rows of a plan that a reader acts on: what is late, what to order this week, what is bought too much of.

Frames in, frames out: a plan of a hundred thousand orders is aggregated, never walked through.
"""

from datetime import timedelta

import polars as pl

from huoku.factory import unit_values
from huoku.plan import Plan

WEEK_DAYS = 7
MIDDLE, HIGH, VERY_HIGH = 0.25, 0.50, 0.75
"""Grades of the MOQ excess share E = (Q - N) / Q."""

LATE_COLUMNS = (
    *("demand", "item", "customer", "qty", "due", "date", "days"),
    *("value", "lateness", "lost", "money", "reason"),
)


def late_demands(plan: Plan) -> pl.DataFrame:
    """Demands that come late or not at all, the dearest first.

    Columns: demand, item, customer, qty, due, date (null: no promise), days, value (sales), lateness, lost, money,
    reason. ``lateness`` = value x late_rate x days, counted from today where the demand was overdue before; without a
    promise the days run to the last day and the whole value is lost.
    """
    settings = plan.factory.settings
    last = settings.today + timedelta(days=settings.horizon_days)
    prices = unit_values(plan.factory).select("item", "sales_price")
    refused = plan.exceptions.filter(pl.col("code") == "demand_not_promised").select(demand="subject", refused=True)
    promises = plan.promises.group_by("demand").agg(pl.col("date").max(), pl.col("reason").drop_nulls().last())
    asked = plan.factory.demands.select("demand", "item", "customer", "due", "price", pl.col("qty").cast(pl.Float64))
    wanted = pl.max_horizontal("due", pl.lit(settings.today))
    return (
        asked.join(promises, on="demand", how="left")
        .join(refused.unique(), on="demand", how="left")
        .join(prices, on="item", how="left")
        .with_columns(pl.col("refused").fill_null(False))
        .with_columns(
            days=(pl.when("refused").then(pl.lit(last)).otherwise("date") - wanted).dt.total_days(),
            value=pl.col("qty") * pl.coalesce(pl.col("price").cast(pl.Float64), "sales_price"),
        )
        .filter((pl.col("days") > 0) | pl.col("refused"))
        .with_columns(
            lateness=pl.col("value") * settings.late_rate * pl.col("days").clip(0, None),
            lost=pl.when("refused").then("value").otherwise(0.0),
        )
        .with_columns(money=pl.col("lateness") + pl.col("lost"))
        .sort("money", "days", "demand", descending=[True, True, False])
        .select(LATE_COLUMNS)
    )


def bought(plan: Plan) -> pl.DataFrame:
    """Purchase orders with their amount (qty x price + fee) and the decision behind each."""
    orders = plan.orders.filter(pl.col("kind") == "buy").join(plan.decisions, on="order", how="left")
    amount = pl.col("qty") * pl.col("unit_price").fill_null(0.0) + pl.col("fees").fill_null(0.0)
    return orders.with_columns(amount=amount)


def this_week(plan: Plan, orders: pl.DataFrame) -> pl.DataFrame:
    """Those of the orders that are to be placed, or started, within seven days, the first day included."""
    return orders.filter(pl.col("start") < plan.factory.settings.today + timedelta(days=WEEK_DAYS))


def excess(plan: Plan, purchases: pl.DataFrame) -> pl.DataFrame:
    """Purchases of which a quarter or more is left over, most cash tied up first.

    Adds ``over_share`` = leftover / bought, ``grade`` (2 to 4), ``tied`` = leftover x landed unit cost, ``p_use``.
    """
    odds = plan.leftovers.group_by(order="cause", item="item").agg(pl.col("p_use").mean())
    share = pl.col("leftover_qty") / pl.col("qty")
    at_least = pl.col("over_share").ge
    return (
        purchases.with_columns(over_share=share)
        .filter(at_least(MIDDLE))
        .with_columns(
            grade=pl.when(at_least(VERY_HIGH)).then(4).when(at_least(HIGH)).then(3).otherwise(2),
            tied=pl.col("leftover_qty") * pl.col("amount") / pl.col("qty"),
        )
        .join(odds, on=["order", "item"], how="left")
        .sort("tied", "order", descending=[True, False])
    )


def by_supplier(purchases: pl.DataFrame) -> pl.DataFrame:
    """Purchases summed by supplier, the largest first: supplier, orders, amount, first, left_value."""
    return (
        purchases.group_by("supplier")
        .agg(
            orders=pl.len(),
            amount=pl.col("amount").sum(),
            first=pl.col("start").min(),
            tied=(pl.col("leftover_qty") * pl.col("amount") / pl.col("qty")).sum(),
        )
        .sort("amount", "supplier", descending=[True, False], nulls_last=True)
    )


def by_month(purchases: pl.DataFrame) -> pl.DataFrame:
    """What is ordered from each supplier in each month: supplier, month, amount."""
    month = pl.col("start").dt.truncate("1mo").alias("month")
    return purchases.group_by("supplier", month).agg(pl.col("amount").sum()).sort("month")


def leftover_rows(plan: Plan) -> pl.DataFrame:
    """Leftovers, the largest loss first, then the dearest."""
    return plan.leftovers.sort("expected_loss", "value", "item", "cause", descending=[True, True, False, False])
