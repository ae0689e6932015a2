"""A resource's story: how full it is, on which days it is full, what it works on, and whom it makes late."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

from huoku.factory import unit_values
from huoku.plan.explain import labels as say
from huoku.plan.explain.explanation import Explanation, Fact, FullSpan, HeldUp, Load, Work
from huoku.plan.explain.naming import names_of
from huoku.plan.explain.told_of import about
from huoku.plan.tell.load import daily_load, share

if TYPE_CHECKING:
    from huoku.plan.plan import Plan

FULL = 0.95
"""From this share of its minutes on a day is full: what is left over is too short for most lots."""

SHOWN_BY_DAY = 21
"""A load that ends within so many days is told by day, a longer one by week."""


def resources_of(plan: "Plan") -> pl.DataFrame:
    """Column resource: those that the factory lists, or that an operation names."""
    factory = plan.factory
    return (
        pl.concat([factory.resources.select("resource"), factory.operations.select("resource")])
        .unique()
        .sort("resource")
    )


def explain_resource(plan: "Plan", row: dict[str, Any]) -> Explanation:
    resource = row["resource"]
    work = plan.work().filter(pl.col("resource") == resource)
    days = daily_load(plan.factory, work) if work.height else pl.DataFrame()
    held_up = _held_up(plan, resource)
    terms = plan.factory.resources.filter(pl.col("resource") == resource)
    minutes = float(work["minutes"].sum())
    hour = float(terms["cost_per_hour"][0]) if terms.height else 0.0
    facts = (
        Fact(say.EACH_DAY, float(terms["minutes_per_day"][0]) if terms.height else None, "minutes"),
        Fact(say.WORK, minutes, "minutes"),
        Fact(say.ORDERS, str(work["order"].n_unique())),
        Fact(say.LOAD, _mean_share(days), "share"),
        Fact(say.WORK_COST, hour * minutes / 60 if hour else None, "money"),
        Fact(say.MADE_LATE, str(len({row.demand for row in held_up}))),
        Fact(say.LATENESS, sum(row.money for row in held_up) if held_up else None, "money"),
    )
    return Explanation(
        kind="resource",
        subject=resource,
        facts=tuple(fact for fact in facts if fact.value is not None),
        load=_load(plan, days),
        full=_full_spans(days),
        work=_work(plan, work),
        held_up=held_up,
        **{**about(plan, resource, "", "", ""), "is_late": bool(held_up)},
    )


def _mean_share(days: pl.DataFrame) -> float | None:
    """Its work over all it could do from today to the end of its last week with work."""
    if days.is_empty() or not days["capacity"].sum():
        return None
    return float(days["minutes"].sum()) / float(days["capacity"].sum())


def _load(plan: "Plan", days: pl.DataFrame) -> tuple[Load, ...]:
    if days.is_empty():
        return ()
    last = days.filter(pl.col("minutes") > 0)["date"].to_list()[-1]
    by_day = last < plan.factory.settings.today + timedelta(days=SHOWN_BY_DAY)
    days = days.filter(pl.col("date") <= last)
    first = pl.col("date") if by_day else pl.col("date").dt.truncate("1w")
    spans = days.group_by(first=first, maintain_order=True).agg(
        last=pl.col("date").max(),
        minutes=pl.col("minutes").sum(),
        capacity=pl.when(pl.col("capacity").count() > 0).then(pl.col("capacity").sum()),
    )
    return tuple(Load(*span) for span in spans.with_columns(share=share()).iter_rows())


def _full_spans(days: pl.DataFrame) -> tuple[FullSpan, ...]:
    """Runs of full days, over closed days too."""
    if days.is_empty():
        return ()
    opened = days.filter(pl.col("capacity") > 0).with_columns(is_full=pl.col("minutes") >= FULL * pl.col("capacity"))
    runs = (
        opened.with_columns(run=pl.col("is_full").rle_id())
        .filter("is_full")
        .group_by("run", maintain_order=True)
        .agg(pl.col("date").min().alias("first"), pl.col("date").max().alias("last"), days=pl.len())
    )
    return tuple(FullSpan(*run) for run in runs.drop("run").iter_rows())


def _work(plan: "Plan", work: pl.DataFrame) -> tuple[Work, ...]:
    """Its orders, planned and open ones, by the day on which it begins them."""
    opened = plan.factory.supplies.select("item", pl.col("qty").cast(pl.Float64), order="supply")
    made = pl.concat([plan.orders.select("item", "qty", "order"), opened.unique("order", keep="first")])
    orders = (
        work.group_by("order")
        .agg(first=pl.col("date").min(), last=pl.col("date").max(), minutes=pl.col("minutes").sum())
        .join(made.unique("order", keep="first", maintain_order=True), on="order", how="left")
        .sort("first", "last", "order")
    )
    names = names_of(plan.factory, plan.lang, orders["item"])
    return tuple(
        Work(row["order"], row["item"], *names[row["item"]], row["qty"], row["first"], row["last"], row["minutes"])
        for row in orders.iter_rows(named=True)
    )


def _held_up(plan: "Plan", resource: str) -> tuple[HeldUp, ...]:
    """The demands, or the parts of them that ship apart, which it keeps from their day, the dearest first."""
    settings = plan.factory.settings
    last = settings.today + timedelta(days=settings.horizon_days)
    prices = unit_values(plan.factory).select("item", "sales_price")
    asked = plan.factory.demands.select("demand", "item", "due", "price", asked=pl.col("qty").cast(pl.Float64))
    refused = pl.col("date").is_null()
    days = (pl.col("date").fill_null(last) - pl.max_horizontal("due", pl.lit(settings.today))).dt.total_days()
    rows = (
        plan.promises.with_columns(promised=pl.col("qty").sum().over("demand"))
        .filter(pl.col("resource") == resource)
        .join(asked, on="demand", how="left")
        .join(prices, on="item", how="left")
        .with_columns(qty=pl.when(refused).then(pl.col("asked") - pl.col("promised")).otherwise("qty"), days=days)
        .with_columns(value=pl.col("qty") * pl.coalesce(pl.col("price").cast(pl.Float64), "sales_price"))
        .with_columns(money=pl.col("value") * (settings.late_rate * pl.col("days") + refused.cast(pl.Float64)))
        .sort("money", "demand", "date", descending=[True, False, False])
    )
    names = names_of(plan.factory, plan.lang, rows["item"])
    return tuple(
        HeldUp(row["demand"], row["item"], *names[row["item"]], row["qty"], row["due"], row["date"], row["days"],
               row["money"])
        for row in rows.iter_rows(named=True)
    )  # fmt: skip
