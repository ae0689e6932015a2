"""What comes without planning: stock lots and open orders, in the order in which they are used."""

from typing import NamedTuple

import numpy as np
import polars as pl

from huoku.buy.terms import Flags, Floats
from huoku.factory import Factory
from huoku.plan.model.arrays import Receipts
from huoku.plan.model.families import PIECE, Row
from huoku.plan.model.lots import Lots
from huoku.plan.model.numbering import Numbering
from huoku.plan.model.numbers import MICRO, days_between, epoch_day, micro, steps_down
from huoku.plan.model.pieces import FOR_EVER, Piece


class Incoming(NamedTuple):
    """The receipts, and the rows they are made of.

    ``table`` by receipt: node, day, qty (steps), due (the day written in the tables), kind (stock or
    supply), name (lot or supply), claim (the row in ``supplies`` of a make order whose components are still
    to be issued; its day may be put off; else -1), expires (the last good day of stock). ``aside``: stock that
    has expired or is finer than the item's smallest step, which nothing can use: node, qty (steps, perhaps a
    fraction), name, is_expired.
    """

    receipts: Receipts
    table: pl.DataFrame
    aside: pl.DataFrame


def incoming(factory: Factory, numbering: Numbering, lots: Lots) -> Incoming:
    """Available stock (the lot that came first, first) and open supplies (at the earliest today)."""
    frames = [_stock(numbering, lots.free)]
    if lots.pieces:
        frames.append(_pieces(numbering, lots.pieces))
    if factory.supplies.height:
        frames.append(_supplies(factory, numbering, {piece.supply for piece in lots.pieces}))
    table = pl.concat(frames)
    steps = numbering.steps[numbering.item_of(table["node"].to_numpy())]
    millionths = table["millionths"].to_numpy()
    qty = steps_down(millionths, steps)
    aside = [_aside(table, millionths / (MICRO // steps) - qty, np.zeros(qty.size, np.bool_))]
    if lots.unusable.height:
        gone = _stock(numbering, lots.unusable)
        steps = numbering.steps[numbering.item_of(gone["node"].to_numpy())]
        has_expired = (lots.unusable["expires"] < 0).to_numpy()
        aside.append(_aside(gone, gone["millionths"].to_numpy() / (MICRO // steps), has_expired))
    table = table.drop("millionths").with_columns(qty=pl.Series(qty))
    return arranged(table.filter(table["qty"] > 0), pl.concat(aside), numbering)


def _aside(table: pl.DataFrame, qty: Floats, has_expired: Flags) -> pl.DataFrame:
    """Of each lot so much, see ``Incoming``."""
    row = np.flatnonzero((qty > 0) & (table["kind"] == "stock").to_numpy())
    node, name = table["node"].to_numpy()[row], table["name"][row]
    return pl.DataFrame({"node": node, "name": name, "qty": qty[row], "is_expired": has_expired[row]})


def arranged(table: pl.DataFrame, aside: pl.DataFrame, numbering: Numbering) -> Incoming:
    """Receipts by node and day, stock first."""
    table = table.sort("node", "day", "kind", "rank", "name", nulls_last=True)
    nodes = numbering.size * len(numbering.locations)
    first = np.searchsorted(table["node"].to_numpy(), np.arange(nodes + 1)).astype(np.int64)
    return Incoming(Receipts(first, table["day"].to_numpy().copy(), table["qty"].to_numpy().copy()), table, aside)


def _stock(numbering: Numbering, lots: pl.DataFrame) -> pl.DataFrame:
    """Lots as receipts."""
    today = np.zeros(lots.height, np.int64)
    return pl.DataFrame(
        {
            "node": numbering.node(numbering.number(lots["item"]), lots["location"]),
            "day": today,
            "due": today,
            "millionths": lots["millionths"],
            "kind": pl.Series(["stock"]).new_from_index(0, lots.height),
            "name": lots["lot"],
            "rank": lots["rank"],
            "claim": np.full(lots.height, -1, np.int64),
            "expires": np.full(lots.height, FOR_EVER),
        }
    )


def _pieces(numbering: Numbering, pieces: list[Piece]) -> pl.DataFrame:
    """Parts of lots and open orders that are items of their own."""
    number = [numbering.rows[Row(p.item, PIECE, demand=p.demand, piece=at)] for at, p in enumerate(pieces)]
    return pl.DataFrame(
        {
            "node": numbering.node(np.array(number), pl.Series([piece.location for piece in pieces])),
            "day": [piece.day for piece in pieces],
            "due": [piece.due for piece in pieces],
            "millionths": [piece.millionths for piece in pieces],
            "kind": ["stock" if piece.supply < 0 else "supply" for piece in pieces],
            "name": pl.Series([piece.name for piece in pieces], dtype=pl.String),
            "rank": [piece.rank for piece in pieces],
            "claim": [piece.supply if piece.keeps < FOR_EVER else -1 for piece in pieces],
            "expires": [piece.expires for piece in pieces],
        }
    )


def _supplies(factory: Factory, numbering: Numbering, apart: set[int]) -> pl.DataFrame:
    """Open orders, but for the rows ``apart``, which are pieces."""
    table = factory.supplies
    due = days_between(table["due"], epoch_day(factory), 0)
    still_to_issue = (table["kind"] == "make") & (table["status"] == "planned")
    found = pl.DataFrame(
        {
            "node": numbering.node(numbering.number(table["item"]), table["location"]),
            "day": np.maximum(due, 0),
            "due": due,
            "millionths": micro(table["qty"]),
            "kind": pl.Series(["supply"]).new_from_index(0, table.height),
            "name": table["supply"],
            "rank": np.zeros(table.height, np.int64),
            "claim": np.where(still_to_issue.to_numpy(), np.arange(table.height), -1),
            "expires": np.full(table.height, FOR_EVER),
        }
    )
    return found[[at for at in range(table.height) if at not in apart]] if apart - {-1} else found
