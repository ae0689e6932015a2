"""What comes without planning: stock lots and open orders, in the order in which they are used."""

from typing import NamedTuple

import numpy as np
import polars as pl

from huoku.factory import Factory
from huoku.plan.model.arrays import Receipts
from huoku.plan.model.families import PIECE, Row
from huoku.plan.model.lots import Lots
from huoku.plan.model.numbering import Numbering
from huoku.plan.model.numbers import MICRO, days_between, epoch_day, micro, steps_down


class Incoming(NamedTuple):
    """The receipts, and the rows they are made of.

    ``table`` by receipt: node, day, qty (steps), due (the day written in the tables), kind (stock or
    supply), name (lot or supply), claim (the row in ``supplies`` of a make order whose components are still
    to be issued; its day may be put off; else -1). ``aside``: stock that has expired or is finer than
    the item's smallest step, which nothing can use: node, qty (steps, perhaps a fraction), name.
    """

    receipts: Receipts
    table: pl.DataFrame
    aside: pl.DataFrame


def incoming(factory: Factory, numbering: Numbering, lots: Lots) -> Incoming:
    """Available stock (the lot that came first, first) and open supplies (at the earliest today)."""
    table, aside = _stock(numbering, lots)
    if factory.supplies.height:
        table = pl.concat([table, _supplies(factory, numbering)])
    return arranged(table.filter(table["qty"] > 0), aside, numbering)


def arranged(table: pl.DataFrame, aside: pl.DataFrame, numbering: Numbering) -> Incoming:
    """Receipts by node and day, stock first."""
    table = table.sort("node", "day", "kind", "rank", "name", nulls_last=True)
    nodes = numbering.size * len(numbering.locations)
    first = np.searchsorted(table["node"].to_numpy(), np.arange(nodes + 1)).astype(np.int64)
    return Incoming(Receipts(first, table["day"].to_numpy().copy(), table["qty"].to_numpy().copy()), table, aside)


def _stock(numbering: Numbering, lots: Lots) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Lots that anybody may use and pieces of others; and what cannot be used, whole or because it is too fine."""
    free = lots.free
    item = numbering.number(free["item"])
    if lots.pieces:
        rows = [Row(piece.item, PIECE, demand=piece.demand, piece=at) for at, piece in enumerate(lots.pieces)]
        apart = pl.DataFrame(
            {name: [getattr(piece, name) for piece in lots.pieces] for name in free.columns}, schema=free.schema
        )
        free = pl.concat([free, apart])
        item = np.concatenate((item, np.array([numbering.rows[row] for row in rows])))
    steps = numbering.steps[item]
    node = numbering.node(item, free["location"])
    qty = steps_down(free["millionths"].to_numpy(), steps)
    stock = pl.DataFrame(
        {
            "node": node,
            "day": np.zeros(free.height, np.int64),
            "due": np.zeros(free.height, np.int64),
            "qty": qty,
            "kind": pl.Series(["stock"]).new_from_index(0, free.height),
            "name": free["lot"],
            "rank": free["rank"],
            "claim": np.full(free.height, -1, np.int64),
        }
    )
    written = free["millionths"].to_numpy() / (MICRO // steps)
    aside = pl.DataFrame({"node": node, "qty": written - qty, "name": free["lot"]})
    if lots.unusable.height:
        gone = lots.unusable
        item = numbering.number(gone["item"])
        in_steps = gone["millionths"].to_numpy() / (MICRO // numbering.steps[item])
        there = pl.DataFrame({"node": numbering.node(item, gone["location"]), "qty": in_steps, "name": gone["lot"]})
        aside = pl.concat([aside, there])
    return stock, aside.filter(aside["qty"] > 0)


def _supplies(factory: Factory, numbering: Numbering) -> pl.DataFrame:
    table = factory.supplies
    item = numbering.number(table["item"])
    node = numbering.node(item, table["location"])
    due = days_between(table["due"], epoch_day(factory), 0)
    still_to_issue = (table["kind"] == "make") & (table["status"] == "planned")
    return pl.DataFrame(
        {
            "node": node,
            "day": np.maximum(due, 0),
            "due": due,
            "qty": steps_down(micro(table["qty"]), numbering.steps[item]),
            "kind": pl.Series(["supply"]).new_from_index(0, table.height),
            "name": table["supply"],
            "rank": np.zeros(table.height, np.int64),
            "claim": np.where(still_to_issue.to_numpy(), np.arange(table.height), -1),
        }
    )
