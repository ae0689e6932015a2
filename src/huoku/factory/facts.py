"""What the tables say about an item only together: its kind, its smallest step, what it is worth."""

import numpy as np
import polars as pl

from huoku.factory.bom import Amounts, Tree, roll_up

PIECES = "pcs"
DECIMALS_ELSE = 3


def item_kinds(items: pl.DataFrame, bom: pl.DataFrame, sources: pl.DataFrame) -> pl.DataFrame:
    """Columns item, kind, is_buyable, is_makeable, has_bom, has_source; one row for each item.

    An explicit kind restricts. Empty: make when the item has a BOM, else buy; with a BOM and sources
    it may be bought too. Only an item with a BOM can be made, and a phantom is neither.
    """
    has_bom = pl.col("item").is_in(bom["parent"].unique().implode())
    has_source = pl.col("item").is_in(sources["item"].unique().implode())
    both = pl.col("has_bom") & pl.col("has_source")
    return (
        items.select("item", given="kind", has_bom=has_bom.fill_null(False), has_source=has_source.fill_null(False))
        .with_columns(kind=pl.col("given").fill_null(pl.when("has_bom").then(pl.lit("make")).otherwise(pl.lit("buy"))))
        .select(
            "item",
            "kind",
            is_buyable=(pl.col("kind") == "buy") | (pl.col("given").is_null() & both),
            is_makeable=(pl.col("kind") == "make") & pl.col("has_bom"),
            has_bom="has_bom",
            has_source="has_source",
        )
    )


def item_decimals(items: pl.DataFrame) -> pl.DataFrame:
    """Columns item, decimals: digits after the point; 0 for pieces and 3 for other units where not given."""
    by_unit = pl.when(pl.col("unit") == PIECES).then(0).otherwise(DECIMALS_ELSE).cast(pl.Int64)
    return items.select("item", decimals=pl.coalesce("decimals", by_unit))


def millionths(amounts: pl.Series) -> pl.Series:
    """An exact column as whole numbers; what is too large for them (its bound tells that) is null here."""
    return amounts.to_physical().cast(pl.Int64, strict=False)


def cheapest_prices(items: pl.DataFrame, sources: pl.DataFrame, price_breaks: pl.DataFrame) -> pl.Series:
    """The lowest price any source or price break asks for each item; null where there is none."""
    prices = pl.concat([sources.select("item", "price"), price_breaks.select("item", "price")]).drop_nulls()
    lowest = prices.group_by("item").agg(pl.col("price").min())
    return items.select("item").join(lowest, on="item", how="left", maintain_order="left")["price"]


def per_parent(found: Tree, bom: pl.DataFrame) -> Amounts:
    """What one parent takes of each component, scrap included, for the lines of the tree."""
    taken = bom.select(pl.col("qty").cast(pl.Float64) * (1 + pl.col("scrap_rate").cast(pl.Float64))).to_series()
    return taken.fill_null(0.0).to_numpy()[found.line]


def cheapest_values(
    found: Tree, items: pl.DataFrame, bom: pl.DataFrame, sources: pl.DataFrame, price_breaks: pl.DataFrame
) -> Amounts:
    """What replacing one unit costs at least: the cheapest price; else the material of its BOM; else its unit cost."""
    prices = cheapest_prices(items, sources, price_breaks).cast(pl.Float64)
    own = prices.fill_null(items["unit_cost"].cast(pl.Float64)).fill_null(0.0).to_numpy()
    given = prices.is_not_null().to_numpy()
    return roll_up(found, per_parent(found, bom), np.asarray(own, np.float64), given)
