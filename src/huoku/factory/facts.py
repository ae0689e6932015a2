"""What the tables say about an item only together: its kind, its smallest step, what it is worth."""

import numpy as np
import polars as pl

from huoku.factory.bom import Amounts, Tree, positions, roll_up

PIECES = "pcs"
DECIMALS_ELSE = 3


def item_kinds(items: pl.DataFrame, bom: pl.DataFrame, sources: pl.DataFrame) -> pl.DataFrame:
    """Columns item, kind, is_buyable, is_makeable, has_bom, has_source; one row for each item.

    An explicit kind restricts. Empty: make when the item has a BOM, else buy; with a BOM and sources
    it may be bought too. Only an item with a BOM can be made, and a phantom is neither.
    """
    found = positions(pl.concat([bom["parent"], sources["item"]]), items["item"])
    has_bom, has_source = np.zeros((2, items.height), np.bool_)
    for flags, named in ((has_bom, found[: bom.height]), (has_source, found[bom.height :])):
        flags[named[named >= 0]] = True
    given = items["kind"]
    is_open = given.is_null()
    kind = given.zip_with(~is_open, pl.Series(["buy", "make"], dtype=given.dtype)[has_bom.astype(np.int64)])
    return pl.DataFrame(
        {
            "item": items["item"],
            "kind": kind,
            "is_buyable": (kind == "buy").to_numpy() | (is_open.to_numpy() & has_bom & has_source),
            "is_makeable": (kind == "make").to_numpy() & has_bom,
            "has_bom": has_bom,
            "has_source": has_source,
        }
    )


def item_decimals(items: pl.DataFrame) -> pl.DataFrame:
    """Columns item, decimals: digits after the point; 0 for pieces and 3 for other units where not given."""
    by_unit = pl.when(pl.col("unit") == PIECES).then(0).otherwise(DECIMALS_ELSE).cast(pl.Int64)
    return items.select("item", decimals=pl.coalesce("decimals", by_unit))


def millionths(amounts: pl.Series) -> pl.Series:
    """An exact column as whole numbers; what is too large for them (its bound tells that) is null here."""
    return amounts.to_physical().cast(pl.Int64, strict=False)


def cheapest_prices(items: pl.DataFrame, sources: pl.DataFrame, price_breaks: pl.DataFrame) -> Amounts:
    """The lowest price any source or price break asks for each item; NaN where there is none."""
    lowest = np.full(items.height, np.nan)
    for table in (sources, price_breaks):
        np.fmin.at(lowest, positions(table["item"], items["item"]), table["price"].cast(pl.Float64).to_numpy())
    return lowest


def per_parent(found: Tree, bom: pl.DataFrame) -> Amounts:
    """What one parent takes of each component, scrap included, for the lines of the tree."""
    qty, scrap_rate = (bom[name].cast(pl.Float64).to_numpy() for name in ("qty", "scrap_rate"))
    taken: Amounts = np.nan_to_num(qty * (1 + scrap_rate))[found.line]
    return taken


def cheapest_values(
    found: Tree, items: pl.DataFrame, bom: pl.DataFrame, sources: pl.DataFrame, price_breaks: pl.DataFrame
) -> Amounts:
    """What replacing one unit costs at least: the cheapest price; else the material of its BOM; else its unit cost."""
    prices = cheapest_prices(items, sources, price_breaks)
    own = np.where(np.isnan(prices), np.nan_to_num(items["unit_cost"].cast(pl.Float64).to_numpy()), prices)
    return roll_up(found, per_parent(found, bom), own, ~np.isnan(prices))
