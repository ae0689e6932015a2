"""A factory with one demand more: what a quote becomes when it is accepted, and whom that makes later."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

import polars as pl

from huoku.factory import Factory
from huoku.plan.quote.asked import Asked
from huoku.plan.quote.first_pass import FirstPass, promised_days


class Pushed(NamedTuple):
    """A demand whose promise moves: from ``was`` to ``becomes``, None where there is no promise."""

    demand: str
    item: str
    customer: str | None
    qty: float
    was: date | None
    becomes: date | None
    days: int | None  # later by so many; None where it has no promise any more


class Ahead(NamedTuple):
    """A demand served at its own priority: its day, and whom that makes later. ``late_days`` counts from the
    wanted day; None where there is no promise."""

    priority: int
    date: date | None
    late_days: int | None
    pushed: tuple[Pushed, ...]

    def data(self) -> dict[str, Any]:
        """The same as plain dicts, lists, numbers and dates."""
        return {**self._asdict(), "pushed": [one._asdict() for one in self.pushed]}


def with_demand(factory: Factory, asked: Asked, due: date, priority: int) -> Factory:
    """The factory with what is asked for as an order of its own."""
    row = {
        "demand": asked.demand,
        "item": asked.item,
        "qty": asked.qty,
        "due": due,
        "location": asked.location,
        "priority": priority,
        "customer": asked.customer,
        "kind": "order",
    }
    demands = factory.demands
    added = pl.DataFrame([row], schema={name: demands.schema[name] for name in row})
    return replace(factory, demands=pl.concat([demands, added], how="diagonal"))


def last_in_line(factory: Factory, priority: int) -> int:
    """The first priority, from the given one on, that is after those of all orders and contracts."""
    present: list[int] = factory.demands.filter(pl.col("kind") != "forecast")["priority"].to_list()
    return max([priority, *(there + 1 for there in present)])


def served_ahead(state: FirstPass, asked: Asked) -> Ahead:
    """Serve the factory's claims again, with what is asked for among those of its priority.

    The day holds: wanted on that very day it is served on it or before. Each round costs a first pass.
    """
    factory, day = state.case.factory, asked.day
    today = factory.settings.today
    while True:
        after = promised_days(with_demand(factory, asked, today + timedelta(days=day), asked.priority), state.effort)
        mine = after.filter(demand=asked.demand)["day"][0]
        if mine is None:
            return Ahead(asked.priority, None, None, ())
        if mine <= day:
            break
        day = mine
    found = today + timedelta(days=day)
    return Ahead(asked.priority, found, (found - asked.date).days, pushed(state, after))


def pushed(state: FirstPass, after: pl.DataFrame) -> tuple[Pushed, ...]:
    """The demands that are promised later than before, or no longer, the most urgent first."""
    factory = state.case.factory
    today = factory.settings.today
    later = (
        state.promised.drop_nulls("day")
        .join(after.rename({"day": "becomes"}), on="demand", how="inner")
        .filter(pl.col("becomes").is_null() | (pl.col("becomes") > pl.col("day")))
        .join(factory.demands, on="demand", how="left")
        .sort("priority", "due", "demand")
    )
    return tuple(
        Pushed(
            demand=row["demand"],
            item=row["item"],
            customer=row["customer"],
            qty=float(row["qty"]),
            was=today + timedelta(days=row["day"]),
            becomes=None if row["becomes"] is None else today + timedelta(days=row["becomes"]),
            days=None if row["becomes"] is None else row["becomes"] - row["day"],
        )
        for row in later.iter_rows(named=True)
    )
