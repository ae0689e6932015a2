"""The only place where balances change: guarded updates, in one order for everybody.

A change is made by a statement that also checks it; a row that it does not return was refused. Nothing is read,
decided upon and then written. Heads come before balances, and rows of one table in the order of their keys, so that two
commands wait for each other but never cross.

On PostgreSQL whoever wants the head of an item lines up for the item first. Without that, each commit wakes all who
wait for the row, they fight for it, and some come last again and again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection, models

from huoku.server.ledger.models import Balance, StockHead, SupplyBalance
from huoku.server.platform.sql import Row, Statement, ask, ask_together, for_update, places

Key = tuple[Any, ...]
LINES_AT_MOST = 100
"""Who wants more items than this at once does not line up: a server has room for some thousands of such locks."""


@dataclass(slots=True)
class Change:
    """What is added to a row: of stock (or of what is to arrive), of what is reserved, of what is owed."""

    stock: int = 0
    reserved: int = 0
    debt: int = 0

    def add(self, stock: int = 0, reserved: int = 0, debt: int = 0) -> None:
        self.stock += stock
        self.reserved += reserved
        self.debt += debt

    def __bool__(self) -> bool:
        return bool(self.stock or self.reserved or self.debt)


@dataclass(frozen=True)
class Guarded:
    """A table whose rows hold ``stock`` and ``reserved``, with 0 <= reserved <= stock at any time."""

    model: type[models.Model]
    key: tuple[str, ...]
    stock: str
    has_debt: bool = False
    """The heads alone; they are also what one lines up for."""

    @property
    def table(self) -> str:
        return f'"{self.model._meta.db_table}"'

    def change(self, company_id: int, changes: Mapping[Key, Change]) -> list[Key]:
        """Make all changes, and return the keys of those that the guard refused (then the caller gives up)."""
        wanted = {key: change for key, change in sorted(changes.items()) if change}
        refused = self._update(company_id, wanted)
        fresh = [key for key in refused if wanted[key].stock >= 0 and wanted[key].reserved <= wanted[key].stock]
        if not fresh:
            return refused
        self.make(company_id, fresh)
        still = self._update(company_id, {key: wanted[key] for key in fresh})
        return [key for key in refused if key not in fresh or key in still]

    def make(self, company_id: int, keys: Iterable[Key]) -> None:
        """Empty rows where there are none yet."""
        keys = sorted(keys)
        columns = ", ".join(["company_id", *self.key, self.stock, "reserved", *(["debt"] if self.has_debt else [])])
        values = places(len(self.key) + 3 + self.has_debt + 1, len(keys))
        zeros = [0] * (3 + self.has_debt)
        self._ask_in_line(
            company_id,
            keys,
            f"INSERT INTO {self.table} ({columns}, version) VALUES {values} ON CONFLICT DO NOTHING RETURNING id",
            [value for key in keys for value in (company_id, *key, *zeros)],
        )

    def lock(self, company_id: int, keys: Iterable[Key]) -> dict[Key, tuple[int, int]]:
        """Lock rows and read them: stock and reserved by key. Who chooses among lots locks their head first."""
        keys = sorted(keys)
        if not keys:
            return {}
        columns = ", ".join(self.key)
        rows = self._ask_in_line(
            company_id,
            keys,
            f"SELECT {columns}, {self.stock}, reserved FROM {self.table} WHERE company_id = %s AND ({columns}) IN "
            f"(VALUES {places(len(self.key), len(keys))}) ORDER BY {columns}{for_update()}",
            [company_id, *(value for key in keys for value in key)],
        )
        return {row[:-2]: (row[-2], row[-1]) for row in rows}

    def _update(self, company_id: int, changes: Mapping[Key, Change]) -> list[Key]:
        if not changes:
            return []
        amounts = ("stock", "reserved", "debt") if self.has_debt else ("stock", "reserved")
        values: list[Any] = []
        for key, change in changes.items():
            values += [*key, *(getattr(change, amount) for amount in amounts)]
        sql = _updating(self, len(changes), for_update("guarded"))
        done = set(self._ask_in_line(company_id, changes, sql, [*values, company_id]))
        return [key for key in changes if key not in done]

    def _ask_in_line(self, company_id: int, keys: Iterable[Key], sql: str, parameters: list[Any]) -> list[Row]:
        """Run a statement, having lined up for the items of ``keys`` in the same round."""
        if connection.vendor != "postgresql" or not self.has_debt:
            return ask(sql, parameters)
        items = sorted({key[0] for key in keys})
        line: list[Statement] = [_line_up(company_id, items)] if len(items) <= LINES_AT_MOST else []
        return ask_together([*line, (sql, parameters)])[-1]


def _line_up(company_id: int, items: Sequence[int]) -> Statement:
    wanted = f"(VALUES {places(1, len(items))}) AS wanted(item)"
    return f"SELECT pg_advisory_xact_lock(hashint8extended(item, %s)) FROM {wanted}", [company_id, *items]


@lru_cache(maxsize=256)
def _updating(guarded: Guarded, count: int, for_update: str) -> str:
    """The one statement: rows are locked in the order of their keys, changed where the guard holds, and returned."""
    key = ", ".join(guarded.key)
    amounts = ["d_stock", "d_reserved", *(["d_debt"] if guarded.has_debt else [])]
    same = " AND ".join(f"guarded.{column} = change.{column}" for column in guarded.key)
    stock = guarded.stock
    # Where something is owed the book is wrong: stock may come and go there, but none of it is promised.
    debt, no_promise = (
        (", debt = rows.debt + d_debt", " AND (d_reserved <= 0 OR rows.debt + d_debt = 0)")
        if guarded.has_debt
        else ("", "")
    )
    return (
        f"WITH change({key}, {', '.join(amounts)}) AS (VALUES {places(len(guarded.key) + len(amounts), count)}), "
        f"locked AS (SELECT guarded.id AS row_id, {', '.join(f'change.{amount}' for amount in amounts)} "
        f"FROM {guarded.table} guarded JOIN change ON {same} WHERE guarded.company_id = %s "
        f"ORDER BY {', '.join(f'guarded.{column}' for column in guarded.key)}{for_update}) "
        f"UPDATE {guarded.table} AS rows SET {stock} = rows.{stock} + d_stock, reserved = rows.reserved + d_reserved, "
        f"version = rows.version + 1{debt} FROM locked WHERE rows.id = row_id "
        f"AND rows.reserved + d_reserved BETWEEN 0 AND rows.{stock} + d_stock{no_promise} "
        f"RETURNING {key}"
    )


HEADS = Guarded(StockHead, ("item_id", "location_id"), "on_hand", has_debt=True)
BALANCES = Guarded(Balance, ("item_id", "location_id", "lot_id", "owner_id", "status"), "on_hand")
SUPPLIES = Guarded(SupplyBalance, ("id",), "quantity")
