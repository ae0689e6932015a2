"""A database of a test's own, with what is really committed: a copy of one that was migrated once."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[3]


def django(database: str, *arguments: str) -> str:
    """What Django's command line prints, run on ``database``. Fails with what it complained of."""
    return run(database, [sys.executable, "-m", "django", *arguments])


def run(database: str, command: list[str]) -> str:
    environment = {
        **os.environ,
        "HUOKU_DATABASE": database,
        "HUOKU_SECRET_KEY": "only for tests",
        "DJANGO_SETTINGS_MODULE": "huoku.server.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="session")
def fresh_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], str]]:
    """Call it for the URL of a new empty database."""
    given = os.environ.get("HUOKU_DATABASE", "")
    yield from _postgresql(given) if given.startswith("postgres") else _sqlite(tmp_path_factory.mktemp("template"))


def _sqlite(folder: Path) -> Iterator[Callable[[], str]]:
    template = folder / "template.sqlite3"
    django(f"sqlite:///{template}", "migrate", "--verbosity=0")
    copies = iter(range(1000))

    def copy() -> str:
        file = folder / f"copy{next(copies)}.sqlite3"
        shutil.copy(template, file)
        return f"sqlite:///{file}"

    yield copy
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
            connection.execute(f'DROP DATABASE "{database}" WITH (FORCE)')
