"""``huoku deadstock``: the list, the case, their files and the codes they end with."""

import json
from pathlib import Path

import pytest

from huoku.cli import main

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def stocked(factory: Path) -> Path:
    """300 bodies, which a year uses, and 50 lids at 10.00 that nothing takes: 500.00 of 3,500.00 are dead."""
    items = factory / "items.csv"
    items.write_text(items.read_text("utf-8") + "LID,旧壶盖,buy,\n", "utf-8")
    sources = factory / "sources.csv"
    sources.write_text(sources.read_text("utf-8") + "LID,A,0,0,10,10\n", "utf-8")
    (factory / "stock.csv").write_text("item,qty,received_on\nBODY,300,2026-10-01\nLID,50,2025-01-10\n", "utf-8")
    return factory


def test_above_the_warning_line_it_ends_with_1(stocked: Path, capsys: Capture) -> None:
    assert main(["deadstock", str(stocked), "--lang", "en"]) == 1
    told = capsys.readouterr().out
    assert "stock of ¥3,500; ¥500 of it (14%, items: 1) will not be used within a year." in told
    assert "Above the warning line of 10%; from 30% on it is an alarm." in told


def test_the_same_share_alarms_a_start_up(stocked: Path, capsys: Capture) -> None:
    with (stocked / "factory.toml").open("a", encoding="utf-8") as settings:
        settings.write('\ncompany_stage = "startup"\n')
    assert main(["deadstock", str(stocked), "--lang", "zh"]) == 1
    assert "过了 10% 的报警线（初创企业）。" in capsys.readouterr().out


def test_without_dead_stock_it_ends_with_0(factory: Path, capsys: Capture) -> None:
    (factory / "stock.csv").write_text("item,qty\nBODY,300\n", "utf-8")
    assert main(["deadstock", str(factory), "--lang", "zh"]) == 0
    assert "一年内都用得上，没有呆滞。" in capsys.readouterr().out


def test_json_says_the_same(stocked: Path, capsys: Capture) -> None:
    assert main(["deadstock", str(stocked), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["exit_code"], told["figures"]["dead_value"], told["dead"][0]["item"]) == (1, 500.0, "LID")


def test_from_another_day_the_stock_is_older(stocked: Path, capsys: Capture) -> None:
    main(["deadstock", str(stocked), "--today", "2026-12-03", "--json"])
    ages = {row["item"]: row["age_days"] for row in json.loads(capsys.readouterr().out)["dead"]}
    assert ages["LID"] == 692


@pytest.mark.parametrize("name", ["dead.html", "dead.xlsx"])
def test_the_list_is_written_where_asked(stocked: Path, tmp_path: Path, capsys: Capture, name: str) -> None:
    assert main(["deadstock", str(stocked), "-o", str(tmp_path / name), "--lang", "en"]) == 1
    assert (tmp_path / name).stat().st_size > 1000
    assert f"The report is written to {tmp_path / name}" in capsys.readouterr().out


def test_the_case_is_written_with_what_a_year_costs(stocked: Path, tmp_path: Path, capsys: Capture) -> None:
    """500.00: scrap gives 50.00 now; in a year 50.00 less 100.00 of holding."""
    assert main(["deadstock", str(stocked), "--case", "-o", str(tmp_path / "case.html"), "--lang", "zh"]) == 1
    assert "现在清掉净收回 ¥50；拖一年净得 −¥50，差 ¥100。" in capsys.readouterr().out
    assert "请老板拍板" in (tmp_path / "case.html").read_text("utf-8")


def test_the_list_is_no_pdf(stocked: Path, tmp_path: Path, capsys: Capture) -> None:
    assert main(["deadstock", str(stocked), "-o", str(tmp_path / "dead.pdf"), "--lang", "en"]) == 2
    assert "end it in .html / .xlsx" in capsys.readouterr().err
