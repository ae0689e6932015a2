"""The money of a plan: the one sum that a good plan makes small, in the parts that the contract names."""

from typing import Any

import polars as pl

from huoku.judge.case import EPS, Case, tolerance
from huoku.judge.codes import looked_up
from huoku.judge.promises import Promises
from huoku.judge.terms import Terms

DAYS_A_YEAR = 365


def figures(case: Case, terms: Terms, levels: pl.DataFrame, promises: Promises) -> dict[str, Any]:
    """What the plan reaches and costs, in the factory's currency, named as the contract names it."""
    served = _served(case, promises)
    stock = _stock(case, levels)
    cost = {
        "purchase": _sum(terms.buys.filter("offered"), pl.col("qty") * pl.col("price")),
        "fees": _sum(terms.buys.filter("offered"), pl.col("order_fee")),
        "setup": _sum(terms.makes, pl.col("setup_cost")),
        "transfer": _sum(_on_time(terms.transfers), pl.col("qty") * pl.col("cost")),
        "holding": stock["holding"],
        "leftover": -stock["given_back"],
        "lateness": _sum(served, pl.col("lateness")),
        "lost": _sum(served, pl.col("lost")),
    }
    count = max(1, served.height)
    return {
        "demands": served.height,
        "on_time": int(_sum(served, pl.col("days_late") == 0)),
        "on_time_share": round(_sum(served, pl.col("days_late") == 0) / count, 4),
        "promised_share": round(_sum(served, pl.col("whole")) / count, 4),
        "late_days": round(_sum(served, pl.col("days_late")), 1),
        "orders": dict(case.orders.group_by("kind", maintain_order=True).len().iter_rows()),
        "cost": {name: round(value, 2) + 0.0 for name, value in cost.items()},
        "total_cost": round(sum(cost.values()), 2),
        "leftover_value": round(stock["value"], 2),
        "sales_value": round(_sum(served, pl.col("value")), 2),
    }


def _sum(frame: pl.DataFrame, value: pl.Expr) -> float:
    return float(frame.select(value.sum()).item() or 0)


def _on_time(transfers: pl.DataFrame) -> pl.DataFrame:
    return transfers.filter(pl.col("days") >= pl.col("lead_time_days") - EPS)


def _stock(case: Case, levels: pl.DataFrame) -> dict[str, float]:
    """Holding, and what is left after the last change: its value, and what the salvage rate gives back.

    An item at a place whose level breaks is counted until then.
    """
    settings = case.factory.settings
    node = ["item", "place"]
    rows = levels.filter(pl.col("item").is_not_null()).with_columns(
        now=pl.max_horizontal("day", pl.lit(case.today)), unit=looked_up(case.items["value"], "item")
    )
    rows = rows.with_columns(
        before=pl.col("level").shift(1).over(node).fill_null(0.0),
        since=pl.col("now").shift(1).over(node).fill_null(case.today),
        whole=~pl.col("broken").shift(1).over(node).fill_null(False),
    )
    until_now = _stock_days(pl.col("before"), pl.col("now"), pl.col("since"))
    held = _sum(rows.filter("whole"), until_now)
    last = rows.group_by(node, maintain_order=True).last().filter(~pl.col("broken"))
    held += _sum(
        last.filter(pl.col("now") < case.last_day), _stock_days(pl.col("level"), pl.lit(case.last_day), pl.col("now"))
    )
    left, unit = pl.col("level").clip(0.0), pl.col("unit")
    at_most = pl.min_horizontal(unit, looked_up(case.items["material"], "item"))
    return {
        "holding": held * settings.holding_rate / DAYS_A_YEAR,
        "value": _sum(last, left * unit),
        "given_back": _sum(last, left * at_most) * settings.salvage_rate,
    }


def _stock_days(level: pl.Expr, until: pl.Expr, since: pl.Expr) -> pl.Expr:
    return level.clip(0.0) * pl.col("unit") * (until - since).dt.total_days()


def _served(case: Case, promises: Promises) -> pl.DataFrame:
    """Every demand with its days late and what lateness and lost sales cost.

    Each part is as late as it ships; what is never promised is lost, and late to the last day. A demand due after the
    last day is not planned and costs nothing.
    """
    late_rate = case.factory.settings.late_rate
    qty, promised = pl.col("qty"), pl.col("promised")
    to_the_end = (pl.lit(case.last_day) - pl.col("wanted_on")).dt.total_days().clip(0)
    missing = (qty - promised).clip(0.0)
    counts = (qty > 0) & (pl.col("due") <= case.last_day)
    late_share = (pl.col("late_quantity_days") + missing * to_the_end) / qty
    return promises.demands.with_columns(whole=promised >= qty - tolerance(qty)).with_columns(
        days_late=pl.when("whole")
        .then((pl.col("last_on").fill_null(pl.col("wanted_on")) - pl.col("wanted_on")).dt.total_days().clip(0))
        .otherwise(to_the_end),
        lateness=pl.when(counts).then(late_rate * pl.col("value") * late_share).otherwise(0.0),
        lost=pl.when(counts & (missing > tolerance(qty))).then(pl.col("value") * missing / qty).otherwise(0.0),
    )
