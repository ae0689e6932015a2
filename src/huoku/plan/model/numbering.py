"""Names to numbers: items in topological order, locations by name, quantities in smallest steps.

The order depends on the names and the BOM alone, never on the order of rows.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from huoku.buy.terms import Flags, Floats, Ints
from huoku.factory import Factory, decimals, kinds, unit_values
from huoku.factory.bom import Tree, positions
from huoku.factory.substitution import family_levels
from huoku.plan.model.families import CHOICE, CLONE, REAL, Families, Row

MAIN = "MAIN"


@dataclass(frozen=True, slots=True)
class Numbering:
    """The items and locations of a factory as the kernels count them. Arrays by item number.

    ``steps`` is how many smallest steps one unit has; ``unit_value``, ``cheapest`` and ``sales_price`` are
    money per unit. ``parent`` and ``component`` are the item numbers of the lines of the BOM. ``rows`` gives
    the number of each choice, piece and clone (see ``families``); in the columns it repeats its item.
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
    role: Ints  # of each item, see ``families``
    family: list[str]  # the head of each item's family; nothing where a factory has no rows
    rows: dict[Row, int]
    of_real: Ints  # the number of each row of the items table
    real: Ints  # by number: that of the item itself, for choices, pieces and clones too
    real_names: pl.Series

    @property
    def size(self) -> int:
        return self.steps.size

    def number(self, names: pl.Series) -> Ints:
        """Item numbers of names; every name is known (the reader has checked)."""
        return self.of_real[positions(names, self.real_names)] if self.rows else positions(names, self.items["item"])

    def place(self, names: pl.Series) -> Ints:
        """Location numbers of names, all of them known."""
        if len(self.locations) == 1:
            return np.zeros(len(names), np.int64)
        return positions(names, pl.Series(self.locations, dtype=pl.String))

    def node(self, item: Ints, names: pl.Series) -> Ints:
        """Node numbers of items at named locations."""
        return item * len(self.locations) + self.place(names)

    def item_of(self, node: Ints) -> Ints:
        """The item number of each node."""
        return node // len(self.locations)

    def place_names(self, node: Ints) -> pl.Series:
        """The location of each node."""
        names: pl.Series = pl.Series(self.locations, dtype=pl.String)
        if len(names) == 1:
            return names.new_from_index(0, node.size)
        return names[node % len(names)]

    def wanted(self, item: str, number: int, parent: str = "", demand: str = "") -> int:
        """What a need of an item asks for: the choice made for this parent and demand, or the item itself."""
        for key in ((parent, demand), ("", demand), (parent, ""), ("", "")):
            found = self.rows.get(Row(item, CHOICE, *key))
            if found is not None:
                return found
        return number


def all_places(factory: Factory) -> list[str]:
    """Where anything is, is wanted, or passes through."""
    tables = (factory.demands, factory.stock, factory.supplies, factory.reservations)
    named = pl.concat([*(table["location"] for table in tables), factory.lanes["from"], factory.lanes["to"]])
    return sorted({MAIN, *named.unique()})


def number(factory: Factory, bom: Tree, families: Families, places: list[str]) -> Numbering:
    """Number a checked factory."""
    found = kinds(factory)
    values = unit_values(factory, bom)
    level = family_levels(factory.items, bom, families.head)
    if families.rows:
        order = _with_rows(factory.items["item"], level, families)
    else:
        order = pl.DataFrame({"level": level, "item": factory.items["item"], "row": np.arange(level.size)})
        order = order.sort("level", "item")
    row = order["row"].to_numpy()
    role = order["role"].to_numpy() if families.rows else np.zeros(row.size, np.int64)
    is_real = role == REAL
    number_of = np.empty(level.size, np.int64)
    number_of[row[is_real]] = np.flatnonzero(is_real)
    rows = {}
    if families.rows:
        named = order.with_row_index("number").filter(pl.col("role") != REAL)
        rows = {Row(*key): at for *key, at in named.select(*Row._fields, "number").iter_rows()}
    return Numbering(
        items=factory.items[row],
        locations=places,
        steps=(10 ** decimals(factory)["decimals"].to_numpy()[row].astype(np.int64)),
        is_buyable=found["is_buyable"].to_numpy()[row] & is_real,
        is_makeable=found["is_makeable"].to_numpy()[row] & (is_real | (role == CLONE)),
        is_phantom=(found["kind"] == "phantom").to_numpy()[row],
        unit_value=values["unit_value"].to_numpy()[row],
        cheapest=values["cheapest"].to_numpy()[row],
        sales_price=values["sales_price"].to_numpy()[row],
        parent=number_of[bom.parent],
        component=number_of[bom.component],
        role=role,
        family=order["head"].to_list() if families.rows else [],
        rows=rows,
        of_real=number_of,
        real=number_of[row],
        real_names=factory.items["item"],
    )


def _with_rows(names: pl.Series, level: Ints, families: Families) -> pl.DataFrame:
    """The items and the rows that families add, in order: family by family, choices before the rest.

    Columns: those of ``Row``, and row: the position in the items table.
    """
    items = pl.DataFrame({"item": names, "level": level, "row": np.arange(level.size)})
    heads = pl.DataFrame(
        {"item": list(families.head.keys()), "head": list(families.head.values())},
        schema={"item": pl.String, "head": pl.String},
    )
    added = pl.DataFrame(families.rows, schema=list(Row._fields), orient="row")
    real = items.select("item", role=REAL, parent=pl.lit(""), demand=pl.lit(""), piece=-1)
    every = (
        pl.concat([real.cast(added.schema), added])
        .join(items, on="item", how="left")
        .join(heads, on="item", how="left")
    )
    every = every.with_columns(head=pl.coalesce("head", "item"), is_choice=pl.col("role") == CHOICE)
    return every.sort("level", "head", ~pl.col("is_choice"), "item", "role", "parent", "demand", "piece")
