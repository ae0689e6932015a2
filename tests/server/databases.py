"""On which database the tests of the server run: the one that ``HUOKU_DATABASE`` names, SQLite where it names none.

A test for one of the two carries the mark ``sqlite_only`` or ``postgres_only``. ``postgres.py`` provides a PostgreSQL;
``run.py test`` runs all on SQLite and then ``tests/server`` on PostgreSQL.
"""

import pytest
from django.conf import settings
from django.db import connection


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite in a file, as in production: what lives in memory has no second connection and no lock."""
    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "huoku.sqlite3"
        settings.DATABASES["default"]["TEST"]["NAME"] = str(file)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is meant for the other database."""
    meant_for_other = "postgres_only" if connection.vendor == "sqlite" else "sqlite_only"
    left_out = [item for item in items if item.get_closest_marker(meant_for_other)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
