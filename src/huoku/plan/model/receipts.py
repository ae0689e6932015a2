"""What comes without planning: stock lots and open orders, in the order in which they are used."""

from typing import NamedTuple

import numpy as np
import polars as pl

from huoku.buy.terms import Ints
from huoku.factory import Factory
from huoku.plan.model.arrays import Receipts
from huoku.plan.model.numbering import MICRO, Numbering, days_between, epoch_day, micro, steps_down


class Incoming(NamedTuple):
    """The receipts, and the rows they are made of.

    ``table`` by receipt: node, day, qty (steps), due (the day written in the tables), kind (stock or
    supply), name (lot or supply), claim (the row in ``supplies`` of a make order whose components are still
    to be issued; its day may be put off; else -1). ``aside``: stock that is reserved or expires within the
    horizon, or finer than the item's smallest step, which this planner leaves alone: node, qty (steps,
    perhaps a fraction), name.
    """

    receipts: Receipts
    table: pl.DataFrame
    aside: pl.DataFrame


def incoming(factory: Factory, numbering: Numbering) -> Incoming:
    """Available stock (the lot that came first, first) and open supplies (at the earliest today)."""
    table, aside = _stock(factory, numbering)
    if factory.supplies.height:
        table = pl.concat([table, _supplies(factory, numbering)])
    return arranged(table.filter(table["qty"] > 0), aside, numbering)


def arranged(table: pl.DataFrame, aside: pl.DataFrame, numbering: Numbering) -> Incoming:
    """Receipts by node and day, stock first."""
    table = table.sort("node", "day", "kind", "rank", "name", nulls_last=True)
    nodes = numbering.size * len(numbering.locations)
    first = np.searchsorted(table["node"].to_numpy(), np.arange(nodes + 1)).astype(np.int64)
    return Incoming(Receipts(first, table["day"].to_numpy().copy(), table["qty"].to_numpy().copy()), table, aside)


def _node(numbering: Numbering, item: pl.Series, location: pl.Series) -> Ints:
    return numbering.place(location) * numbering.size + numbering.number(item)


def _stock(factory: Factory, numbering: Numbering) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Lots that anything may use, and what of them is left alone: reserved, or expiring within the horizon."""
    today, horizon = epoch_day(factory), factory.settings.horizon_days
    table = factory.stock.filter(factory.stock["status"] == "available")
    lots = (
        pl.DataFrame(
            {
                "item": table["item"],
                "location": table["location"],
                "lot": table["lot"],
                "rank": days_between(table["received_on"], today, 0),
                "expires": days_between(table["expires_on"], today, horizon + 1),
                "millionths": micro(table["qty"]),
            }
        )
        .group_by("item", "location", "lot")
        .agg(pl.col("millionths").sum(), pl.col("rank").min(), pl.col("expires").min())
        .sort("item", "location", "rank", "lot", nulls_last=True)
    )
    lasting = np.where(lots["expires"].to_numpy() > horizon, lots["millionths"].to_numpy(), 0)
    if factory.reservations.height:
        lasting = _not_reserved(factory, lots, lasting)
    node = _node(numbering, lots["item"], lots["location"])
    steps = numbering.steps[node % numbering.size]
    free = steps_down(lasting, steps)
    stock = pl.DataFrame(
        {
            "node": node,
            "day": np.zeros(lots.height, np.int64),
            "due": np.zeros(lots.height, np.int64),
            "qty": free,
            "kind": pl.Series(["stock"]).new_from_index(0, lots.height),
            "name": lots["lot"],
            "rank": lots["rank"],
            "claim": np.full(lots.height, -1, np.int64),
        }
    )
    written = lots["millionths"].to_numpy() / (MICRO // steps)
    aside = pl.DataFrame({"node": node, "qty": written - free, "name": lots["lot"]})
    return stock, aside.filter(aside["qty"] > 0)


def _not_reserved(factory: Factory, lots: pl.DataFrame, lasting: Ints) -> Ints:
    """What reservations leave of each lot, in millionths; they hold the lots that came first."""
    table = factory.reservations
    held = (
        pl.DataFrame({"item": table["item"], "location": table["location"], "held": micro(table["qty"])})
        .group_by("item", "location")
        .agg(pl.col("held").sum())
    )
    lots = lots.with_columns(free=pl.Series(lasting)).join(
        held, on=["item", "location"], how="left", maintain_order="left"
    )
    earlier = (pl.col("free").cum_sum() - pl.col("free")).over("item", "location")
    still_held = (pl.col("held").fill_null(0) - earlier).clip(0, None)
    return lots.select((pl.col("free") - still_held).clip(0, None)).to_series().to_numpy()


def _supplies(factory: Factory, numbering: Numbering) -> pl.DataFrame:
    table = factory.supplies
    node = _node(numbering, table["item"], table["location"])
    due = days_between(table["due"], epoch_day(factory), 0)
    still_to_issue = (table["kind"] == "make") & (table["status"] == "planned")
    return pl.DataFrame(
        {
            "node": node,
            "day": np.maximum(due, 0),
            "due": due,
            "qty": steps_down(micro(table["qty"]), numbering.steps[node % numbering.size]),
            "kind": pl.Series(["supply"]).new_from_index(0, table.height),
            "name": table["supply"],
            "rank": np.zeros(table.height, np.int64),
            "claim": np.where(still_to_issue.to_numpy(), np.arange(table.height), -1),
        }
    )
