"""`huoku move-to-postgres`: every row of the SQLite file into an empty PostgreSQL, in one transaction."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, models, transaction

from huoku.errors import UsageError
from huoku.language import Sentence
from huoku.server.databases import database
from huoku.server.given import CONFIG
from huoku.server.platform.guards import scoped_models
from huoku.server.running.reaching import must_be_reached
from huoku.server.running.tables import close_after_loading, columns, data_tables, open_for_loading, table_and_columns

TARGET = "target"
AT_ONCE = 5_000

Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Moved:
    """``rows``: how many each table has, counted on both sides after the move."""

    rows: dict[str, int]


THERE_ALREADY = Sentence("服务器已经在 PostgreSQL 上", "the server is on PostgreSQL already")
OTHER_ADDRESS = Sentence(
    "{url}：应为 postgresql://user:password@host:port/name",
    "{url}: postgresql://user:password@host:port/name is wanted",
)
NOT_EMPTY = Sentence("目标数据库不是空的；请新建一个", "the target database is not empty; make a new one")


def move_to_postgresql(url: str) -> Moved:
    """Copy everything; nobody writes meanwhile.

    Raises UsageError where the source is no SQLite, or the target is no PostgreSQL, does not answer or holds anything.
    """
    if connection.vendor != "sqlite":
        raise UsageError(THERE_ALREADY)
    if not url.startswith(("postgresql://", "postgres://")):
        raise UsageError(OTHER_ADDRESS, url=url)
    named = database(url)
    connections.settings[TARGET] = connections.configure_settings({**connections.settings, TARGET: named})[TARGET]
    target = connections[TARGET]
    must_be_reached(TARGET)
    if target.introspection.table_names():
        raise UsageError(NOT_EMPTY)
    call_command("migrate", database=TARGET, verbosity=0)
    guarded = {model._meta.db_table for model in scoped_models()}
    tables = data_tables()
    # The turn to write is ours until all is over, so what is read is one moment.
    with transaction.atomic(), transaction.atomic(using=TARGET):
        open_for_loading(target, tables)
        rows = {table: _copy(table) for table in tables}
        close_after_loading(target, tables, guarded)
    return Moved(rows)


def _copy(table: str) -> int:
    names = columns(table)
    converts = [_conversion(table, name) for name in names]
    listed = ", ".join(f'"{name}"' for name in names)
    count = 0
    with connections[TARGET].cursor() as out:
        with out.copy(f"COPY {table_and_columns(table, TARGET)} FROM STDIN") as write:
            for row in _rows(f'SELECT {listed} FROM "{table}"'):
                write.write_row([convert(value) for convert, value in zip(converts, row, strict=True)])
                count += 1
        out.execute(f'SELECT count(*) FROM "{table}"')
        there = out.fetchone()[0]
    if there != count:
        raise RuntimeError(f"{table}: {count} rows were read and {there} arrived")
    return count


def _rows(statement: str) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        while many := cursor.fetchmany(AT_ONCE):
            yield from many


def _conversion(table: str, column: str) -> Convert:
    """From what SQLite keeps to what PostgreSQL's column takes, by the kind of the model's field."""
    field = _fields().get((table, column))
    if isinstance(field, models.DateTimeField):
        return lambda value: value if value is None else _aware(value)
    if isinstance(field, models.BooleanField):
        return lambda value: value if value is None else bool(value)
    if isinstance(field, models.JSONField):
        return lambda value: value if value is None else json.dumps(json.loads(value))
    return lambda value: value


def _aware(value: Any) -> str:
    """SQLite keeps times in UTC without saying so."""
    text = str(value)
    return text if text.endswith("+00:00") else f"{text}+00:00"


def _fields() -> "dict[tuple[str, str], models.Field[Any, Any]]":
    found = apps.get_models(include_auto_created=True)
    return {(model._meta.db_table, f.column or ""): f for model in found for f in model._meta.concrete_fields}


def remember(url: str) -> Path:
    """Write the new database into the data folder's settings, and put the old file out of the way."""
    config = Path(settings.GIVEN.data) / CONFIG
    lines = config.read_text(encoding="utf-8").splitlines() if config.is_file() else []
    kept = [line for line in lines if not line.replace(" ", "").startswith("database=")]
    config.touch(mode=0o600)
    config.chmod(0o600)  # the address may hold a password
    config.write_text("\n".join([f"database = {json.dumps(url)}", *kept]) + "\n", encoding="utf-8")
    old = Path(str(connection.settings_dict["NAME"]))
    connection.close()
    return old.replace(old.with_suffix(".moved.sqlite3"))
