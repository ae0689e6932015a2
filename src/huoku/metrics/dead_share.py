"""The dead-stock share: how much of the value in stock is dead."""

from typing import Literal, NamedTuple

import polars as pl

Rule = Literal["dead_by_forecast", "dead_by_movement", "dead_by_age"]

WARN, ALARM = 0.10, 0.30


class DeadShare(NamedTuple):
    """One figure with what it stands on. ``share`` is None where there is no stock of any value."""

    share: float | None
    dead_value: float
    value: float
    lots: int
    level: Literal["no data", "ok", "warn", "alarm"]


def dead_share(lots: pl.DataFrame, rule: Rule) -> DeadShare:
    """D = sum of cost x dead quantity / sum of cost x quantity on hand, over the lots of ``dead_stock``.

    Warn from 10 %, alarm from 30 % on. What is blocked counts.
    """
    dead = float(lots.select((pl.col("value") * pl.col(rule) / pl.col("qty")).sum()).item())
    value = float(lots["value"].sum())
    if value <= 0:
        return DeadShare(None, 0.0, 0.0, lots.height, "no data")
    share = dead / value
    return DeadShare(share, dead, value, lots.height, "alarm" if share >= ALARM else "warn" if share >= WARN else "ok")
