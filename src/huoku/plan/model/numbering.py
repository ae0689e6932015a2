"""Names to numbers: items in topological order, locations by name, quantities in smallest steps.

The order depends on the names and the BOM alone, never on the order of rows.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from huoku.buy.terms import Flags, Floats, Ints
from huoku.factory import Factory, decimals, kinds, unit_values
from huoku.factory.bom import positions, tree

MICRO = 1_000_000
"""Exact numbers of the input tables count millionths."""

MAIN = "MAIN"


@dataclass(frozen=True, slots=True)
class Numbering:
    """The items and locations of a factory as the kernels count them. Arrays by item number.

    ``steps`` is how many smallest steps one unit has; ``unit_value``, ``cheapest`` and ``sales_price`` are
    money per unit. ``parent`` and ``component`` are the item numbers of the lines of the BOM.
    """

    items: pl.DataFrame  # the items table, by number
    locations: list[str]
    steps: Ints
    is_buyable: Flags
    is_makeable: Flags
    is_phantom: Flags
    unit_value: Floats
    cheapest: Floats
    sales_price: Floats
    parent: Ints
    component: Ints

    @property
    def size(self) -> int:
        return self.items.height

    def number(self, names: pl.Series) -> Ints:
        """Item numbers of names; every name is known (the reader has checked)."""
        return positions(names, self.items["item"])

    def place(self, names: pl.Series) -> Ints:
        """Location numbers of names, all of them known."""
        if len(self.locations) == 1:
            return np.zeros(len(names), np.int64)
        return positions(names, pl.Series(self.locations, dtype=pl.String))


def number(factory: Factory) -> Numbering:
    """Number a checked factory."""
    found = kinds(factory)
    bom = tree(factory.items, factory.bom)
    values = unit_values(factory, bom)
    order = pl.DataFrame({"level": bom.level, "item": factory.items["item"], "row": np.arange(bom.level.size)})
    row = order.sort("level", "item")["row"].to_numpy()
    number_of = np.empty(row.size, np.int64)
    number_of[row] = np.arange(row.size)
    places = pl.concat([table["location"] for table in (factory.demands, factory.stock, factory.supplies)])
    return Numbering(
        items=factory.items[row],
        locations=sorted({MAIN, *places.unique()}),
        steps=(10 ** decimals(factory)["decimals"].to_numpy()[row].astype(np.int64)),
        is_buyable=found["is_buyable"].to_numpy()[row],
        is_makeable=found["is_makeable"].to_numpy()[row],
        is_phantom=(found["kind"] == "phantom").to_numpy()[row],
        unit_value=values["unit_value"].to_numpy()[row],
        cheapest=values["cheapest"].to_numpy()[row],
        sales_price=values["sales_price"].to_numpy()[row],
        parent=number_of[bom.parent],
        component=number_of[bom.component],
    )


def filled(column: pl.Series, value: int) -> Ints:
    """A column of whole numbers with its empty cells filled; free where there are none."""
    if column.null_count() == 0:
        return column.to_numpy()
    if column.null_count() == len(column):
        return np.full(len(column), value)
    return column.fill_null(value).to_numpy()


def micro(column: pl.Series) -> Ints:
    """An exact number column in millionths; an empty cell counts as 0."""
    return filled(column.to_physical().cast(pl.Int64), 0)


def floats(column: pl.Series) -> Floats:
    """A number column as floats; an empty cell is NaN."""
    return column.cast(pl.Float64).to_numpy()


def steps_down(millionths: Ints, steps: Ints) -> Ints:
    """Quantities in smallest steps, rounded down."""
    return millionths // (MICRO // steps)


def steps_up(millionths: Ints, steps: Ints) -> Ints:
    """Quantities in smallest steps, rounded up."""
    return -(-millionths // (MICRO // steps))


def days_between(column: pl.Series, today: int, empty: int) -> Ints:
    """A date column as days from today; an empty cell is ``empty``."""
    return filled(column.cast(pl.Int64), empty + today) - today


def epoch_day(factory: Factory) -> int:
    """Today as days since 1970-01-01, the count that date columns have."""
    return factory.settings.today.toordinal() - 719163
