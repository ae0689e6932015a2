"""Which items may be out of reach again after the first day on which they can be had in any amount.

What keeps can be bought or made before a supplier closes, or before its BOM ends, and be used later. What perishes
cannot.
"""

import polars as pl

from huoku.factory import Factory


def perishable(factory: Factory) -> list[str]:
    """Items of which something may perish within the days that are planned."""
    life, last = factory.items["shelf_life_days"], factory.settings.horizon_days
    return factory.items.filter(life.is_not_null() & (life <= last))["item"].to_list()


def lapsing(factory: Factory) -> list[str]:
    """Perishable items of which a supplier is closed on some days, or whose BOM changes by date."""
    dated = factory.bom.filter(pl.col("valid_from").is_not_null() | pl.col("valid_to").is_not_null())["parent"]
    phantoms = factory.items.filter(pl.col("kind") == "phantom")["item"]
    made = factory.bom["parent"] if dated.is_in(phantoms.implode()).any() else dated
    closed = factory.calendar.filter(~pl.col("open"))["supplier"].drop_nulls()
    bought = factory.sources.filter(pl.col("supplier").is_in(closed.implode()))["item"]
    may_end = {*made, *bought}
    return [item for item in perishable(factory) if item in may_end]
