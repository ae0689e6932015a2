"""What one of each item is worth: the rules of the contract for unit cost, material and sales price."""

import numpy as np
import polars as pl

from huoku.factory import Factory
from huoku.judge.codes import Codes, floats


def with_values(factory: Factory) -> pl.DataFrame:
    """The items with their smallest ``step``, their ``value``, ``material`` and ``price`` per unit, and lot rules.

    ``value`` is what holding and leftover are reckoned with: the unit cost, else the material. ``material`` is the most
    that a leftover gives back: the cheapest source price of a bought item, the rolled-up material of a made one.
    """
    items = floats(factory.items)
    codes = Codes(items["item"])
    digits = pl.col("decimals").fill_null(pl.when(pl.col("unit") == "pcs").then(0).otherwise(3))
    parents, sourced = factory.bom["parent"].unique(), factory.sources["item"].unique()
    routed = factory.operations["parent"].unique()
    items = items.with_columns(
        step=pl.lit(10.0) ** (-digits).cast(pl.Float64),
        phantom=(pl.col("kind") == "phantom").fill_null(False),
        has_bom=pl.col("item").is_in(parents.implode()),
        has_source=pl.col("item").is_in(sourced.implode()),
        has_operations=pl.col("item").is_in(routed.implode()),
        lead_time_days=pl.col("lead_time_days").fill_null(0.0),
        setup_cost=pl.col("setup_cost").fill_null(0.0),
        lot_min=pl.col("lot_min").fill_null(0.0),
        lot_multiple=pl.col("lot_multiple").fill_null(0.0),
        lot_max=pl.col("lot_max").fill_null(float("inf")),
    )
    items = items.with_columns(material=_material(factory, items, codes))
    items = items.with_columns(value=pl.coalesce("unit_cost", "material"))
    return items.with_columns(price=pl.coalesce("price", "value"))


def _cheapest_price(factory: Factory) -> pl.DataFrame:
    """The lowest price that any source or price break of an item names."""
    prices = pl.concat([floats(factory.table(name)).select("item", "price") for name in ("sources", "price_breaks")])
    return prices.drop_nulls().group_by("item").agg(pl.col("price").min().alias("cheapest"))


def _material(factory: Factory, items: pl.DataFrame, codes: Codes) -> pl.Series:
    """Cheapest source price; without one the sum over the BOM, scrap included, fixed scrap not; else the unit cost.

    The sum is carried up level by level until nothing changes: as many rounds as the BOM has levels.
    """
    bom = floats(factory.bom).select("qty", "scrap_rate", parent=codes.of("parent"), component=codes.of("component"))
    parent, component = bom["parent"].to_numpy(), bom["component"].to_numpy()
    per_one = (bom["qty"] * (1 + bom["scrap_rate"].fill_null(0.0))).to_numpy()
    priced = items.join(_cheapest_price(factory), on="item", how="left", maintain_order="left")
    cheapest, cost = priced["cheapest"].to_numpy(), priced["unit_cost"].fill_null(0.0).to_numpy()
    rolled_up = items["has_bom"].to_numpy() & np.isnan(cheapest)
    material = np.where(np.isnan(cheapest), np.where(rolled_up, 0.0, cost), cheapest)
    for _ in range(items.height):
        sums = np.bincount(parent, weights=per_one * material[component], minlength=items.height)
        better = np.where(rolled_up, sums, material)
        if np.array_equal(better, material):
            break
        material = better
    return pl.Series("material", material)
