"""Places whose book may be wrong: what is taken there beyond the book becomes a debt, and what arrives pays it."""

from collections.abc import Collection

from huoku.server.ledger.doubting import ask_for_a_count
from huoku.server.ledger.guarded import BALANCES, HEADS, Key
from huoku.server.ledger.holdings import Changes
from huoku.server.ledger.models import CountTask, Debt, Location, Status
from huoku.server.platform.command import At
from huoku.server.platform.sql import Row, ask, for_update, places

TABLE = f'"{Debt._meta.db_table}"'
KEY = ", ".join(BALANCES.key)


def settle(at: At, unverified: Collection[int], ours: int, changes: Changes) -> None:
    """Split changes at unverified places into what the balance bears and what becomes, or pays, a debt.

    The heads there are locked first, so that balance and debt stand still while they are read.
    """
    keys = sorted(key for key, change in changes.balances.items() if key[1] in unverified and change.stock)
    if not keys:
        return
    here = {key[:2] for key in keys}
    HEADS.make(at.company_id, here)
    HEADS.lock(at.company_id, here)
    on_hand = {key: stock for key, (stock, _) in BALANCES.lock(at.company_id, keys).items()}
    owed = {row[:-1]: row[-1] for row in _locked(at.company_id, keys)}
    for key in keys:
        change = changes.balances[key]
        due = max(0, -change.stock - on_hand.get(key, 0)) - min(max(0, change.stock), owed.get(key, 0))
        if not due:
            continue
        change.add(stock=due)
        if key[3] == ours and key[4] == Status.AVAILABLE:
            changes.heads[key[:2]].add(stock=due, debt=due)
        _owe(at, key, due)
        if due > 0:
            ask_for_a_count(at, key[0], key[1], CountTask.Cause.DEBT)
            at.tell("stock_owed", Location(pk=key[1]), item=key[0], lot=key[2])


def _locked(company_id: int, keys: list[Key]) -> list[Row]:
    return ask(
        f"SELECT {KEY}, quantity FROM {TABLE} WHERE company_id = %s AND ({KEY}) IN (VALUES {places(5, len(keys))}) "
        f"ORDER BY {KEY}{for_update()}",
        [company_id, *(value for key in keys for value in key)],
    )


def _owe(at: At, key: Key, due: int) -> None:
    ask(
        f"INSERT INTO {TABLE} (company_id, {KEY}, quantity, since) VALUES ({places(7, 1)[1:-1]}, %s) "
        "ON CONFLICT DO NOTHING RETURNING id",
        [at.company_id, *key, 0, at.now],
    )
    ask(
        f"UPDATE {TABLE} SET since = CASE WHEN quantity = 0 THEN %s ELSE since END, quantity = quantity + %s "
        f"WHERE company_id = %s AND ({KEY}) IN (VALUES {places(5, 1)}) RETURNING id",
        [at.now, due, at.company_id, *key],
    )
