"""A change worked into a saved plan on the command line: what it moves is told, what comes of it is saved."""

import json
from pathlib import Path

import pytest

from huoku.cli import main

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def plan(factory: Path, tmp_path: Path, capsys: Capture) -> Path:
    assert main(["plan", str(factory), "-o", str(tmp_path / "plan"), "--lang", "en"]) == 0
    capsys.readouterr()
    return tmp_path / "plan"


NEW = "demands:demand=SO-2,item=KETTLE,qty=200,due=2027-01-20"


def test_a_new_order_is_worked_in_and_saved(plan: Path, tmp_path: Path, capsys: Capture) -> None:
    """200 more kettles take 200 more bodies, which come by the hundred above 500."""
    out = tmp_path / "now"
    assert main(["replan", str(plan), "--add", NEW, "-o", str(out), "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert "SO-2  new" in told
    assert told.endswith(f"The plan is saved in {out}\n")
    assert main(["compare", str(plan), str(out), "--json"]) == 0
    compared = json.loads(capsys.readouterr().out)
    assert main(["replan", str(plan), "--add", NEW, "-o", str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {**compared, "plan": str(out)}


def test_change_after_change_in_place(plan: Path, capsys: Capture) -> None:
    """The second change finds what the first one left. Without SO-2 again the plan is what it was; sales are less."""
    orders = (plan / "orders.csv").read_text("utf-8")
    assert main(["replan", str(plan), "--add", NEW, "-o", str(plan)]) == 0
    assert (plan / "orders.csv").read_text("utf-8") != orders
    assert main(["replan", str(plan), "--remove", "demands.SO-2", "-o", str(plan)]) == 1
    rows = [line.split(",")[:8] for line in (plan / "orders.csv").read_text("utf-8").splitlines()]
    assert rows == [line.split(",")[:8] for line in orders.splitlines()]
    capsys.readouterr()
    assert main(["quote", str(plan), "KETTLE", "10", "2027-02-01", "--json"]) == 0


def test_without_a_folder_the_change_is_told_and_nothing_is_saved(plan: Path, capsys: Capture) -> None:
    before = sorted((path, path.read_bytes()) for path in plan.rglob("*") if path.is_file())
    assert main(["replan", str(plan), "--set", "demands.SO-1.due=2026-11-26", "--lang", "zh"]) == 1
    assert capsys.readouterr().out.startswith("变差：")
    assert sorted((path, path.read_bytes()) for path in plan.rglob("*") if path.is_file()) == before


def test_the_factory_may_be_read_again(plan: Path, factory: Path, capsys: Capture) -> None:
    (factory / "demands.csv").write_text("demand,item,qty,due\nSO-1,KETTLE,600,2027-01-15\n", encoding="utf-8")
    assert main(["replan", str(plan), "--factory", str(factory), "--lang", "en"]) == 0
    assert "500 → 600" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "nothing is said to have changed"),
        (["--add", "demands"], "write TABLE:COLUMN=VALUE"),
        (["--add", "demands:demand"], "write TABLE:COLUMN=VALUE"),
        (["--add", "demands:demnd=SO-2"], "demand?"),
        (["--remove", "demands.SO-7"], "near: SO-1"),
        (["--remove", "demands"], "demands.KEY"),
    ],
)
def test_wrong_usage_is_named(plan: Path, arguments: list[str], words: str, capsys: Capture) -> None:
    try:
        code = main(["replan", str(plan), *arguments, "--lang", "en"])
    except SystemExit as ended:  # what the parser of arguments refuses
        code = int(ended.code or 0)
    assert code == 2
    assert words in capsys.readouterr().err


def test_a_comma_in_a_value_stands_in_double_quotes(plan: Path, tmp_path: Path, capsys: Capture) -> None:
    row = f'{NEW},"customer=Kettles, Ltd."'
    assert main(["replan", str(plan), "--add", row, "-o", str(tmp_path / "now")]) == 0
    assert main(["replan", str(tmp_path / "now"), "--set", "demands.SO-2.customer=Ltd.", "--lang", "en"]) == 0
    assert capsys.readouterr().out.endswith("The plans do not differ.\n")


def test_rows_may_come_and_go_in_a_plan_made_anew(factory: Path, tmp_path: Path) -> None:
    arguments = ["--add", NEW.replace("200", "500"), "--remove", "demands.SO-1"]
    assert main(["plan", str(factory), "-o", str(tmp_path / "plan"), *arguments]) == 0
    promises = (tmp_path / "plan" / "promises.csv").read_text("utf-8").splitlines()
    assert [line.split(",")[:2] for line in promises[1:]] == [["SO-2", "500.0"]]
