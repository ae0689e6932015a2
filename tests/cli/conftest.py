"""A small factory in a folder, and the command as a process of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Huoku = Callable[..., "subprocess.CompletedProcess[str]"]

SOUND = {
    "factory.toml": 'today = "2026-11-23"\n',
    "items.csv": "item,name,kind,price\nKETTLE,电水壶,make,80\nBODY,壶身,buy,\n",
    "bom.csv": "parent,component,qty\nKETTLE,BODY,1\n",
    "sources.csv": "item,supplier,moq,multiple,lead_time_days,price\nBODY,A,500,100,10,10\n",
    "demands.csv": "demand,item,qty,due\nSO-1,KETTLE,500,2027-01-15\n",
    "history.csv": "item,date,qty\n" + "".join(f"BODY,2026-{month:02d}-10,500\n" for month in range(1, 11)),
}


def write_tables(folder: Path, tables: dict[str, str]) -> Path:
    folder.mkdir()
    for name, text in tables.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def factory(tmp_path: Path) -> Path:
    """One order of 500 kettles, due in good time; one supplier, whose MOQ is 500. Nothing is late or doubtful."""
    return write_tables(tmp_path / "factory", SOUND)


@pytest.fixture
def late_factory(tmp_path: Path) -> Path:
    """The same, but the order is due in three days, and the bodies take ten."""
    late = {**SOUND, "demands.csv": "demand,item,qty,due\nSO-1,KETTLE,500,2026-11-26\n"}
    return write_tables(tmp_path / "late", late)


@pytest.fixture
def broken_factory(tmp_path: Path) -> Path:
    """An order for an unknown item on a day that does not exist."""
    broken = {**SOUND, "demands.csv": "demand,item,qty,due\nSO-1,KETTEL,500,2027-02-30\n"}
    return write_tables(tmp_path / "broken", broken)


@pytest.fixture
def huoku(root: Path) -> Huoku:
    """Run ``huoku`` as a process, in English unless the arguments say otherwise."""

    def run(*arguments: object, **environment: str) -> "subprocess.CompletedProcess[str]":
        inherited = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", "LC_MESSAGES")}
        set_up = {**inherited, "LANG": "C.UTF-8", "PYTHONPATH": str(root / "src"), **environment}
        command = [sys.executable, "-m", "huoku", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=set_up, timeout=120)

    return run
