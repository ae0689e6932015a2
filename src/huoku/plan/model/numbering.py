"""Names to numbers: items in topological order, locations by name, quantities in smallest steps.

The order depends on the names and the BOM alone, never on the order of rows.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from huoku.buy.terms import Floats, Ints
from huoku.factory import Factory, decimals, kinds, unit_values
from huoku.factory.bom import Tree
from huoku.plan.model.families import CHOICE, CLONE, REAL, Families, Row, family_levels
from huoku.plan.model.numbers import filled

MAIN = "MAIN"


@dataclass(frozen=True, slots=True)
class Numbering:
    """The items and locations of a factory as the kernels count them. Arrays by item number.

    ``steps`` is how many smallest steps one unit has; ``unit_value``, ``cheapest`` and ``sales_price`` are
    money per unit. ``rows`` gives the number of each choice, piece and clone (see ``families``).
    """

    items: pl.DataFrame  # item, number, and the columns of the items table, by number
    locations: list[str]
    steps: Ints
    is_buyable: np.ndarray
    is_makeable: np.ndarray
    unit_value: Floats
    cheapest: Floats
    sales_price: Floats
    rows: dict[Row, int]

    @property
    def size(self) -> int:
        return self.items.height

    def number(self, names: pl.Series) -> Ints:
        """Item numbers of names; every name is known (the reader has checked)."""
        real = self.items.filter(pl.col("role") == REAL) if self.rows else self.items
        return self._lookup(names, real.select(name="item", number="number"))

    def place(self, names: pl.Series) -> Ints:
        """Location numbers of names; -1 where nothing is ever wanted."""
        known = pl.DataFrame(
            {"name": self.locations, "number": range(len(self.locations))}, schema_overrides={"number": pl.Int64}
        )
        return self._lookup(names, known)

    def node(self, item: Ints, place: Ints) -> Ints:
        """Node numbers of items at places, -1 where the place is unknown."""
        return np.where(place >= 0, item * len(self.locations) + place, -1)

    def place_names(self, node: Ints) -> pl.Series:
        """The location of each node."""
        if len(self.locations) == 1:
            return pl.repeat(self.locations[0], node.size, dtype=pl.String, eager=True)
        return pl.Series(self.locations, dtype=pl.String).gather(node % len(self.locations))

    def wanted(self, item: str, number: int, parent: str = "", demand: str = "") -> int:
        """What a need of an item asks for: the choice made for this demand and parent, or the item itself."""
        for key in ((parent, demand), ("", demand), (parent, ""), ("", "")):
            found = self.rows.get(Row(item, CHOICE, *key))
            if found is not None:
                return found
        return number

    @staticmethod
    def _lookup(names: pl.Series, known: pl.DataFrame) -> Ints:
        found = names.to_frame("name").join(known, on="name", how="left", maintain_order="left")
        return filled(found["number"], -1).to_numpy().astype(np.int64)


def all_places(factory: Factory) -> list[str]:
    """Where anything is, is wanted, or passes through."""
    places = {MAIN}
    for table in (factory.demands, factory.stock, factory.supplies, factory.reservations):
        places |= set(table["location"].unique().to_list())
    for end in ("from", "to"):
        places |= set(factory.lanes[end].unique().to_list())
    return sorted(places)


def number(factory: Factory, bom: Tree, families: Families, places: list[str]) -> Numbering:
    """Number a checked factory."""
    found = kinds(factory)
    values = unit_values(factory, bom)
    items = factory.items.with_columns(
        level=pl.Series(family_levels(factory.items, bom, families.head)),
        is_buyable=found["is_buyable"],
        is_makeable=found["is_makeable"],
        resolved=found["kind"],
        unit_value=values["unit_value"],
        cheapest=values["cheapest"],
        sales_price=values["sales_price"],
        digits=decimals(factory)["decimals"],
    )
    if families.rows:
        items = _with_rows(items, families)
    else:
        items = items.sort("level", "item")
    items = items.with_columns(number=pl.int_range(pl.len(), dtype=pl.Int64))
    rows = {}
    if families.rows:
        named = items.filter(pl.col("role") != REAL)
        rows = {Row(*key): at for *key, at in named.select(*Row._fields, "number").iter_rows()}
    return Numbering(
        items=items,
        locations=places,
        steps=(10 ** items["digits"].to_numpy().astype(np.int64)),
        is_buyable=items["is_buyable"].to_numpy(),
        is_makeable=items["is_makeable"].to_numpy(),
        unit_value=items["unit_value"].to_numpy(),
        cheapest=items["cheapest"].to_numpy(),
        sales_price=items["sales_price"].to_numpy(),
        rows=rows,
    )


def _with_rows(items: pl.DataFrame, families: Families) -> pl.DataFrame:
    """The items and the rows that families add, in order: family by family, choices before the rest."""
    heads = pl.DataFrame(
        {"item": list(families.head.keys()), "head": list(families.head.values())},
        schema={"item": pl.String, "head": pl.String},
    )
    added = pl.DataFrame(families.rows, schema=list(Row._fields), orient="row").join(items, on="item", how="left")
    added = added.with_columns(is_buyable=pl.lit(False), is_makeable=pl.col("is_makeable") & (pl.col("role") == CLONE))
    real = items.with_columns(role=pl.lit(REAL, pl.Int64), parent=pl.lit(""), demand=pl.lit(""), piece=pl.lit(-1, pl.Int64))
    every = pl.concat([real, added.select(real.columns)]).join(heads, on="item", how="left")
    every = every.with_columns(head=pl.coalesce("head", "item"), is_choice=pl.col("role") == CHOICE)
    return every.sort("level", "head", ~pl.col("is_choice"), "item", "role", "parent", "demand", "piece")
