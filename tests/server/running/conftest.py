"""A server as a user founds it: by the command, in a folder, in processes of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Huoku = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def plain_environment(root: Path) -> dict[str, str]:
    """The environment of a process that nobody has set anything for."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HUOKU_", "DJANGO_", "LC_"))}
    return {**kept, "LANG": "C.UTF-8", "PYTHONPATH": str(root / "src")}


@pytest.fixture(scope="session")
def huoku(plain_environment: dict[str, str]) -> Huoku:
    """Run ``huoku`` as a process of its own, in English."""

    def run(*arguments: object, **more: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "huoku", *map(str, arguments)]
        environment = {**plain_environment, **more}
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, timeout=120)

    return run


@pytest.fixture(scope="session")
def founded(huoku: Huoku, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a server with one company and one owner. Tests read it and leave it as it is."""
    data = tmp_path_factory.mktemp("server") / "data"
    done = huoku("init", data, "--company", "HUO", "--owner", "wang")
    assert done.returncode == 0, done.stderr
    return data


@pytest.fixture(scope="session")
def saved(huoku: Huoku, founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of it, with one file beside the database."""
    (founded / "files").mkdir()
    (founded / "files" / "图纸.txt").write_text("M6×20", encoding="utf-8")
    backup = tmp_path_factory.mktemp("backup") / "huoku.zip"
    done = huoku("backup", backup, "--data", founded)
    assert done.returncode == 0, done.stderr
    return backup
