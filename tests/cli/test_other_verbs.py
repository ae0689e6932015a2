"""``huoku template``, ``demo``, ``bench`` and ``warm``."""

import json
from pathlib import Path

import pytest

from huoku.cli import main

from .conftest import Huoku


def test_what_to_try_next_is_said_as_it_was_typed(huoku: Huoku, tmp_path: Path) -> None:
    done = huoku("template", tmp_path / "mine.xlsx", HUOKU_TYPED="python3 run.py")
    assert f"python3 run.py check {tmp_path / 'mine.xlsx'}" in done.stdout


def test_the_template_is_written_once_and_never_over_another_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workbook = tmp_path / "factory.xlsx"
    assert main(["template", str(workbook), "--lang", "en"]) == 0
    assert f"huoku check {workbook}" in capsys.readouterr().out
    before = workbook.read_bytes()
    assert main(["template", str(workbook)]) == 2
    assert workbook.read_bytes() == before


def test_a_template_is_a_workbook(tmp_path: Path) -> None:
    assert main(["template", str(tmp_path / "factory.csv")]) == 2
    assert list(tmp_path.iterdir()) == []


def test_the_empty_template_is_read_and_lacks_items(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["template", str(tmp_path / "factory.xlsx")])
    capsys.readouterr()
    assert main(["check", str(tmp_path / "factory.xlsx"), "--lang", "en"]) == 3
    assert "items" in capsys.readouterr().err


@pytest.mark.parametrize(("lang", "headline"), [("en", "Plan from 2026-11-23"), ("zh", "计划：2026-11-23")])
def test_the_demo_makes_a_factory_a_plan_and_a_report(huoku: Huoku, tmp_path: Path, lang: str, headline: str) -> None:
    done = huoku("demo", "--once", "--no-server", "-o", tmp_path / "demo", "--lang", lang)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(headline)
    assert {path.name for path in (tmp_path / "demo").iterdir()} == {"factory", "plan", "report.html"}


def test_the_demos_factory_can_be_planned_again_from_its_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    demo = tmp_path / "demo"
    assert main(["demo", "--once", "--no-server", "-o", str(demo), "--json"]) == 0
    first = json.loads(capsys.readouterr().out)
    assert main(["plan", str(demo / "factory"), "-o", str(demo / "again"), "--json"]) == 1
    again = json.loads(capsys.readouterr().out)
    assert again["figures"] == first["figures"]


@pytest.mark.slow
def test_bench_shows_our_figures_beside_the_peers(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "24", "moq1k", "--json"]) == 0
    small, moq = json.loads(capsys.readouterr().out)["cases"]
    assert (small["case"], small["frepple_total_cost"]) == ("24", None)
    assert (moq["case"], moq["frepple_total_cost"]) == ("moq1k", 6_717_884)
    assert moq["total_cost"] < moq["frepple_total_cost"]


@pytest.mark.slow
def test_warming_says_nothing(huoku: Huoku) -> None:
    done = huoku("warm")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
