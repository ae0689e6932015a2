"""A database of a test's own, with what is really committed: a copy of one that was migrated once."""

import os
import shutil
from collections.abc import Callable, Iterator
from uuid import uuid4

import psycopg
import pytest
from tests.server.migrated import copy_migrated, django

ENDS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = %s AND usename = current_user AND backend_type = 'client backend'"
)


@pytest.fixture(scope="session")
def fresh_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], str]]:
    """Call it for the URL of a new empty database."""
    given = os.environ.get("HUOKU_DATABASE", "")
    yield from _postgresql(given) if given.startswith("postgres") else _sqlite(tmp_path_factory)


def _sqlite(factory: pytest.TempPathFactory) -> Iterator[Callable[[], str]]:
    folder = factory.mktemp("databases")
    copies = iter(range(1000))
    yield lambda: f"sqlite:///{copy_migrated(folder / f'copy{next(copies)}.sqlite3', factory)}"
    shutil.rmtree(folder)


def _postgresql(given: str) -> Iterator[Callable[[], str]]:
    address, _, query = given.partition("?")
    server, _, name = address.rpartition("/")
    made: list[str] = []

    def create(database: str, template: str) -> str:
        with psycopg.connect(f"{server}/postgres?{query}", autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{database}"')
            connection.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        made.append(database)
        return f"{server}/{database}?{query}"

    mine = uuid4().hex[:8]  # more than one folder of tests has such databases, in one process too
    template = f"{name}_template_{mine}"
    django(create(template, "template0"), "migrate", "--verbosity=0")
    yield lambda: create(f"{name}_copy{len(made)}_{mine}", template)
    with psycopg.connect(f"{server}/postgres?{query}", autocommit=True) as connection:
        for database in made:
            # Not WITH (FORCE): that would end PostgreSQL's own housekeeping too, which it may not.
            connection.execute(ENDS, [database])
            connection.execute(f'DROP DATABASE "{database}"')
