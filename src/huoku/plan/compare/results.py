"""What two plans come to: money by part, what is left over, what a person should look at."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from huoku.plan.compare.comparison import CENT

TINY = 1e-9


def compared_money(before: Mapping[str, Any], after: Mapping[str, Any]) -> pl.DataFrame:
    """Every part of the cost on both sides; see ``Comparison.money``. Takes the figures of two plans."""
    sides = [_money(figures) for figures in (before, after)]
    parts = dict.fromkeys([*before["cost"], *after["cost"], "total_cost", "sales_value", "contribution"])
    was, now = ([side.get(part, 0.0) for part in parts] for side in sides)
    change = [round(later - earlier, 2) for earlier, later in zip(was, now, strict=True)]
    return pl.DataFrame({"part": list(parts), "before": was, "after": now, "change": change})


def _money(figures: Mapping[str, Any]) -> dict[str, float]:
    """``contribution`` makes plans comparable that serve different demands: who sells more may spend more."""
    total, sales = figures["total_cost"], figures["sales_value"]
    return {**figures["cost"], "total_cost": total, "sales_value": sales, "contribution": round(sales - total, 2)}


def changed_leftovers(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Items of which more or less is left on the last day, the largest difference of value first."""
    was, now = (
        frame.group_by("item").agg(pl.col("qty", "value").sum().name.prefix(f"{side}_"))
        for side, frame in (("before", before), ("after", after))
    )
    return (
        was.join(now, on="item", how="full", coalesce=True)
        .with_columns(pl.exclude("item").fill_null(0.0))
        .with_columns(
            qty=pl.col("after_qty") - pl.col("before_qty"), value=pl.col("after_value") - pl.col("before_value")
        )
        .filter((pl.col("qty").abs() > TINY) | (pl.col("value").abs() > CENT))
        .sort(pl.col("value").abs(), "item", descending=[True, False])
        .select("item", "before_qty", "after_qty", "qty", "before_value", "after_value", "value")
    )


def changed_exceptions(before: pl.DataFrame, after: pl.DataFrame, renamed: Mapping[str, str | None]) -> pl.DataFrame:
    """Exceptions that only one of the plans has, new ones first, the gravest first.

    ``renamed``: what each order of the first plan is called in the second, None where it is dropped; an exception about
    an order follows it.
    """
    # The name of a dropped order may belong to another one now.
    known = pl.col("subject").replace({old: new or f"{old} (dropped)" for old, new in renamed.items()})
    was, now = _numbered(before, known), _numbered(after, pl.col("subject"))
    same = ["code", "known", "turn"]
    parts = (
        now.join(was, on=same, how="anti").with_columns(change=pl.lit("new")),
        was.join(now, on=same, how="anti").with_columns(change=pl.lit("gone")),
    )
    grave = pl.col("severity").replace_strict({"error": 0, "warning": 1, "info": 2}, default=3, return_dtype=pl.Int64)
    return (
        pl.concat(parts)
        .sort(pl.col("change") == "gone", grave, "code", "subject", "message")
        .select("change", "severity", "code", "subject", "message")
    )


def _numbered(frame: pl.DataFrame, known: pl.Expr) -> pl.DataFrame:
    """Two exceptions of one code about one subject are told apart by their turn."""
    return frame.with_columns(known=known).with_columns(turn=pl.int_range(pl.len()).over("code", "known"))
