"""``huoku check``: what is wrong, what is doubtful, what is there."""

import json
from pathlib import Path

import pytest

from huoku.cli import main


def test_a_sound_factory_ends_with_0(factory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(factory), "--lang", "en"]) == 0
    assert capsys.readouterr().out == (
        "Tables (rows): items 2, bom 1, sources 1, demands 1, history 10\nNo problems: the factory can be planned.\n"
    )


def test_the_same_in_chinese(factory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(factory), "--lang", "zh"]) == 0
    assert capsys.readouterr().out.endswith("没有发现问题，可以做计划。\n")


def test_a_doubtful_factory_ends_with_1_and_says_where(factory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (factory / "sources.csv").write_text("item,supplier,moq,multiple,lead_time_days,price\nBODY,A,125,200,10,10\n")
    assert main(["check", str(factory), "--lang", "en"]) == 1
    told = capsys.readouterr().out
    assert told.startswith("sources.csv (1)\n  sources.csv row 2 column moq: ")
    assert told.endswith("Doubtful, please look: 1.\n")


def test_json_says_the_same(factory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (factory / "sources.csv").write_text("item,supplier,moq,multiple,lead_time_days,price\nBODY,A,125,200,10,10\n")
    assert main(["check", str(factory), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["exit_code"], told["errors"], told["warnings"]) == (1, 0, 1)
    assert (told["problems"][0]["file"], told["problems"][0]["row"]) == ("sources.csv", 2)
    assert told["tables"]["history"] == 10
