"""A later need of the same item that may come: an order in view, a forecast."""

from typing import NamedTuple


class Later(NamedTuple):
    """``qty`` units wanted on ``day`` (from today), with a ``chance`` that it comes: 1 for a firm order."""

    qty: int
    day: int
    chance: float
    name: str = ""
