"""What the database itself refuses, whatever the program does. Put up anew after each migration.

- No row refers to a row of another company (a trigger on every foreign key between two companies' tables).
- Rows of append-only tables are never changed or deleted.
- On PostgreSQL a session sees the rows of the company that it entered, and none before it entered one.

A table says it is append-only by ``append_only = True`` in its model.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from huoku.server.platform.scope import Scoped


def put_up_guards(app_config: Any, using: str, **_: Any) -> None:
    """After ``migrate`` of the last app: remove the guards that are there and put up those that the models ask for."""
    if app_config.label != last_app() or not tables_are_there(using):
        return
    connection = connections[using]
    statements = _postgresql(connection) if connection.vendor == "postgresql" else _sqlite(connection)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


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


def _sqlite(connection: BaseDatabaseWrapper) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard\\_%' ESCAPE '\\'")
        for (name,) in cursor.fetchall():
            yield f'DROP TRIGGER "{name}"'
    for model in scoped_models():
        table = model._meta.db_table
        for column, target, key in references(model):
            stranger = (
                f'NEW."{column}" IS NOT NULL AND '
                f'(SELECT company_id FROM "{target}" WHERE "{key}" = NEW."{column}") IS NOT NEW.company_id'
            )
            for event in ("INSERT", f'UPDATE OF "{column}", company_id'):
                yield (
                    f'CREATE TRIGGER "guard_{table}_{column}_{event[:6].lower()}" BEFORE {event} ON "{table}" '
                    f"FOR EACH ROW WHEN {stranger} "
                    f"BEGIN SELECT RAISE(ABORT, '{table}.{column} refers to another company'); END"
                )
    for model in append_only_models():
        table = model._meta.db_table
        for event in ("UPDATE", "DELETE"):
            yield (
                f'CREATE TRIGGER "guard_{table}_{event.lower()}" BEFORE {event} ON "{table}" '
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def _postgresql(connection: BaseDatabaseWrapper) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'guard\\_%' AND NOT tgisinternal"
        )
        for name, table in cursor.fetchall():
            yield f'DROP TRIGGER "{name}" ON {table}'
    yield (
        "CREATE OR REPLACE FUNCTION guard_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23514'; END$$"
    )
    for model in scoped_models():
        table = model._meta.db_table
        if strangers := list(references(model)):
            columns = ", ".join(f'"{column}"' for column, _, _ in strangers)
            yield _same_company_function(table, strangers)
            yield (
                f'CREATE TRIGGER "guard_{table}_company" BEFORE INSERT OR UPDATE OF {columns}, company_id ON "{table}" '
                f'FOR EACH ROW EXECUTE FUNCTION "guard_{table}_company"()'
            )
        # FORCE, because the tables' owner is who the server connects as.
        yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'
        yield f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY'
        yield f'DROP POLICY IF EXISTS own_company ON "{table}"'
        yield (
            f'CREATE POLICY own_company ON "{table}" USING '
            "(current_setting('huoku.company', true) IN (company_id::text, '*'))"
        )
    for model in append_only_models():
        table = model._meta.db_table
        yield (
            f'CREATE TRIGGER "guard_{table}_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "{table}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION guard_append_only()"
        )


def _same_company_function(table: str, strangers: list[tuple[str, str, str]]) -> str:
    checks = " ".join(
        f'IF NEW."{column}" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "{target}" WHERE "{key}" = NEW."{column}" '
        f"AND company_id = NEW.company_id) THEN RAISE EXCEPTION '{table}.{column} refers to another company' "
        "USING ERRCODE = '23503'; END IF;"
        for column, target, key in strangers
    )
    return (
        f'CREATE OR REPLACE FUNCTION "guard_{table}_company"() RETURNS trigger LANGUAGE plpgsql AS '
        f"$${'BEGIN'} {checks} RETURN NEW; END$$"
    )
