"""What the database itself refuses, whatever the program does. Put up anew after each migration.

- No row refers to a row of another company (a trigger on every foreign key between two companies' tables).
- Rows of append-only tables are never changed or deleted.
- On PostgreSQL a session sees the rows of the company that it entered, and none before it entered one.

A table says it is append-only by ``append_only = True`` in its model.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connections, models, transaction

from huoku.server.platform.scope import Scoped


@dataclass(frozen=True, slots=True)
class Guard:
    """A trigger of one table: its name, and the statements that make it."""

    name: str
    table: str
    statements: tuple[str, ...]


def put_up_guards(app_config: Any, using: str, **_: Any) -> None:
    """After ``migrate`` of the last app: remove the guards that are there and put up those that the models ask for."""
    if app_config.label != last_app() or not tables_are_there(using):
        return
    connection = connections[using]
    is_postgresql = connection.vendor == "postgresql"
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for name, table in guards_there(using):
            cursor.execute(f'DROP TRIGGER "{name}"' + (f' ON "{table}"' if is_postgresql else ""))
        if is_postgresql:
            cursor.execute(_APPEND_ONLY)
            for statement in _row_security():
                cursor.execute(statement)
        for guard in guards_wanted(connection.vendor):
            for statement in guard.statements:
                cursor.execute(statement)


def take_down_guards(app_config: Any, using: str, plan: Sequence[Any] = (), **_: Any) -> None:
    """Before a migration on SQLite, which remakes a table to change it: no trigger may name one that is not there.

    Where the migration dies, the next start finds guards missing and the upgrade puts them up.
    """
    connection = connections[using]
    if connection.vendor != "sqlite" or not plan:
        return
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for name, _table in guards_there(using):
            cursor.execute(f'DROP TRIGGER "{name}"')


def guards_wanted(vendor: str) -> list[Guard]:
    return list(_postgresql() if vendor == "postgresql" else _sqlite())


def guards_there(using: str = "default") -> set[tuple[str, str]]:
    """Name and table of each guard that the database has, switched on or not."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(_THERE_POSTGRESQL if connection.vendor == "postgresql" else _THERE_SQLITE)
        return {(str(name), str(table)) for name, table, _ in cursor.fetchall()}


def missing_guards(using: str = "default") -> list[str]:
    """Guards that the models ask for and the database lacks or has switched off."""
    with connections[using].cursor() as cursor:
        cursor.execute(_THERE_POSTGRESQL if connections[using].vendor == "postgresql" else _THERE_SQLITE)
        there = {name for name, _, is_on in cursor.fetchall() if is_on}
    return sorted(guard.name for guard in guards_wanted(connections[using].vendor) if guard.name not in there)


_THERE_SQLITE = (
    "SELECT name, tbl_name, 1 FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard\\_%' ESCAPE '\\'"
)
_THERE_POSTGRESQL = (
    "SELECT tgname, relname, tgenabled <> 'D' FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
    "WHERE tgname LIKE 'guard\\_%' AND NOT tgisinternal"
)


def last_app() -> str:
    """Guards of one app look at tables of others, so they wait until all are made."""
    return [config.label for config in apps.get_app_configs() if config.models_module is not None][-1]


def tables_are_there(using: str) -> bool:
    there = set(connections[using].introspection.table_names())
    return all(model._meta.db_table in there for model in scoped_models())


def scoped_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if issubclass(model, Scoped) and model._meta.managed]


def append_only_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if getattr(model, "append_only", False)]


def references(model: type[models.Model]) -> Iterator[tuple[str, str, str]]:
    """Column, table and key of each reference from ``model`` to a table whose rows belong to companies."""
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and issubclass(field.related_model, Scoped):
            target = field.related_model._meta
            yield field.column, target.db_table, str(field.target_field.column)


def _sqlite() -> Iterator[Guard]:
    for model in scoped_models():
        table = model._meta.db_table
        for column, target, key in references(model):
            stranger = (
                f'NEW."{column}" IS NOT NULL AND '
                f'(SELECT company_id FROM "{target}" WHERE "{key}" = NEW."{column}") IS NOT NEW.company_id'
            )
            for event in ("INSERT", f'UPDATE OF "{column}", company_id'):
                name = f"guard_{table}_{column}_{event[:6].lower()}"
                made = (
                    f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" FOR EACH ROW WHEN {stranger} '
                    f"BEGIN SELECT RAISE(ABORT, '{table}.{column} refers to another company'); END"
                )
                yield Guard(name, table, (made,))
    for model in append_only_models():
        table = model._meta.db_table
        for event in ("UPDATE", "DELETE"):
            name = f"guard_{table}_{event.lower()}"
            made = (
                f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" '
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
            yield Guard(name, table, (made,))


def _postgresql() -> Iterator[Guard]:
    for model in scoped_models():
        table = model._meta.db_table
        if strangers := list(references(model)):
            columns = ", ".join(f'"{column}"' for column, _, _ in strangers)
            name = f"guard_{table}_company"
            made = (
                f'CREATE TRIGGER "{name}" BEFORE INSERT OR UPDATE OF {columns}, company_id ON "{table}" '
                f'FOR EACH ROW EXECUTE FUNCTION "{name}"()'
            )
            yield Guard(name, table, (_same_company_function(name, table, strangers), made))
    for model in append_only_models():
        table = model._meta.db_table
        name = f"guard_{table}_append_only"
        made = (
            f'CREATE TRIGGER "{name}" BEFORE UPDATE OR DELETE OR TRUNCATE ON "{table}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION guard_append_only()"
        )
        yield Guard(name, table, (made,))


_APPEND_ONLY = (
    "CREATE OR REPLACE FUNCTION guard_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23514'; END$$"
)


def _row_security() -> Iterator[str]:
    for model in scoped_models():
        table = model._meta.db_table
        yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'
        # FORCE, because the tables' owner is who the server connects as.
        yield f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY'
        yield f'DROP POLICY IF EXISTS own_company ON "{table}"'
        yield f'CREATE POLICY own_company ON "{table}" USING ({_ENTERED})'


_ENTERED = (
    "company_id = (SELECT nullif(nullif(current_setting('huoku.company', true), '*'), '')::bigint) "
    "OR (SELECT current_setting('huoku.company', true)) = '*'"
)
"""Asked once for a question, not for each row; and of a plain column PostgreSQL knows how many rows it will find, where
of a text made of it, it thinks of one row in two hundred and joins large tables as if they were small."""


def _same_company_function(name: str, table: str, strangers: list[tuple[str, str, str]]) -> str:
    checks = " ".join(
        f'IF NEW."{column}" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "{target}" WHERE "{key}" = NEW."{column}" '
        f"AND company_id = NEW.company_id) THEN RAISE EXCEPTION '{table}.{column} refers to another company' "
        "USING ERRCODE = '23503'; END IF;"
        for column, target, key in strangers
    )
    return (
        f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN {checks} RETURN NEW; END$$'
    )
