"""Place a plan's orders: the same factory on the same day, when its planned orders have become open ones."""

from collections import defaultdict
from typing import Any

import polars as pl

from huoku.factory import Factory
from huoku.plan import Plan
from huoku.plan.explain.projection import arrivals

Row = dict[str, Any]


def placed(made: Plan, status: str) -> Factory:
    """The factory after all planned orders were placed; make orders with this status, if it can be.

    An order cannot be released that takes what is still to be made: it is planned. What a released make order takes
    has been issued, and what a transfer carries has left: it is no longer in stock, nor on the way, nor reserved. A
    planned make order takes its components still. Open orders that the plan puts off are put off.
    """
    orders = with_status(made, status)
    supplies = orders.select("item", "qty", "due", "location", "kind", "supplier", "status", supply="order").to_dicts()
    gone = issued(made, orders)
    done = arrivals(made).filter(pl.col("arrives") > made.factory.settings.today)
    later = dict(done.filter(pl.col("arrives") > pl.col("due")).select("supply", "arrives").iter_rows())
    taken: dict[Any, float] = defaultdict(float)
    for row in gone.iter_rows(named=True):
        key = (row["item"], row["location"], row["lot"]) if row["source_kind"] == "stock" else row["source"]
        taken[key] += row["qty"]
    return made.factory.with_(
        stock=less(made.factory.stock, taken, "item", "location", "lot"),
        supplies=[
            {**row, "due": later.get(row["supply"], row["due"])} for row in less(made.factory.supplies, taken, "supply")
        ]
        + [{**row, "qty": left} for row in supplies if (left := round(row["qty"] - taken[row["supply"]], 6)) > 0],
        reservations=less_reserved(made, gone),
    )


def with_status(made: Plan, status: str) -> pl.DataFrame:
    """The orders with a status for those that make something."""
    still_made = made.orders.filter(pl.col("kind") == "make")["order"]
    waits = made.usage.filter((pl.col("source_kind") == "order") & pl.col("source").is_in(still_made.implode()))
    is_planned = pl.col("order").is_in(waits["consumer"].implode())
    named = pl.when(is_planned).then(pl.lit("planned")).otherwise(pl.lit(status))
    return made.orders.with_columns(status=pl.when(pl.col("kind") == "make").then(named))


def issued(made: Plan, orders: pl.DataFrame) -> pl.DataFrame:
    """The rows of usage that are done with: those of transfers, and of make orders that are released."""
    done = orders.filter((pl.col("kind") == "transfer") | (pl.col("status") == "released"))["order"]
    return made.usage.filter((pl.col("consumer_kind") == "order") & pl.col("consumer").is_in(done.implode()))


def less(table: pl.DataFrame, taken: dict[Any, float], *key: str) -> list[Row]:
    """Rows less what is taken of them; of rows of one name the first give first."""
    kept = []
    for row in table.iter_rows(named=True):
        name = row[key[0]] if len(key) == 1 else tuple(row[column] for column in key)
        gives = min(float(row["qty"]), taken[name])
        taken[name] -= gives
        if float(row["qty"]) - gives > 1e-6:
            kept.append({**row, "qty": round(float(row["qty"]) - gives, 6)})
    return kept


def less_reserved(made: Plan, gone: pl.DataFrame) -> list[Row]:
    """Reservations less what was issued for their demand: to orders that end in it alone."""
    ends = made.pegging().filter(pl.col("source_kind") == "order").group_by("source").agg(pl.col("demand").unique())
    alone = {source: demands[0] for source, demands in ends.iter_rows() if len(demands) == 1}
    taken: dict[Any, float] = defaultdict(float)
    for row in gone.filter(pl.col("source_kind") == "stock").iter_rows(named=True):
        taken[alone.get(row["consumer"]), row["item"], row["location"], row["lot"]] += row["qty"]
    kept = []
    for row in made.factory.reservations.iter_rows(named=True):
        qty = float(row["qty"])
        for key in sorted(taken, key=repr):
            if key[:3] == (row["demand"], row["item"], row["location"]) and row["lot"] in (None, key[3]):
                gives = min(qty, taken[key])
                taken[key] -= gives
                qty -= gives
        if qty > 1e-6:
            kept.append({**row, "qty": round(qty, 6)})
    return kept
