"""The server as its tests find it: set up, on the database that ``HUOKU_DATABASE`` names, or else on SQLite.

A test meant for one of the two carries the mark ``sqlite_only`` or ``postgres_only``. ``postgres.py`` provides a
PostgreSQL; ``run.py test`` runs all tests on SQLite and then ``tests/server`` on PostgreSQL.

Django is set up here, and not by pytest for all tests: those of the library do without, and start a second sooner.
"""

import os
from collections.abc import Iterator

import django
import pytest
from django.conf import settings
from django.db import connection
from pytest_django import DjangoDbBlocker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huoku.server.settings")
os.environ.setdefault("HUOKU_SECRET_KEY", "only for tests")
django.setup()


@pytest.fixture(scope="session", autouse=True)
def no_database_unasked(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A test that has not asked for a database finds none."""
    django_db_blocker.block()
    yield
    django_db_blocker.restore()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite in a file, as in production: what lives in memory has no second connection and no lock."""
    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "huoku.sqlite3"
        settings.DATABASES["default"]["TEST"]["NAME"] = str(file)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is meant for the other database."""
    other = "postgres_only" if connection.vendor == "sqlite" else "sqlite_only"
    left_out = [item for item in items if item.get_closest_marker(other)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
