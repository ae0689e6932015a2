"""The case for the boss as data: what dead stock costs, what selling it now brings, and what buying less saves."""

from dataclasses import dataclass, field
from typing import Any

import polars as pl

from huoku.factory import Factory, kinds
from huoku.metrics.over_purchase import over_purchase_rate, over_purchase_value_rate
from huoku.metrics.turnover import stock_days
from huoku.plan import Plan
from huoku.report.digest import bought
from huoku.sense.review import DeadStock
from huoku.sense.two_years import two_years

YEAR_QUARTERS, DEAREST = 4, 3


@dataclass(frozen=True, eq=False)
class Case:
    """Made by ``boss_case``.

    ``quarters``: see ``two_years``. Turnover is of bought material: ``stock_days`` = its value in stock / its use of
    the last year x 365; ``live_days`` without what is dead; ``use``, ``use_before``: the last year's use at cost and
    that of the year before; None where the history is too short. ``purchases``: where the plan buys less than the next
    best way, and what that saves; empty without a plan. ``over_purchase``: the rate of the plan's purchases, by lines
    and by value. ``margin``: of all orders that the plan promises, before leftovers. ``largest_share``: of the value in
    stock, what the three dearest items tie up.
    """

    review: DeadStock = field(repr=False)
    quarters: pl.DataFrame = field(repr=False)
    purchases: pl.DataFrame = field(repr=False)
    use: float | None
    use_before: float | None
    stock_days: float | None
    live_days: float | None
    over_purchase: tuple[float | None, float | None] | None
    margin: float | None
    largest_share: float | None

    @property
    def saved_by_selling_now(self) -> float:
        """What selling today brings more than selling after a year of waiting."""
        net = dict(self.review.waiting.select("months", "net").iter_rows())
        return float(net[0] - net[12]) if net else 0.0

    def data(self) -> dict[str, Any]:
        """The same as plain dicts, lists, numbers and dates, for programs."""
        plain = (
            "use",
            "use_before",
            "stock_days",
            "live_days",
            "saved_by_selling_now",
            "over_purchase",
            "margin",
            "largest_share",
        )
        tables = {"quarters": self.quarters.to_dicts(), "purchases": self.purchases.to_dicts()}
        return {**self.review.data(), **{name: getattr(self, name) for name in plain}, **tables}


def boss_case(review: DeadStock, plan: Plan | None = None) -> Case:
    """The case for clearing the dead stock of a review, with the purchases of a plan of the same factory beside it."""
    factory = review.factory
    quarters = two_years(factory, review.lots, review.rules.idle_days)
    use, before = _year(quarters.tail(YEAR_QUARTERS)), _year(quarters.head(YEAR_QUARTERS))
    material = review.lots.join(kinds(factory).filter(pl.col("kind") == "buy"), on="item", how="semi")
    stock, dead = (float(material[name].sum()) for name in ("value", "dead_value"))
    return Case(
        review=review,
        quarters=quarters,
        purchases=_purchases(factory, plan),
        use=use,
        use_before=before,
        stock_days=stock_days(use, stock),
        live_days=stock_days(use, stock - dead),
        over_purchase=None if plan is None else _over_purchase(plan),
        margin=None if plan is None else float(plan.margins()["margin"].sum()),
        largest_share=_largest_share(review.lots),
    )


def _year(quarters: pl.DataFrame) -> float | None:
    return None if quarters["used"].null_count() else float(quarters["used"].sum())


def _largest_share(lots: pl.DataFrame) -> float | None:
    by_item = lots.group_by("item").agg(pl.col("value").sum()).sort("value", "item", descending=[True, False])
    value = float(by_item["value"].sum())
    return float(by_item["value"].head(DEAREST).sum()) / value if value else None


def _over_purchase(plan: Plan) -> tuple[float | None, float | None]:
    lines = bought(plan).with_columns(need=pl.col("qty") - pl.col("leftover_qty"))
    return over_purchase_rate(lines).value, over_purchase_value_rate(lines).value


PURCHASES = {
    "order": pl.String,
    "item": pl.String,
    "supplier": pl.String,
    "needed_qty": pl.Float64,
    "qty": pl.Float64,
    "leftover_qty": pl.Float64,
    "cost": pl.Float64,
    "alternative": pl.String,
    "alternative_supplier": pl.String,
    "alternative_qty": pl.Float64,
    "alternative_cost": pl.Float64,
    "saved": pl.Float64,
}


def _purchases(factory: Factory, plan: Plan | None) -> pl.DataFrame:
    """By item the order that buys less than its next best way and saves most by it, the largest saving first."""
    if plan is None:
        return pl.DataFrame(schema=PURCHASES)
    rows = bought(plan).filter(
        (pl.col("alternative_qty") > pl.col("qty")) & ~pl.col("alternative").is_in(("too late", "beyond limits"))
    )
    rows = rows.with_columns(saved=pl.col("alternative_cost") - pl.col("cost"))
    rows = rows.sort("saved", "order", descending=[True, False]).unique("item", keep="first", maintain_order=True)
    return rows.filter(pl.col("saved") > 0).select(PURCHASES.keys())
