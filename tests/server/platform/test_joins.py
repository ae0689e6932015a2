"""A list that names what its rows refer to takes the wanted rows first, however many tables the names are of."""

import pytest
from django.db import connection

NAMED = 9
"""So many other tables: one more than PostgreSQL by itself looks at together."""


@pytest.mark.postgres_only
@pytest.mark.django_db
def test_postgresql_finds_the_few_wanted_rows_before_it_joins_the_names_of_all():
    joins = "".join(f" JOIN named_{each} ON named_{each}.id = moved.of_{each}" for each in range(NAMED))
    columns = "".join(f", id AS of_{each}" for each in range(NAMED))
    with connection.cursor() as cursor:
        for each in range(NAMED):
            cursor.execute(f"CREATE TEMP TABLE named_{each} AS SELECT generate_series(1, 3000) AS id")
            cursor.execute(f"ALTER TABLE named_{each} ADD PRIMARY KEY (id)")
            cursor.execute(f"ANALYZE named_{each}")
        cursor.execute(f"CREATE TEMP TABLE moved AS SELECT id{columns} FROM generate_series(1, 3000) AS id")
        cursor.execute("ALTER TABLE moved ADD PRIMARY KEY (id)")
        cursor.execute("ANALYZE moved")
        wanted = "SELECT id FROM moved WHERE id % 100 = 7 ORDER BY id LIMIT 21"
        cursor.execute(f"EXPLAIN SELECT * FROM moved{joins} WHERE moved.id IN ({wanted})")
        told = [line for (line,) in cursor.fetchall()]
    joined = [line for line in told if "Join " in line or "Nested Loop" in line]
    assert len(joined) > NAMED and not [line for line in joined if "rows=3000 " in line], told
