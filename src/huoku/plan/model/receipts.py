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
    stock, aside = _stock(numbering, lots)
    table = pl.concat([stock, _supplies(factory, numbering)])
    return arranged(table.filter((pl.col("node") >= 0) & (pl.col("qty") > 0)), aside, numbering)


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
        of_piece = np.array([numbering.rows[Row(p.item, PIECE, demand=p.demand, piece=at)] for at, p in enumerate(lots.pieces)])
        apart = pl.DataFrame(
            [(p.item, p.location, p.lot, p.rank, p.qty) for p in lots.pieces], schema=dict(free.schema), orient="row"
        )
        free, item = pl.concat([free, apart.select(free.columns)]), np.concatenate((item, of_piece))
    steps = numbering.steps[item]
    node = numbering.node(item, numbering.place(free["location"]))
    qty = steps_down(free["millionths"].to_numpy(), steps)
    stock = pl.DataFrame(
        {
            "node": node,
            "day": np.zeros(free.height, np.int64),
            "due": np.zeros(free.height, np.int64),
            "qty": qty,
            "kind": pl.repeat("stock", free.height, dtype=pl.String, eager=True),
            "name": free["lot"],
            "rank": free["rank"],
            "claim": np.full(free.height, -1, np.int64),
        }
    )
    aside = pl.DataFrame({"node": node, "qty": free["millionths"].to_numpy() / (MICRO // steps) - qty, "name": free["lot"]})
    if lots.unusable.height:
        gone = lots.unusable
        item = numbering.number(gone["item"])
        node = numbering.node(item, numbering.place(gone["location"]))
        in_steps = gone["millionths"].to_numpy() / (MICRO // numbering.steps[item])
        aside = pl.concat([aside, pl.DataFrame({"node": node, "qty": in_steps, "name": gone["lot"]})])
    return stock, aside.filter((pl.col("qty") > 0) & (pl.col("node") >= 0))


def _supplies(factory: Factory, numbering: Numbering) -> pl.DataFrame:
    table = factory.supplies
    item = numbering.number(table["item"])
    due = days_between(table["due"], epoch_day(factory), 0)
    still_to_issue = (table["kind"] == "make") & (table["status"] == "planned")
    return pl.DataFrame(
        {
            "node": numbering.node(item, numbering.place(table["location"])),
            "day": np.maximum(due, 0),
            "due": due,
            "qty": steps_down(micro(table["qty"]), numbering.steps[item]),
            "kind": pl.repeat("supply", table.height, dtype=pl.String, eager=True),
            "name": table["supply"],
            "rank": np.zeros(table.height, np.int64),
            "claim": np.where(still_to_issue.to_numpy(), np.arange(table.height), -1),
        }
    )
