"""``huoku quote``: what date can be promised, on a saved plan."""

import json
from pathlib import Path

import pytest

from huoku.cli import main

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def plan(factory: Path, tmp_path: Path, capsys: Capture) -> Path:
    """500 kettles are ordered; the bodies of any more take ten days, and the kettles themselves none."""
    assert main(["plan", str(factory), "-o", str(tmp_path / "plan"), "--lang", "en"]) == 0
    capsys.readouterr()
    return tmp_path / "plan"


def test_a_day_that_can_be_kept_ends_with_0(plan: Path, capsys: Capture) -> None:
    assert main(["quote", str(plan), "KETTLE", "20", "2026-12-20", "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith(
        "20 pcs of KETTLE 电水壶, wanted on 2026-12-20 at MAIN\nCan be kept: 2026-12-20.\n"
    )


def test_a_later_day_ends_with_1_and_says_what_holds_it_up(plan: Path, capsys: Capture) -> None:
    assert main(["quote", str(plan), "KETTLE", "20", "2026-11-30", "--lang", "zh"]) == 1
    told = capsys.readouterr().out
    assert "可以答复：2026-12-03，晚 3 天。" in told
    assert "卡在：缺 BODY 20 pcs（2026-12-02 要用）：A 交期 10 天，最早 2026-12-03 到货" in told


def test_json_says_the_same(plan: Path, capsys: Capture) -> None:
    assert main(["quote", str(plan), "KETTLE", "20", "2026-11-30", "--priority", "1", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["exit_code"], told["date"], told["late_days"]) == (1, "2026-12-03", 3)
    assert told["parts"] == [{"date": "2026-12-03", "qty": 20.0}]
    assert told["missing"][0]["item"] == "BODY"
    assert (told["ahead"]["date"], told["ahead"]["pushed"]) == ("2026-12-03", [])


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (["KETTEL", "20", "2026-12-20"], "there is no item KETTEL; near names: KETTLE"),
        (["KETTLE", "some", "2026-12-20"], "the quantity some is no number above 0"),
        (["KETTLE", "20", "2026-13-20"], "write it as 2026-01-05"),
        (["KETTLE", "20", "2026-12-20", "--location", "MOON"], "there is no location MOON; known: MAIN"),
    ],
)
def test_what_makes_no_sense_ends_with_2(plan: Path, capsys: Capture, asked: list[str], words: str) -> None:
    try:
        code = main(["quote", str(plan), *asked, "--lang", "en"])
    except SystemExit as stopped:  # argparse's own way out
        code = int(str(stopped.code))
    assert code == 2
    assert words in capsys.readouterr().err
