"""Which demands get another day or quantity, and for which of them that is worse."""

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from huoku.plan.plan import Plan

REFUSED = ("demand_not_promised", "demand_of_phantom", "demand_too_fine")
"""Exceptions that say: this demand will not be delivered. Others without a date ask for nothing."""

TINY = 1e-9


def changed_promises(before: "Plan", after: "Plan") -> pl.DataFrame:
    """Demands whose promise differs, the worst first; see ``Comparison.promises``."""
    both = _promises(before).join(_promises(after), on="demand", how="full", suffix="_after", coalesce=True)
    sides = {f"{side}_{name}": column for name in ("date", "qty", "late") for side, column in _columns(name)}
    days = (pl.col("date_after") - pl.col("date")).dt.total_days()
    gained = _only("date_after", "date")
    lost = _only("date", "date_after") | (pl.col("refused_after") & ~pl.col("refused"))
    more = (pl.col("qty_after") - pl.col("qty")).abs() > TINY
    change = (
        pl.when(pl.col("item_after").is_null())
        .then(pl.lit("gone"))
        .when(pl.col("item").is_null())
        .then(pl.lit("new"))
        .when(gained)
        .then(pl.lit("promised"))
        .when(lost)
        .then(pl.lit("unpromised"))
        .when(days < 0)
        .then(pl.lit("earlier"))
        .when(days > 0)
        .then(pl.lit("later"))
        .when(more)
        .then(pl.lit("quantity"))
        .when(pl.col("late_after") != pl.col("late"))
        .then(pl.lit("due"))
    )
    return (
        both.with_columns(change=change, days=days, worse=_worse().fill_null(False))
        .filter(pl.col("change").is_not_null())
        .sort("worse", "days", "demand", descending=[True, True, False], nulls_last=True)
        .select("demand", "change", "days", "worse", item=pl.coalesce("item_after", "item"), **sides)
        .select("demand", "item", "change", "days", *sides, "worse")
    )


def _columns(name: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("before", name), ("after", f"{name}_after")


def _only(there: str, missing: str) -> pl.Expr:
    return pl.col(there).is_not_null() & pl.col(missing).is_null()


def _worse() -> pl.Expr:
    """Later against the due day or a smaller part of what is asked; for a new demand: late or refused at all."""
    new = pl.col("item").is_null()
    later = pl.col("late_after") > pl.col("late")
    smaller = pl.col("share_after") < pl.col("share") - TINY
    return (
        pl.when(new)
        .then(pl.col("refused_after") | pl.col("really_late_after"))
        .when(pl.col("date_after").is_null())
        .then(pl.col("refused_after") & ~pl.col("refused"))
        .otherwise(later | (smaller & pl.col("date").is_not_null()))
    )


def _promises(plan: "Plan") -> pl.DataFrame:
    """For each demand: item, date (the last), qty, share of what is asked, late (days), refused, really_late.

    What was overdue before the plan began and goes out on its first day counts as on time.
    """
    told = plan.promises.group_by("demand").agg(
        pl.col("date").max(), pl.col("qty").sum(), late=pl.col("late_days").max().cast(pl.Int64)
    )
    refused = plan.exceptions.filter(pl.col("code").is_in(REFUSED)).select(demand="subject", refused=True).unique()
    asked = plan.factory.demands.select("demand", "item", asked=pl.col("qty").cast(pl.Float64))
    return (
        asked.join(told, on="demand", how="left", maintain_order="left")
        .join(refused, on="demand", how="left", maintain_order="left")
        .with_columns(
            pl.col("refused").fill_null(False),
            share=pl.col("qty") / pl.col("asked"),
            really_late=(pl.col("late") > 0) & (pl.col("date") > plan.factory.settings.today),
        )
    )
