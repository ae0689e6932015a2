"""An empty server's tables are made at once, and are those that Django would make step by step."""

import re
import sqlite3
import sys
from contextlib import closing

import pytest
from tests.server.migrated import django, run

STEP_BY_STEP = """
import django
django.setup()
from django.core.management import call_command
from huoku.server.platform.first_tables import FirstTables
del FirstTables.apply
call_command("migrate", verbosity=0)
"""


def firsts():
    """The first migration of each of our apps."""
    from django.apps import apps
    from django.db.migrations.loader import MigrationLoader

    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("huoku.")}
    return [
        migration
        for key, migration in MigrationLoader(None).disk_migrations.items()
        if key[0] in ours and key[1].startswith("0001")
    ]


def test_the_first_migration_of_each_app_makes_its_tables_at_once():
    from huoku.server.platform.first_tables import FirstTables

    assert len(firsts()) > 5 and all(isinstance(migration, FirstTables) for migration in firsts())


def test_a_migration_that_makes_first_tables_does_nothing_else():
    done = {type(operation).__name__ for migration in firsts() for operation in migration.operations}
    assert done <= {"CreateModel", "AddField", "AddIndex", "AddConstraint"}


def made(file):
    """Kind, name and text of all that the database has, whatever the order of a table's columns."""
    with closing(sqlite3.connect(file)) as database:
        rows = database.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    return {(kind, name): sorted(re.split(r", |\)$", sql or "")) for kind, name, sql in rows}


@pytest.mark.stress
@pytest.mark.sqlite_only
def test_they_are_what_django_makes_step_by_step(tmp_path):
    files = tmp_path / "at_once.sqlite3", tmp_path / "step_by_step.sqlite3"
    django(f"sqlite:///{files[0]}", "migrate", "--verbosity=0")
    run(f"sqlite:///{files[1]}", [sys.executable, "-c", STEP_BY_STEP])
    assert made(files[0]) == made(files[1])
