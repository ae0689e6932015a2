"""What each order earns, before and after the leftovers that were bought because of it."""

from typing import TYPE_CHECKING

import polars as pl

from huoku.factory import unit_values
from huoku.plan.tell.pegging import pegging

if TYPE_CHECKING:
    from huoku.plan.plan import Plan


def values_of(plan: "Plan") -> pl.DataFrame:
    """See ``unit_values``: worked out for the first question and kept."""
    if "unit values" not in plan.kept:
        plan.kept["unit values"] = unit_values(plan.factory)
    found: pl.DataFrame = plan.kept["unit values"]
    return found


def margins(plan: "Plan", demand: str | None = None) -> pl.DataFrame:
    """One row for each demand that is delivered, or for one of them, by name.

    Returns
    -------
    Columns: demand, customer, item; sales: of what is promised; material: purchases at their price, stock and open
    supplies at the unit's value; fees: of purchases, set-ups and transfers; margin = sales - material - fees;
    leftover: the expected loss of what is left of its purchases; margin_after = margin - leftover.

    Notes
    -----
    What several demands take of one order they share by quantity, its fees and its leftover as well: the leftover is
    booked to whom it was bought for. What feeds no demand, such as safety stock, is booked to nobody.
    """
    used = pegging(plan.usage, demand).group_by("demand", "item", "source_kind", "source", maintain_order=True)
    cost = _cost(plan, used.agg(pl.col("qty").sum())).group_by("demand", maintain_order=True).sum()
    values = values_of(plan).select("item", "sales_price")
    promised = plan.promises if demand is None else plan.promises.filter(pl.col("demand") == demand)
    promised = promised.drop_nulls("date").group_by("demand", maintain_order=True).agg(pl.col("qty").sum())
    demands = plan.factory.demands.join(cost.select("demand"), on="demand", how="semi", maintain_order="left")
    demands = demands.select("demand", "customer", "item", price=pl.col("price").cast(pl.Float64))
    told = demands.join(values, on="item", maintain_order="left").join(promised, on="demand").join(cost, on="demand")
    margin = pl.col("sales") - pl.col("material") - pl.col("fees")
    return (
        told.with_columns(sales=pl.col("qty") * pl.coalesce("price", "sales_price"))
        .with_columns(margin=margin, margin_after=margin - pl.col("leftover"))
        .select("demand", "customer", "item", "sales", "material", "fees", "margin", "leftover", "margin_after")
        .sort("demand")
    )


def _cost(plan: "Plan", used: pl.DataFrame) -> pl.DataFrame:
    """By demand and source: material, fees, leftover."""
    named = used.filter(pl.col("source_kind") == "order")["source"].unique().implode()
    by_order = (pl.col("source_kind") == "order") & pl.col("source").is_in(named)
    taken = plan.usage.filter(by_order).group_by("source").agg(taken=pl.col("qty").sum())
    lost = plan.leftovers.filter(pl.col("cause").is_in(named))
    lost = lost.group_by(source="cause").agg(lost=pl.col("expected_loss").sum())
    orders = plan.orders.filter(pl.col("order").is_in(named)).select("unit_price", "fees", source="order")
    orders = orders.join(taken, on="source")
    orders = orders.join(lost, on="source", how="left").fill_null(0.0)
    share = pl.col("qty") / pl.col("taken")
    ordered = used.filter(pl.col("source_kind") == "order").join(orders, on="source", maintain_order="left")
    values = values_of(plan).select("item", "unit_value")
    drawn = used.filter(pl.col("source_kind") != "order").join(values, on="item", maintain_order="left")
    return pl.concat(
        [
            ordered.select(
                "demand",
                material=pl.col("qty") * pl.col("unit_price"),
                fees=pl.col("fees") * share,
                leftover=pl.col("lost") * share,
            ),
            drawn.select(
                "demand",
                material=pl.col("qty") * pl.col("unit_value"),
                fees=pl.lit(0.0),
                leftover=pl.lit(0.0),
            ),
        ]
    )
