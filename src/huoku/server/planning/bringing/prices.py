"""What an open purchase was bought at: files say seldom what every order to a supplier has to have."""

from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from huoku.factory import Factory
from huoku.factory.cells import BadCell, number, rounded
from huoku.server.planning.bringing.hands import Row, said


@dataclass(frozen=True, slots=True)
class Prices:
    """``told``: items that a supplier has a price for; ``usual``: by item, its cost, else its cheapest price."""

    told: frozenset[tuple[str, str]]
    usual: dict[str, Decimal]

    @classmethod
    def known(cls, factory: Factory) -> "Prices":
        priced = factory.sources.drop_nulls("price").select("item", "supplier", "price")
        breaks = factory.price_breaks.select("item", "supplier", "price")
        both = pl.concat([priced, breaks])
        cheapest = both.group_by("item").agg(pl.col("price").min())
        costs = factory.items.drop_nulls("unit_cost").select("item", price="unit_cost")
        usual = dict(pl.concat([cheapest, costs]).iter_rows())
        return cls(frozenset(both.select("item", "supplier").iter_rows()), usual)

    def of(self, row: Row, supplier: str) -> str | None:
        """As its file says; None where the supplier's terms say it; else what the item usually costs, and nothing where
        nobody has said anything: so the plan reckons too."""
        if (own := _number(row.get("price"))) is not None:
            return said(own)
        if (row["item"], supplier) in self.told:
            return None
        return said(self.usual.get(row["item"], Decimal(0)))


def _number(text: str | None) -> Decimal | None:
    """What is no number says nothing: the column is none of the contract's, so nobody has looked at it."""
    try:
        found = number(text) if text else None
    except BadCell:
        return None
    return rounded(found) if found is not None and found >= 0 else None
