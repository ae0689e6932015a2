"""Plain SQL for the few places where Django's own takes too long: each statement is written once, for both databases.

Parameters are ``%s``. PostgreSQL is asked in rounds (``rounds.py``).
"""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models.expressions import RawSQL

Statement = tuple[str, Sequence[Any]]
Row = tuple[Any, ...]
PARAMETERS = 30_000
"""SQLite takes 32,766 in one statement."""


def plain(values: Sequence[Any]) -> Sequence[Any]:
    """``values`` as the database at hand stores them. PostgreSQL's driver knows times and ids itself."""
    return values if connection.vendor == "postgresql" else [_for_sqlite(value) for value in values]


def _for_sqlite(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return str(value.astimezone(UTC).replace(tzinfo=None))  # as Django writes it
    return value.isoformat() if isinstance(value, date) else value


def ask(sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
    """Run one statement and return its rows."""
    return ask_together([(sql, parameters)])[0]


def ask_together(statements: Sequence[Statement]) -> list[list[Row]]:
    """Run statements in order, on PostgreSQL in one round, and return the rows of each. There each sees what others
    committed before it began, as it would in a round of its own. After one that fails none is run."""
    ours: Any = connections[DEFAULT_DB_ALIAS]
    if ours.vendor != "postgresql" or ours.execute_wrappers or ours.queries_logged:
        return [_by_itself(sql, parameters) for sql, parameters in statements]  # whoever listens hears each of them
    from huoku.server.platform.rounds import in_one_round

    if not ours.in_atomic_block:  # else it is there and was well when that began
        ours.close_if_health_check_failed()
        ours.ensure_connection()
    ours.validate_no_broken_transaction()
    with ours.wrap_database_errors:
        return in_one_round(ours.connection, statements)


def _by_itself(sql: str, parameters: Sequence[Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, plain(parameters))
        rows: list[Row] = cursor.fetchall() if cursor.description else []
        return rows


def committing() -> list[Statement]:
    """On PostgreSQL the outermost transaction may end in the round of its last statements, so that what it has locked
    is free a round sooner; Django's own commit then finds nothing left to do."""
    is_outermost = connection.in_atomic_block and not connection.savepoint_ids
    return [("COMMIT", [])] if connection.vendor == "postgresql" and is_outermost else []


def inserting(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> list[Statement]:
    """The statements that insert ``rows``, all with the columns of the first."""
    columns = tuple(rows[0])
    at_once = PARAMETERS // len(columns)
    return [
        (
            _insert(model._meta.db_table, columns, len(some)),
            [row[column] for row in some for column in columns],
        )
        for some in (rows[start : start + at_once] for start in range(0, len(rows), at_once))
    ]


@lru_cache(maxsize=512)
def _insert(table: str, columns: tuple[str, ...], count: int) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    return f'INSERT INTO "{table}" ({names}) VALUES {places(len(columns), count)}'


@lru_cache(maxsize=512)
def places(width: int, count: int) -> str:
    """``count`` rows of ``width`` parameters: ``(%s, %s), (%s, %s)``."""
    row = "(" + ", ".join(["%s"] * width) + ")"
    return ", ".join([row] * count)


def among(column: str, ids: Collection[int]) -> Statement:
    """The condition that ``column`` is one of ``ids``, and its one parameter, however many they are."""
    if connection.vendor == "postgresql":
        return f"{column} = ANY(%s)", [list(ids)]
    return f"{column} IN (SELECT value FROM json_each(%s))", [json.dumps(list(ids))]


def listed(ids: Collection[int]) -> RawSQL:
    """``ids`` for Django's ``__in``, as one parameter: thousands of them each by itself take longer than the answer."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(ids))])


def for_update(what: str = "", *, skip_locked: bool = False) -> str:
    """The clause that locks rows until the end. SQLite needs none: there is one writer."""
    if connection.vendor != "postgresql":
        return ""
    return " FOR UPDATE" + (f" OF {what}" if what else "") + (" SKIP LOCKED" if skip_locked else "")
