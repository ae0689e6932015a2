"""A database as the first migrations made it, with stock in it, comes up to this program with nothing lost.

``first-migrations.zip`` is a backup that the program of that time wrote: two items in lots and pieces, received,
issued, moved, kept, released, counted and valued, under seals.
"""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only]
FIRST = Path(__file__).with_name("first-migrations.zip")
KEPT = (
    "ledger_movement",
    "ledger_balance",
    "ledger_reservation",
    "ledger_count",
    "platform_auditentry",
    "platform_seal",
)


@pytest.fixture
def old(tmp_path):
    """The data folder of a server of that time."""
    data = tmp_path / "data"
    with ZipFile(FIRST) as archive:
        archive.extract("database.sqlite3", data)
    (data / "database.sqlite3").rename(data / "huoku.sqlite3")
    (data / "secret.key").write_text("a key of that time, long enough for anybody", encoding="ascii")
    return data


def contents(data):
    """What may not change: all that was recorded, row for row."""
    with closing(sqlite3.connect(data / "huoku.sqlite3")) as database:
        return {table: database.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in KEPT}


def is_sound(huoku, data):
    done = huoku("doctor", "--data", data, "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert huoku("upgrade", "--check", "--data", data).returncode == 0


def test_the_first_database_is_brought_up_to_date_and_holds_what_it_held(huoku, old):
    before = contents(old)
    assert len(before["ledger_movement"]) == 22 and huoku("upgrade", "--check", "--data", old).returncode == 1
    done = huoku("upgrade", "--data", old)
    assert done.returncode == 0, done.stdout + done.stderr
    assert contents(old) == before and list((old / "backups").glob("before-upgrade-*.zip"))
    is_sound(huoku, old)


def test_an_upgrade_that_was_broken_off_goes_on_where_it_stopped(huoku, old, plain_environment):
    before = contents(old)
    only_the_platform = [sys.executable, "-m", "django", "migrate", "platform", "--verbosity=0"]
    environment = {**plain_environment, "HUOKU_DATA": str(old), "DJANGO_SETTINGS_MODULE": "huoku.server.settings"}
    subprocess.run(only_the_platform, env=environment, check=True, capture_output=True, timeout=120)
    assert huoku("upgrade", "--data", old).returncode == 0
    assert contents(old) == before
    is_sound(huoku, old)


def test_a_backup_of_that_time_is_restored_into_the_program_of_today(huoku, tmp_path):
    done = huoku("restore", FIRST, "--data", tmp_path / "new", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)
    is_sound(huoku, tmp_path / "new")
