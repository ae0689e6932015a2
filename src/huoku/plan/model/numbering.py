"""Names to numbers: items in topological order, locations by name, quantities in smallest steps.

The order depends on the names and the BOM alone, never on the order of rows.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from huoku.buy.terms import Floats, Ints
from huoku.factory import Factory, decimals, kinds, unit_values
from huoku.factory.bom import tree

MICRO = 1_000_000
"""Exact numbers of the input tables count millionths."""

MAIN = "MAIN"


@dataclass(frozen=True, slots=True)
class Numbering:
    """The items and locations of a factory as the kernels count them. Arrays by item number.

    ``steps`` is how many smallest steps one unit has; ``unit_value``, ``cheapest`` and ``sales_price`` are
    money per unit.
    """

    items: pl.DataFrame  # item, number, and the columns of the items table, by number
    locations: list[str]
    steps: Ints
    is_buyable: np.ndarray
    is_makeable: np.ndarray
    unit_value: Floats
    cheapest: Floats
    sales_price: Floats

    @property
    def size(self) -> int:
        return self.items.height

    def number(self, names: pl.Series) -> Ints:
        """Item numbers of names; every name is known (the reader has checked)."""
        return self._lookup(names, self.items.select(name="item", number="number"))

    def place(self, names: pl.Series) -> Ints:
        """Location numbers of names; -1 where nothing is ever wanted."""
        known = pl.DataFrame(
            {"name": self.locations, "number": range(len(self.locations))}, schema_overrides={"number": pl.Int64}
        )
        return self._lookup(names, known)

    @staticmethod
    def _lookup(names: pl.Series, known: pl.DataFrame) -> Ints:
        found = names.to_frame("name").join(known, on="name", how="left", maintain_order="left")
        return filled(found["number"], -1).to_numpy().astype(np.int64)


def number(factory: Factory) -> Numbering:
    """Number a checked factory."""
    found = kinds(factory)
    bom = tree(factory.items, factory.bom)
    values = unit_values(factory, bom)
    items = (
        factory.items.with_columns(
            level=pl.Series(bom.level),
            is_buyable=found["is_buyable"],
            is_makeable=found["is_makeable"],
            resolved=found["kind"],
            unit_value=values["unit_value"],
            cheapest=values["cheapest"],
            sales_price=values["sales_price"],
            digits=decimals(factory)["decimals"],
        )
        .sort("level", "item")
        .with_columns(number=pl.int_range(pl.len(), dtype=pl.Int64))
    )
    places = {MAIN}
    for table in (factory.demands, factory.stock, factory.supplies):
        places |= set(table["location"].unique().to_list())
    return Numbering(
        items=items,
        locations=sorted(places),
        steps=(10 ** items["digits"].to_numpy().astype(np.int64)),
        is_buyable=items["is_buyable"].to_numpy(),
        is_makeable=items["is_makeable"].to_numpy(),
        unit_value=items["unit_value"].to_numpy(),
        cheapest=items["cheapest"].to_numpy(),
        sales_price=items["sales_price"].to_numpy(),
    )


def filled(column: pl.Series, value: float) -> pl.Series:
    """The column with its empty cells filled; free where there are none."""
    if column.null_count() == 0:
        return column
    if column.null_count() == len(column):
        return pl.Series(np.full(len(column), value)).cast(column.dtype)
    return column.fill_null(value)


def micro(column: pl.Series) -> Ints:
    """An exact number column in millionths; an empty cell counts as 0."""
    return filled(column.to_physical().cast(pl.Int64), 0).to_numpy()


def floats(column: pl.Series) -> Floats:
    """A number column as floats; an empty cell is NaN."""
    return filled(column.cast(pl.Float64), float("nan")).to_numpy()


def steps_down(millionths: Ints, steps: Ints) -> Ints:
    """Quantities in smallest steps, rounded down."""
    return millionths // (MICRO // steps)


def steps_up(millionths: Ints, steps: Ints) -> Ints:
    """Quantities in smallest steps, rounded up."""
    return -(-millionths // (MICRO // steps))


def days_between(column: pl.Series, today: int, empty: int) -> Ints:
    """A date column as days from today; an empty cell is ``empty``."""
    return filled(column.to_physical().cast(pl.Int64), empty + today).to_numpy() - today


def epoch_day(factory: Factory) -> int:
    """Today as days since 1970-01-01, the count that date columns have."""
    return factory.settings.today.toordinal() - 719163
