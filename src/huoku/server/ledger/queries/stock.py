"""What is there, for whom it is kept, and what of it is free."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from huoku.server.ledger.facts import LOTS, as_date
from huoku.server.ledger.guarded import BALANCES, HEADS, SUPPLIES
from huoku.server.ledger.models import Status
from huoku.server.platform.sql import Row, Statement, among, ask


class Available(NamedTuple):
    """Our own available stock of an item at a place. Nothing is promised where something is owed."""

    item_id: int
    location_id: int
    on_hand: int
    reserved: int
    debt: int

    @property
    def free(self) -> int:
        return 0 if self.debt else self.on_hand - self.reserved


def available(company_id: int, items: Iterable[int] | None = None) -> list[Available]:
    """By item and place; of all items where none are named."""
    return available_told(ask(*asking_available(company_id, items)))


def asking_available(company_id: int, items: Iterable[int] | None = None) -> Statement:
    """What ``available`` asks, for a round in which more is asked."""
    wanted, which = _which(items)
    sql = (
        f"SELECT item_id, location_id, on_hand, reserved, debt FROM {HEADS.table} WHERE company_id = %s {which} "
        "ORDER BY item_id, location_id"
    )
    return sql, [company_id, *wanted]


def available_told(rows: Iterable[Row]) -> list[Available]:
    return [Available._make(row) for row in rows]


@dataclass(frozen=True, slots=True)
class LotStock:
    """What lies at a place of one lot, owner and status; ``reserved`` is what is kept of it by name."""

    item_id: int
    location_id: int
    lot_id: int
    lot: str
    received_on: date | None
    expires_on: date | None
    owner_id: int
    status: Status
    on_hand: int
    reserved: int


def by_lot(company_id: int, items: Iterable[int] | None = None) -> list[LotStock]:
    """Everything that lies somewhere, first-expired-first."""
    wanted, which = _which(items, "b.")
    rows = ask(
        "SELECT b.item_id, b.location_id, b.lot_id, l.code, l.received_on, l.expires_on, b.owner_id, b.status, "
        f"b.on_hand, b.reserved FROM {BALANCES.table} b JOIN {LOTS} l ON l.id = b.lot_id "
        f"WHERE b.company_id = %s {which} AND b.on_hand > 0 "
        "ORDER BY b.item_id, b.location_id, COALESCE(l.expires_on, %s), COALESCE(l.received_on, %s), l.id",
        [company_id, *wanted, date.max, date.max],
    )
    return [
        LotStock(item, place, lot, code, as_date(received), as_date(expires), owner, Status(status), on_hand, reserved)
        for item, place, lot, code, received, expires, owner, status, on_hand, reserved in rows
    ]


class Expected(NamedTuple):
    """What is to arrive, and what of it is promised."""

    supply_id: int
    supply: str
    item_id: int
    location_id: int
    expected_on: date | None
    quantity: int
    reserved: int
    is_firm: bool


def expected(company_id: int, items: Iterable[int] | None = None) -> list[Expected]:
    """Open supply, the earliest first."""
    return expected_told(ask(*asking_expected(company_id, items)))


def asking_expected(company_id: int, items: Iterable[int] | None = None) -> Statement:
    """What ``expected`` asks, for a round in which more is asked."""
    wanted, which = _which(items)
    sql = (
        "SELECT id, supply, item_id, location_id, expected_on, quantity, reserved, is_firm "
        f"FROM {SUPPLIES.table} WHERE company_id = %s {which} AND quantity > 0 "
        "ORDER BY item_id, COALESCE(expected_on, %s), id"
    )
    return sql, [company_id, *wanted, date.max]


def expected_told(rows: Iterable[Row]) -> list[Expected]:
    return [
        Expected(id, supply, item, place, as_date(expected_on), quantity, reserved, bool(is_firm))
        for id, supply, item, place, expected_on, quantity, reserved, is_firm in rows
    ]


def _which(items: Iterable[int] | None, table: str = "") -> tuple[Sequence[Any], str]:
    if items is None:
        return [], ""
    which, wanted = among(f"{table}item_id", sorted(set(items)))
    return wanted, f"AND {which}"
