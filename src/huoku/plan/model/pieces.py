"""A piece: what not everybody, or not on every day, may use of a lot or an open order."""

from typing import Any, NamedTuple

FOR_EVER = 1 << 40
"""The day on which a lot without a date expires."""


class Piece(NamedTuple):
    """A part of one lot, or an open order, that not everybody, or not every day, may use.

    ``expires`` is the last usable day; ``demand`` empty: anybody's. ``supply``: the row of an open order in its
    table, -1 for stock. ``name``: that of the lot or order. ``keeps``: so many days after it comes it is still good;
    only of an open make order whose components are still to be issued, since it may come later than ``day``.
    """

    item: str
    location: str
    demand: str
    expires: int
    name: str | None
    supply: int
    day: int
    due: int
    rank: int
    millionths: int
    keeps: int = FOR_EVER


def part_of_lot(lot: dict[str, Any], demand: str, qty: int) -> Piece:
    """A part of one stock lot (a row of item, location, lot, rank and expires)."""
    return Piece(lot["item"], lot["location"], demand, lot["expires"], lot["lot"], -1, 0, 0, lot["rank"], qty)
