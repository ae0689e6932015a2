"""The over-purchase rate: how often more is bought than needed, because of a minimum, a pack or a price break."""

import polars as pl

from huoku.metrics.figure import Figure

TOLERANCE = 0.05
"""An excess of up to 5 % of a purchase is no over-purchase."""


def excess_share() -> pl.Expr:
    """The MOQ excess share E = (Q - N) / Q of a purchase of ``qty`` Q, of which ``need`` N is needed, 0 to 1.

    N is the net need in the purchase unit, loss included.
    """
    return ((pl.col("qty") - pl.col("need")) / pl.col("qty")).clip(0.0, 1.0)


def over_purchase_rate(purchases: pl.DataFrame) -> Figure:
    """Purchase lines with an excess share above 5 % / all lines. ``purchases``: columns need, qty (above 0)."""
    over = purchases.filter(excess_share() > TOLERANCE).height
    return Figure(over / purchases.height if purchases.height else None, purchases.height)


def over_purchase_value_rate(purchases: pl.DataFrame) -> Figure:
    """The same by value: the money of these lines / that of all. ``purchases``: columns need, qty, amount."""
    amount = float(purchases["amount"].sum())
    over = float(purchases.filter(excess_share() > TOLERANCE)["amount"].sum())
    return Figure(over / amount if amount else None, purchases.height)
