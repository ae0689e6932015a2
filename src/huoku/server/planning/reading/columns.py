"""From rows of the database to columns of the factory folder: whole numbers of small units become decimals."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

MAIN = "MAIN"
"""Where stock lies that belongs to no site."""
Columns = dict[str, list[Any]]


def columns(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> Columns:
    """Rows as columns by name; empty columns where there are no rows."""
    found = list(rows)
    return {name: [row[place] for row in found] for place, name in enumerate(names)}


def decimal(value: int | None, digits: int) -> Decimal | None:
    """``value`` units of 10^-digits."""
    return None if value is None else Decimal(value).scaleb(-digits)


def millionths(value: int | None) -> Decimal | None:
    return decimal(value, 6)


def place(site_code: str | None) -> str:
    return site_code or MAIN
