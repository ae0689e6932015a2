"""How full the tables are: what the database chooses its indexes by. PostgreSQL gathers it by itself, SQLite never.

Without it SQLite takes an index that begins with the company for a good one, though all rows are the company's, and
reads a table of 100,000 rows to find a hundred by their ids.
"""

from django.db import connection, transaction

LOOKED_AT = 1_000
"""So many rows of each index: it takes milliseconds, however large the table."""


def renew() -> None:
    if connection.vendor != "sqlite":
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit={LOOKED_AT}")
        cursor.execute("ANALYZE")
