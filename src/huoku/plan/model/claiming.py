"""Who wants what, and in what rank: open make orders, demands, what is left of forecasts, safety stock."""

from typing import NamedTuple

import numpy as np
import polars as pl

from huoku.buy.terms import Flags, Ints
from huoku.factory import Factory
from huoku.plan.model.arrays import Claims
from huoku.plan.model.numbering import MAIN, MICRO, Numbering, days_between, epoch_day, floats, micro, steps_up
from huoku.plan.model.receipts import Incoming

SUPPLY, ORDER, FORECAST, SAFETY = 0, 1, 2, 3


class Claiming(NamedTuple):
    """The claims, and what stands behind them.

    ``table`` by claim: kind (a constant above), rank (claims of a smaller rank are served first), name
    (supply, demand or item), row (in its table), day, whole (is it all that was asked for?).
    ``asked``: every demand with its due day, the quantity left of it (steps) and, if it makes no claim, why.
    """

    claims: Claims
    table: pl.DataFrame
    asked: pl.DataFrame


def claiming(factory: Factory, numbering: Numbering, come: Incoming) -> Claiming:
    """All claims by rank, due day and name; the order of rows in the tables does not matter."""
    asked = _asked(factory, numbering).sort("demand")
    frames = [_open_make_orders(numbering, come), _demands(asked), _safety(numbering)]
    table = pl.concat(frames).sort("kind", "priority", "due", "name", "location")
    rank = table.select(pl.struct("kind", "priority").rank("dense")).to_series().cast(pl.Int64)
    table = table.with_columns(rank=rank)
    late_rate = factory.settings.late_rate
    claims = Claims(
        node=table["node"].to_numpy().copy(),
        qty=table["qty"].to_numpy().copy(),
        day=table["day"].to_numpy().copy(),
        is_supply=(table["kind"] == SUPPLY).to_numpy().copy(),
        arrives=table["arrives"].to_numpy().copy(),
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
    node = numbering.place(table["location"]) * numbering.size + item
    steps = numbering.steps[item]
    price = floats(table["price"])
    millionths = micro(table["qty"])
    full = steps_up(millionths, steps)
    due = days_between(table["due"], epoch_day(factory), 0)
    consumed = _consumed(table, node, full)
    frame = table.select("demand", "location", "priority", "kind").hstack(
        pl.DataFrame(
            {
                "item": item,
                "node": node,
                "full": full,
                "consumed": consumed,
                "qty": full - consumed,
                "due": due,
                "price": np.where(np.isnan(price), numbering.sales_price[item], price) / steps,
                "row": np.arange(table.height),
                "worth": millionths / MICRO * np.where(np.isnan(price), numbering.sales_price[item], price),
            }
        )
    )
    phantom = pl.Series((numbering.items["resolved"] == "phantom").to_numpy()[item])
    too_fine = pl.Series(millionths % (MICRO // steps) != 0)
    silent = (
        pl.when(pl.col("due") > factory.settings.horizon_days)
        .then(pl.lit("beyond_horizon"))
        .when(phantom)
        .then(pl.lit("phantom"))
        .when(pl.col("qty") == 0)
        .then(pl.lit("consumed"))
        .when(too_fine)
        .then(pl.lit("too_fine"))
    )
    return frame.with_columns(silent=silent)


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
    kind = pl.when(pl.col("kind") == "forecast").then(FORECAST).otherwise(ORDER).cast(pl.Int64)
    return asked.filter(pl.col("silent").is_null()).select(
        kind.alias("kind"),
        "priority",
        "due",
        pl.col("demand").alias("name"),
        "location",
        "row",
        "node",
        "qty",
        pl.col("due").clip(0, None).alias("day"),
        pl.lit(0, pl.Int64).alias("arrives"),
        (pl.col("qty") * pl.col("price")).alias("value"),
        (pl.col("qty") == pl.col("full")).alias("whole"),
    )


def _open_make_orders(numbering: Numbering, come: Incoming) -> pl.DataFrame:
    """Planned make orders: they want their components on their start day, at the earliest today."""
    table = come.table.filter(pl.col("claim") >= 0)
    node = table["node"].to_numpy()
    lead = np.ceil(np.nan_to_num(floats(numbering.items["lead_time_days"])) - 1e-9).astype(np.int64)
    start = np.maximum(table["due"].to_numpy() - lead[node % numbering.size], 0)
    return _claims(
        SUPPLY, table["name"], numbering, node, table["qty"].to_numpy(), row=table["claim"].to_numpy(),
        due=table["due"].to_numpy(), day=start, arrives=table["day"].to_numpy(),
    )  # fmt: skip


def _safety(numbering: Numbering) -> pl.DataFrame:
    """Safety stock, at the main location: wanted at once, after everything else."""
    items = numbering.items
    qty = steps_up(micro(items["safety_stock"]), numbering.steps)
    item = np.flatnonzero((qty > 0) & (items["resolved"] != "phantom").to_numpy())
    today = np.zeros(item.size, np.int64)
    node = numbering.locations.index(MAIN) * numbering.size + item
    return _claims(
        SAFETY, items["item"][item], numbering, node, qty[item], row=item, due=today, day=today, arrives=today
    )


def _claims(kind: int, name: pl.Series, numbering: Numbering, node: Ints, qty: Ints, **days: Ints) -> pl.DataFrame:
    """Claims of one kind that have no customer: no priority among them and no money of their own."""
    n = node.size
    return pl.DataFrame(
        {
            "kind": np.full(n, kind),
            "priority": np.zeros(n, np.int64),
            "due": days["due"],
            "name": name,
            "location": pl.Series(numbering.locations, dtype=pl.String)[node // numbering.size],
            "row": days["row"],
            "node": node,
            "qty": qty,
            "day": days["day"],
            "arrives": days["arrives"],
            "value": np.zeros(n),
            "whole": np.ones(n, bool),
        }
    )
