"""What can be asked of a saved plan: explain, report, judge."""

import json
import re
from pathlib import Path

import pytest

from huoku.cli import main


@pytest.fixture
def plan(late_factory: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["plan", str(late_factory), "-o", str(tmp_path / "plan"), "--lang", "en"]) == 1
    capsys.readouterr()
    return tmp_path / "plan"


@pytest.mark.parametrize("subject", ["SO-1", "BODY", "KETTLE"])
def test_a_demand_and_an_item_are_explained(plan: Path, subject: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(plan), subject, "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert subject in told
    assert "500" in told


@pytest.mark.parametrize("subject", ["SO-1", "BODY", "KETTLE"])
def test_a_plan_that_was_made_in_english_is_explained_in_chinese_throughout(
    plan: Path, subject: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", str(plan), subject, "--lang", "zh"]) == 0
    told = capsys.readouterr().out
    words = {word for word in re.findall("[a-z]{3,}", told)} - {"pcs"}
    assert words == set(), told


def test_what_the_plan_does_not_know_is_wrong_usage(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(plan), "SO-9", "--lang", "en"]) == 2
    assert "SO-9" in capsys.readouterr().err


def test_a_folder_that_is_no_plan_cannot_be_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(tmp_path), "SO-1"]) == 2
    assert str(tmp_path) in capsys.readouterr().err


def test_the_report_is_one_page_beside_the_plan(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(plan), "--json"]) == 0
    page = Path(json.loads(capsys.readouterr().out)["report"])
    assert page == plan / "report.html"
    assert "SO-1" in page.read_text("utf-8")


def test_the_judge_finds_nothing_in_our_own_plan(
    late_factory: Path, plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["judge", str(late_factory), str(plan), "--lang", "zh"]) == 0
    assert capsys.readouterr().out.startswith("计划遵守全部规则。\n")


def test_a_plan_that_was_made_for_another_day_is_judged_on_that_day(late_factory: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "early")
    assert main(["plan", str(late_factory), "-o", out, "--today", "2026-11-02"]) == 0
    assert main(["judge", str(late_factory), out, "--today", "2026-11-02"]) == 0
    assert main(["judge", str(late_factory), out, "--today", "2026-11-23"]) == 1  # orders that start before that day


def test_the_judge_ends_with_1_when_a_rule_is_broken(
    late_factory: Path, plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """499 bodies are less than the MOQ of 500, and the make order takes 500."""
    orders = (plan / "orders.csv").read_text("utf-8")
    (plan / "orders.csv").write_text(orders.replace("BODY,MAIN,500", "BODY,MAIN,499"), "utf-8")
    assert main(["judge", str(late_factory), str(plan), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["violations"] == sum(told["figures"]["broken"].values()) > 0


def test_the_report_is_a_workbook_when_asked(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(plan), "--format", "xlsx", "--json"]) == 0
    assert Path(json.loads(capsys.readouterr().out)["report"]) == plan / "report.xlsx"
    assert (plan / "report.xlsx").read_bytes().startswith(b"PK")
    assert main(["report", str(plan), "-o", str(tmp_path / "mine.xlsx")]) == 0
    assert main(["report", str(plan), "-o", str(tmp_path / "mine.html"), "--format", "xlsx", "--lang", "en"]) == 2
    assert "does not end as --format xlsx asks" in capsys.readouterr().err
