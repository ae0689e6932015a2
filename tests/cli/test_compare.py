"""Two plans beside each other on the command line, and --set: what if, without touching a file."""

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


def test_the_same_plan_twice_does_not_differ(plan: Path, capsys: Capture) -> None:
    assert main(["compare", str(plan), str(plan), "--lang", "en"]) == 0
    assert capsys.readouterr().out == "The plans do not differ.\n"


def test_an_order_of_another_size_is_compared_without_touching_a_file(plan: Path, capsys: Capture) -> None:
    """600 kettles instead of 500: 1,000.00 more for bodies."""
    before = sorted((path, path.read_bytes()) for path in plan.rglob("*") if path.is_file())
    assert main(["compare", str(plan), "--set", "demands.SO-1.qty=600", "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("Nothing is worse.\n")
    assert "500 → 600" in told and "+1,000.00" in told
    assert sorted((path, path.read_bytes()) for path in plan.rglob("*") if path.is_file()) == before


def test_what_is_worse_ends_with_1_and_is_marked(plan: Path, capsys: Capture) -> None:
    """Due in three days, bodies in ten."""
    assert main(["compare", str(plan), "--set", "demands.SO-1.due=2026-11-26", "--lang", "zh"]) == 1
    told = capsys.readouterr().out
    assert told.startswith("变差：承诺 1 个；")
    assert "◀ 变差" in told and "晚 0 天 → 晚 7 天" in told


def test_json_tells_the_same(plan: Path, capsys: Capture) -> None:
    assert main(["compare", str(plan), "--set", "demands.SO-1.due=2026-11-26", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["exit_code"] == 1 and told["worse"]["promises"] == 1
    assert told["promises"][0]["after_date"] == "2026-12-03"
    assert told["figures"]["after"]["late_days"] == 7


def test_a_second_plan_or_a_supposition_and_not_both(plan: Path, capsys: Capture) -> None:
    assert main(["compare", str(plan)]) == 2
    assert main(["compare", str(plan), str(plan), "--set", "demands.SO-1.qty=600", "--lang", "en"]) == 2
    assert "one of the two" in capsys.readouterr().err


def test_planning_under_a_supposition_keeps_it_with_the_plan(factory: Path, tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "out"
    settings = ["--set", "demands.SO-1.qty=300", "--set", "sources.BODY.moq=100", "--json"]
    assert main(["plan", str(factory), "-o", str(out), *settings]) == 0
    assert json.loads(capsys.readouterr().out)["figures"]["cost"]["purchase"] == 3000
    assert main(["compare", str(out), str(out), "--lang", "zh"]) == 0


def test_a_supposition_is_checked_like_a_file(factory: Path, capsys: Capture) -> None:
    assert main(["check", str(factory), "--set", "demands.SO-1.qty=600"]) == 0
    assert main(["check", str(factory), "--set", "demands.SO-1.qty=300", "--lang", "en"]) == 1
    assert "the MOQ 500 is more than a year's known need of BODY, 300" in capsys.readouterr().out
    assert main(["check", str(factory), "--set", "demands.SO-1.qty=many", "--lang", "en"]) == 3
    assert "“many” is no number" in capsys.readouterr().err
    assert main(["check", str(factory), "--set", "demands.SO-2.qty=300"]) == 2
    assert "near: SO-1" in capsys.readouterr().err


def test_a_supposition_needs_a_value(factory: Path, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as end:
        main(["check", str(factory), "--set", "demands.SO-1.qty", "--lang", "en"])
    assert end.value.code == 2
    assert "has no =" in capsys.readouterr().err
