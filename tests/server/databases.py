"""The server as its tests find it: set up, on the database that ``HUOKU_DATABASE`` names, or else on SQLite.

A test meant for one of the two carries the mark ``sqlite_only`` or ``postgres_only``. ``postgres.py`` provides a
PostgreSQL; ``run.py test`` runs all tests on SQLite and then, on PostgreSQL, those of ``tests/server`` that another
database can make different: the rooms whose work is the database's (``ledger``, ``platform``), the stories of every
other room (files with ``story`` in their names), and what ``DIFFERENT`` names. The rest carries the mark
``either_database`` there; --stress runs it too, and so does whoever names tests.

Django is set up here, and not by pytest for all tests: those of the library do without, and start a second sooner.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from django.conf import settings
from django.db import connection, connections
from pytest_django import DjangoDbBlocker

from .migrated import copy_migrated

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huoku.server.settings")
os.environ.setdefault("HUOKU_SECRET_KEY", "only for tests")
django.setup()

HERE = Path(__file__).parent
DIFFERENT = (
    "account/test_sign_in.py",  # counts that many workers share
    "api/test_conventions.py",  # filters, sorting and paging become statements
    "api/test_finding.py",  # rows are found by other plans
    "api/test_later.py",  # jobs are taken by one worker each
    "api/test_who_may.py",  # rows hide from other companies
    "items/test_boms.py",
    "office",  # every list of every table
    "partners",
    "planning/test_proposals.py",
    "production/test_materials.py",
    "running/test_accounts.py",
    "running/test_together.py",  # two servers and a worker: their locks, and who takes a job
    "sales/test_shipping.py",
)
"""Files and rooms, besides those of the ledger and the platform and the stories of all."""


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
        file = copy_migrated(tmp_path_factory.mktemp("database") / "huoku.sqlite3", tmp_path_factory)
        settings.DATABASES["default"]["TEST"]["NAME"] = str(file)


@pytest.fixture(scope="session")
def django_db_keepdb() -> Iterator[bool]:
    """Is the database there already, with all its tables?"""
    yield connection.vendor == "sqlite"
    connections.close_all()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is meant for the other database; mark what PostgreSQL cannot make different."""
    other = "postgres_only" if connection.vendor == "sqlite" else "sqlite_only"
    left_out = [item for item in items if item.get_closest_marker(other)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    if connection.vendor != "sqlite":
        for item in items:
            if not item.get_closest_marker("postgres_only") and not may_differ(item.path):
                item.add_marker("either_database")


def may_differ(file: Path) -> bool:
    """Can PostgreSQL make the tests of this file come out otherwise than SQLite?"""
    inside = os.path.relpath(file, HERE).replace(os.sep, "/")
    return "story" in file.name or inside.startswith(("..", "ledger/", "platform/", *DIFFERENT))
