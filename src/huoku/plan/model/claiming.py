"""Who wants what, and in what rank: open make orders, demands, what is left of forecasts, safety stock."""

from typing import NamedTuple

import numpy as np
import polars as pl

from huoku.buy.terms import Flags, Ints
from huoku.factory import Factory
from huoku.plan.model.arrays import Claims
from huoku.plan.model.families import REAL
from huoku.plan.model.lifecycle import going_out
from huoku.plan.model.numbering import MAIN, Numbering
from huoku.plan.model.numbers import MICRO, days_between, epoch_day, floats, micro, steps_up
from huoku.plan.model.open_work import OpenOrders, number_laid
from huoku.plan.model.receipts import Incoming

SUPPLY, ORDER, FORECAST, SAFETY = 0, 1, 2, 3

SILENT = ("beyond_horizon", "phantom", "consumed", "too_fine")
"""Why a demand makes no claim: the first of these that holds."""


class Claiming(NamedTuple):
    """The claims, and what stands behind them.

    ``table`` by claim: kind (a constant above), rank (claims of a smaller rank are served first), name
    (supply, demand or item), row (in its table), day, whole (is it all that was asked for?).
    ``asked``: every demand with its due day, the quantity left of it (steps) and, if it makes no claim, why.
    """

    claims: Claims
    table: pl.DataFrame
    asked: pl.DataFrame


def claiming(factory: Factory, numbering: Numbering, come: Incoming, opened: OpenOrders) -> Claiming:
    """All claims by rank, due day and name; the order of rows in the tables does not matter."""
    asked = _asked(factory, numbering).sort("demand")
    frames = [_demands(asked), *_open_make_orders(numbering, come, opened), *_safety(numbering)]
    table = pl.concat(frames)  # each by name and location; sorting keeps that where all else is equal
    due, priority, kind, node = (table[name].to_numpy() for name in ("due", "priority", "kind", "node"))
    # Open orders for components before those that take them, which then need not make them once more.
    item = np.where(kind == SUPPLY, numbering.item_of(node), 0)
    table = table[np.lexsort([due, -item, priority, kind])]
    kind, priority = table["kind"].to_numpy(), table["priority"].to_numpy()
    rank = np.cumsum((np.diff(kind, prepend=-1) != 0) | (np.diff(priority, prepend=0) != 0))
    table = table.with_columns(rank=pl.Series(rank))
    late_rate = factory.settings.late_rate
    laid = number_laid(opened, np.where(kind == SUPPLY, table["row"].to_numpy(), -1))
    claims = Claims(
        node=table["node"].to_numpy().copy(),
        brings=table["brings"].to_numpy().copy(),
        qty=table["qty"].to_numpy().copy(),
        day=table["day"].to_numpy().copy(),
        is_supply=kind == SUPPLY,
        arrives=table["arrives"].to_numpy().copy(),
        takes=table["takes"].to_numpy().copy(),
        open_from=opened.first[laid],
        open_end=np.append(opened.first[1:], opened.first[-1])[laid],
        may_split=((kind == ORDER) | (kind == FORECAST)) & factory.settings.partial_shipments,
        loss_per_day=table["value"].to_numpy() * late_rate,
        loss_if_never=table["value"].to_numpy().copy(),
    )
    return Claiming(claims, table, asked)


def earmarked(table: pl.DataFrame) -> Flags:
    """By claim: may the contract's usage not name it? Open make orders, the rest of forecasts, safety stock."""
    kind, whole = table["kind"].to_numpy(), table["whole"].to_numpy()
    marked: Flags = (kind == SUPPLY) | (kind == SAFETY) | ((kind == FORECAST) & ~whole)
    return marked


def _asked(factory: Factory, numbering: Numbering) -> pl.DataFrame:
    """Each demand in steps; of a forecast what orders have left of it, and why a demand makes no claim."""
    table = factory.demands
    item = numbering.number(table["item"])
    steps = numbering.steps[item]
    price = floats(table["price"])
    price = np.where(np.isnan(price), numbering.sales_price[item], price)
    millionths = micro(table["qty"])
    full = steps_up(millionths, steps)
    due = days_between(table["due"], epoch_day(factory), 0)
    consumed = _consumed(table, numbering.node(item, table["location"]), full)
    node = numbering.node(_wanted(table, numbering, item, consumed > 0), table["location"])
    silent = np.select(
        [
            due > factory.settings.horizon_days,
            numbering.is_phantom[item],
            consumed == full,
            millionths % (MICRO // steps) != 0,
        ],
        [0, 1, 2, 3],
        default=4,
    )
    return pl.DataFrame(
        {
            "demand": table["demand"],
            "location": table["location"],
            "priority": table["priority"],
            "kind": table["kind"],
            "item": item,
            "node": node,
            "full": full,
            "consumed": consumed,
            "qty": full - consumed,
            "due": due,
            "price": price / steps,
            "row": np.arange(table.height),
            "worth": millionths / MICRO * price,
            "silent": pl.Series([*SILENT, None])[silent],
        }
    )


def _wanted(demands: pl.DataFrame, numbering: Numbering, item: Ints, is_rest: Flags) -> Ints:
    """By demand: what it asks for, see ``Numbering.wanted``.

    The rest of a forecast asks like anybody: it gets no promise, so nothing could show that what is reserved for the
    forecast ends in it.
    """
    if not numbering.rows:
        return item
    names = np.where(is_rest, "", demands["demand"].to_numpy()).tolist()
    named = zip(names, demands["item"].to_list(), item.tolist(), strict=True)
    return np.array([numbering.wanted(name, at, demand=demand) for demand, name, at in named], np.int64)


def _consumed(demands: pl.DataFrame, node: Ints, full: Ints) -> Ints:
    """By demand: how much of a forecast the orders of its item and month have used, the earliest first."""
    used = np.zeros(node.size, np.int64)
    if not (demands["kind"] == "forecast").any():
        return used
    frame = demands.select("demand", "kind", "due", month=pl.col("due").dt.truncate("1mo")).with_columns(
        node=pl.Series(node), full=pl.Series(full), row=pl.int_range(pl.len(), dtype=pl.Int64)
    )
    ordered = frame.filter(pl.col("kind") == "order").group_by("node", "month").agg(ordered=pl.col("full").sum())
    before = (pl.col("full").cum_sum() - pl.col("full")).over("node", "month")
    forecasts = (
        frame.filter(pl.col("kind") == "forecast")
        .join(ordered, on=["node", "month"], how="inner")
        .sort("due", "demand")
        .select("row", used=(pl.col("ordered") - before).clip(0, pl.col("full")))
    )
    used[forecasts["row"].to_numpy()] = forecasts["used"].to_numpy()
    return used


def _demands(asked: pl.DataFrame) -> pl.DataFrame:
    heard = asked if asked["silent"].null_count() == asked.height else asked.filter(asked["silent"].is_null())
    node, due, qty = heard["node"], heard["due"].to_numpy(), heard["qty"]
    return pl.DataFrame(
        {
            "kind": np.where((heard["kind"] == "forecast").to_numpy(), FORECAST, ORDER),
            "priority": heard["priority"],
            "due": due,
            "name": heard["demand"],
            "location": heard["location"],
            "row": heard["row"],
            "node": node,
            "brings": node,
            "qty": qty,
            "day": np.maximum(due, 0),
            "arrives": np.zeros(heard.height, np.int64),
            "takes": np.zeros(heard.height, np.int64),
            "value": qty * heard["price"],
            "whole": qty == heard["full"],
        }
    )


def _open_make_orders(numbering: Numbering, come: Incoming, opened: OpenOrders) -> list[pl.DataFrame]:
    """Planned make orders: they want their components on their start day, at the earliest today.

    One that is overdue counts as here today, as the contract has it; but not if it cannot even start today.
    """
    table = come.table.filter(come.table["claim"] >= 0)
    if table.is_empty():
        return []
    brings = table["node"].to_numpy()
    # What perishes comes to a node of its own; it is made of the item's components.
    node = numbering.real[numbering.item_of(brings)] * len(numbering.locations) + brings % len(numbering.locations)
    lead = np.ceil(np.nan_to_num(floats(numbering.items["lead_time_days"])) - 1e-9).astype(np.int64)
    item, row = numbering.item_of(node), table["claim"].to_numpy()
    start = np.maximum(table["due"].to_numpy() - lead[item], 0)
    laid = number_laid(opened, row)
    works, there = laid < opened.row.size, table["day"].to_numpy()
    start = np.where(works, np.append(opened.start, 0)[laid], start)
    # What is fixed by hand may be done long before the day on which the order counts.
    done = np.minimum(there, np.append(opened.done, 0)[laid])
    claims = _claims(
        SUPPLY, table["name"], numbering, node, table["qty"].to_numpy(), row=row,
        brings=brings, due=table["due"].to_numpy(), day=start, arrives=there,
        takes=np.where(works, done - start, lead[item]),
    )  # fmt: skip
    return [claims]


def _safety(numbering: Numbering) -> list[pl.DataFrame]:
    """Safety stock, at the main location: wanted at once, after everything else; none of what is going out.

    Lots that expire some day, what lies elsewhere and what may stand in count like the item's own lasting stock.
    """
    items = numbering.items
    qty = steps_up(micro(items["safety_stock"]), numbering.steps)
    item = np.flatnonzero((qty > 0) & ~numbering.is_phantom & (numbering.role == REAL) & ~going_out(numbering))
    if item.size == 0:
        return []
    today = np.zeros(item.size, np.int64)
    name = items["item"][item]
    wanted = np.array([numbering.wanted(*row) for row in zip(name.to_list(), item.tolist(), strict=True)], np.int64)
    node = wanted * len(numbering.locations) + numbering.locations.index(MAIN)
    days = {"due": today, "day": today, "arrives": today, "takes": today}
    return [_claims(SAFETY, name, numbering, node, qty[item], row=item, brings=node, **days)]


def _claims(kind: int, name: pl.Series, numbering: Numbering, node: Ints, qty: Ints, **days: Ints) -> pl.DataFrame:
    """Claims of one kind that have no customer: no priority among them and no money of their own."""
    n = node.size
    claims = pl.DataFrame(
        {
            "kind": np.full(n, kind),
            "priority": np.zeros(n, np.int64),
            "due": days["due"],
            "name": name,
            "location": numbering.place_names(node),
            "row": days["row"],
            "node": node,
            "brings": days["brings"],
            "qty": qty,
            "day": days["day"],
            "arrives": days["arrives"],
            "takes": days["takes"],
            "value": np.zeros(n),
            "whole": np.ones(n, bool),
        }
    )
    return claims.sort("name", "location")
