"""Families: items of which one may stand in for another, and whose needs are therefore settled together.

Most items are wanted in one place and nothing else will do. Where something else will do, because it lies
in another place, is a substitute, expires, or is reserved, what is wanted and what is there are told apart:

- a *choice* is an item that is only wanted: an item, perhaps for one parent's BOM line, perhaps for one
  demand. Its ways lead to what is there;
- a *piece* is a lot that expires or is reserved: an item of its own that is only there;
- a *clone* is the making of an item for one demand that has stock reserved further down: only such orders
  may take that stock, and only that demand may take what they make.

All three have the item's own name, units and worth. A family holds an item, its substitutes, and their
choices, pieces and clones; choices stand before the rest, so that each is settled when all its needs are known.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

import polars as pl

from huoku.factory import Factory
from huoku.factory.bom import Tree
from huoku.factory.substitution import heads, looped
from huoku.plan.model.lanes import Lanes, lanes_of
from huoku.plan.model.numbers import days_between, epoch_day
from huoku.plan.model.pieces import FOR_EVER, Piece

REAL, CHOICE, CLONE, PIECE = range(4)


class Row(NamedTuple):
    """An item that is no item of the table. ``piece`` counts in ``Families.pieces``."""

    item: str
    role: int
    parent: str = ""
    demand: str = ""
    piece: int = -1


class Link(NamedTuple):
    """A substitute that may be used: ``ratio`` units of it for one unit of the item."""

    substitute: str
    ratio: Fraction
    priority: int
    parent: str
    valid_from: int
    valid_to: int


class Families(NamedTuple):
    """``head`` names the family of each item that has not one of its own."""

    rows: list[Row]
    head: dict[str, str]
    links: dict[str, list[Link]]
    lanes: Lanes
    pieces: list[Piece]
    reserved_below: dict[str, set[str]]  # by demand: the items whose making it may want for itself


def families(
    factory: Factory, bom: Tree, pieces: list[Piece], places: list[str], lapses: Iterable[str] = ()
) -> Families:
    """Which items need choices, pieces and clones. A factory with none of these costs nothing here.

    ``lapses``: items that may be out of reach again on later days, see ``lapsing``.
    """
    links, head = _links(factory, bom)
    lanes = lanes_of(factory, bom, places)
    choices = {(item, "") for item in links if any(not link.parent for link in links[item])}
    choices |= {(item, link.parent) for item in links for link in links[item] if link.parent}
    choices |= {(item, "") for item in lanes.items}
    choices |= {(piece.item, "") for piece in pieces if not piece.demand}
    choices |= {(item, "") for item in lapses}
    rows = [Row(item, CHOICE, parent) for item, parent in choices]
    rows += [Row(piece.item, PIECE, demand=piece.demand, piece=at) for at, piece in enumerate(pieces)]
    below: dict[str, set[str]] = {}
    reserved: dict[str, set[str]] = {}
    for piece in pieces:
        if piece.demand:
            reserved.setdefault(piece.demand, set()).add(piece.item)
    if reserved:
        tree = _Components(factory)
        asked = dict(zip(factory.demands["demand"].to_list(), factory.demands["item"].to_list(), strict=True))
        for demand in sorted(reserved):
            useful = reserved[demand] | {i for i in links for link in links[i] if link.substitute in reserved[demand]}
            below[demand] = tree.leading_to(asked[demand], useful)
            wanted = below[demand] | {c for item in below[demand] for c in tree.of(item) if c in useful}
            wanted |= {asked[demand]} & useful
            rows += [Row(item, CLONE, demand=demand) for item in below[demand]]
            rows += [Row(item, CHOICE, demand=demand) for item in wanted]
            rows += [
                Row(item, CHOICE, parent, demand)
                for item, parent in choices
                if item in wanted and parent in below[demand]
            ]
    return Families(sorted(rows), head, links, lanes, pieces, below)


def _links(factory: Factory, bom: Tree) -> tuple[dict[str, list[Link]], dict[str, str]]:
    """The substitutes that may be used, by item and priority, and the families that they make.

    A link between an item and something that it is made of, directly or over other families, is left out.
    """
    table = factory.substitutes
    if table.height == 0:
        return {}, {}
    today = epoch_day(factory)
    begins = days_between(table["valid_from"], today, -FOR_EVER).tolist()
    ends = days_between(table["valid_to"], today, FOR_EVER).tolist()
    phantoms = set(factory.items.filter(pl.col("kind") == "phantom")["item"].to_list())
    links: dict[str, list[Link]] = {}
    for row, begin, end in zip(table.iter_rows(named=True), begins, ends, strict=True):
        item, other = row["item"], row["substitute"]
        if item != other and end >= 0 and row["ratio"] > 0 and not {item, other} & phantoms:
            link = Link(other, Fraction(row["ratio"]), row["priority"], row["parent"] or "", begin, end)
            links.setdefault(item, []).append(link)
    for item in links:
        by_rank = sorted(set(links[item]), key=lambda link: (link.priority, link.substitute, -link.ratio, link))
        links[item] = unambiguous(by_rank)
    dropped = looped(factory.items, bom, heads(_pairs(links)))
    links = {item: found for item, found in links.items() if item not in dropped}
    return links, heads(_pairs(links))


def unambiguous(links: list[Link]) -> list[Link]:
    """Where several rows name one substitute and parent for the same day, the first alone: an item has one ratio.

    What comes after it is kept for the days that are left.
    """
    kept: list[Link] = []
    for link in links:
        days = [link]
        for one in kept:
            if (one.substitute, one.parent) == (link.substitute, link.parent):
                days = [rest for part in days for rest in _outside(part, one)]
        kept += days
    return kept


def _outside(link: Link, taken: Link) -> list[Link]:
    """What is left of a link before and after the days of another one."""
    before = link._replace(valid_to=min(link.valid_to, taken.valid_from - 1))
    after = link._replace(valid_from=max(link.valid_from, taken.valid_to + 1))
    return [part for part in (before, after) if part.valid_from <= part.valid_to]


def _pairs(links: dict[str, list[Link]]) -> Iterator[tuple[str, str]]:
    return ((item, link.substitute) for item in links for link in links[item])


class _Components:
    """What each item takes, phantoms looked through."""

    def __init__(self, factory: Factory):
        self.direct: dict[str, list[str]] = {}
        for parent, component in factory.bom.select("parent", "component").iter_rows():
            self.direct.setdefault(parent, []).append(component)
        self.phantoms = set(factory.items.filter(pl.col("kind") == "phantom")["item"].to_list())

    def of(self, item: str) -> Iterator[str]:
        for component in self.direct.get(item, ()):
            if component in self.phantoms:
                yield from self.of(component)
            else:
                yield component

    def leading_to(self, top: str, wanted: set[str]) -> set[str]:
        """``top`` and the items below it of which something wanted is a part."""
        leads: dict[str, bool] = {}

        def look(item: str) -> bool:
            if item not in leads:
                leads[item] = False
                below = [look(component) or component in wanted for component in self.of(item)]
                leads[item] = any(below)
            return leads[item]

        look(top)
        return {item for item, does in leads.items() if does}
