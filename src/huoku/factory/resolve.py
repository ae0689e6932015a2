"""What the planner and the judge must read the same way out of a factory's tables."""

import numpy as np
import polars as pl

from huoku.factory.bom import Tree, tree
from huoku.factory.factory import Factory
from huoku.factory.facts import cheapest_values, item_decimals, item_kinds


def kinds(factory: Factory) -> pl.DataFrame:
    """How each item may be had. Columns: item, kind (buy, make, phantom), is_buyable, is_makeable.

    An explicit kind restricts. Empty: make when it is a BOM parent, else buy; an item with a BOM and
    sources and no kind may be had either way. Rows as in ``factory.items``.
    """
    found = item_kinds(factory.items, factory.bom, factory.sources)
    return found[["item", "kind", "is_buyable", "is_makeable"]]


def decimals(factory: Factory) -> pl.DataFrame:
    """Columns item, decimals (Int64): the smallest step of the item's quantities is 10^-decimals."""
    return item_decimals(factory.items)


def unit_values(factory: Factory, bom: Tree | None = None) -> pl.DataFrame:
    """What one unit of each item is worth, in the factory's currency (Float64). Rows as in ``factory.items``.

    Columns: item; ``cheapest``: the lowest price of its sources and price breaks, else the material of
    its BOM (sum of qty x (1 + scrap_rate) x cheapest of the component), else its unit cost or 0;
    ``unit_value``: its unit cost where given, else ``cheapest``; ``sales_price``: its price, else its
    unit value. ``bom``: the factory's tree, where the caller has it already.
    """
    items = factory.items
    cheapest = cheapest_values(
        bom or tree(items, factory.bom), items, factory.bom, factory.sources, factory.price_breaks
    )
    unit_cost, price = (items[name].cast(pl.Float64).to_numpy() for name in ("unit_cost", "price"))
    unit_value = np.where(np.isnan(unit_cost), cheapest, unit_cost)
    sales_price = np.where(np.isnan(price), unit_value, price)
    return pl.DataFrame(
        {"item": items["item"], "cheapest": cheapest, "unit_value": unit_value, "sales_price": sales_price}
    )
