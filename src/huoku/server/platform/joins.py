"""How far PostgreSQL looks for a good order in which to join tables.

By itself it keeps the order of the statement from the ninth table on. Lists name what a row refers to from seven other
tables and more, and which rows are wanted stands last: so it would put together the names of every movement there ever
was, and only then take the twenty of one lot.
"""

from typing import Any

MOST_TABLES = 16
"""Beyond eleven it looks for a good order rather than for the best, so that looking stays quick."""


def look_further(connection: Any, **_: Any) -> None:
    """On each new connection."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('join_collapse_limit', %s, false), set_config('from_collapse_limit', %s, false)",
                [str(MOST_TABLES)] * 2,
            )
