"""The tables that hold data, as the database has them, and how to fill them all at once."""

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


def data_tables(using: str = "default") -> list[str]:
    """Every table whose rows a backup holds, by name. What SQLite notes about its tables for itself is not of them."""
    names = set(connections[using].introspection.table_names()) - {"django_migrations"}
    return sorted(name for name in names if not name.startswith("sqlite_"))


def columns(table: str, using: str = "default") -> list[str]:
    connection = connections[using]
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
    return sorted(column.name for column in described)


def table_and_columns(table: str, using: str = "default") -> str:
    """``"table" ("a", "b")``: named columns, so that their order in the table does not matter."""
    names = ", ".join(f'"{name}"' for name in columns(table, using))
    return f'"{table}" ({names})'


def open_for_loading(connection: BaseDatabaseWrapper, tables: list[str]) -> None:
    """On PostgreSQL: empty the tables of what migrations put there, and let rows of any company come in any order.

    Within the caller's transaction, on a database that holds nothing but what migrations made.
    """
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
            cursor.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
        for table in tables:
            cursor.execute(f'DELETE FROM "{table}"')
        # Settle the references now: a table with checks still to come may not be altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def close_after_loading(connection: BaseDatabaseWrapper, tables: list[str], guarded: set[str]) -> None:
    """Put the guards up again, and let numbering go on after the highest number that was loaded."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            for column in _numbered_columns(connection, table):
                highest = f'max("{column}")'
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence(%s, %s), greatest({highest}, 1), {highest} IS NOT NULL) "
                    f'FROM "{table}"',
                    [f'"{table}"', column],
                )
            # Only now: whoever has entered no company sees no row, and none would have a highest number.
            cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
            if table in guarded:
                cursor.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')


def _numbered_columns(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns "
            "WHERE table_schema = current_schema() AND table_name = %s AND is_identity = 'YES'",
            [table],
        )
        return [name for (name,) in cursor.fetchall()]
