"""A SQLite database with all tables and nothing in them: made once for all processes of a run, and copied.

To make the tables takes longer than most tests, and many want a database of their own.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(database: str, command: list[str]) -> str:
    """What a command prints, run on ``database``. Fails with what it complained of."""
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


def django(database: str, *arguments: str) -> str:
    """What Django's command line prints, run on ``database``."""
    return run(database, [sys.executable, "-m", "django", *arguments])


def copy_migrated(to: Path, factory: pytest.TempPathFactory) -> Path:
    """Put a copy there, in a folder that is made where it is missing; returns ``to``."""
    base = factory.getbasetemp()
    # Each worker of a run has a folder of its own below that of the run.
    folder = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    made = folder / "migrated.sqlite3"
    with (folder / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            begun = folder / "migrating.sqlite3"
            django(f"sqlite:///{begun}", "migrate", "--verbosity=0")
            begun.rename(made)
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(made, to)
    return to
