"""The dead-stock share: how much of the value in stock is dead."""

from typing import Literal, NamedTuple

import polars as pl

from huoku.metrics.lines import USUAL_LINES, Level, Lines

Rule = Literal["dead_by_forecast", "dead_by_movement", "dead_by_age"]


class DeadShare(NamedTuple):
    """One figure with what it stands on. ``share`` is None where there is no stock of any value."""

    share: float | None
    dead_value: float
    value: float
    lots: int
    level: Literal["no data"] | Level


def dead_share(lots: pl.DataFrame, rule: Rule, lines: Lines = USUAL_LINES) -> DeadShare:
    """D = sum of cost x dead quantity / sum of cost x quantity on hand, over the lots of ``dead_stock``.

    What is blocked counts. ``lines``: from where on it is told, and is an alarm.
    """
    dead = float(lots.select((pl.col("value") * pl.col(rule) / pl.col("qty")).sum()).item())
    value = float(lots["value"].sum())
    if value <= 0:
        return DeadShare(None, 0.0, 0.0, lots.height, "no data")
    return DeadShare(dead / value, dead, value, lots.height, lines.level(dead / value))
