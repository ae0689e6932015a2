"""``huoku simulate``: the past under other rules, as text, data and a page."""

import json
from pathlib import Path

from .conftest import SOUND, Huoku, write_tables

WEEKLY = "item,date,qty\n" + "".join(
    f"BODY,2026-{month:02d}-{day:02d},{qty}\n" for month in range(1, 11) for day, qty in ((5, 200), (19, 300))
)


def test_a_history_is_replayed_and_told_as_one_object(huoku: Huoku, tmp_path: Path) -> None:
    folder = write_tables(tmp_path / "factory", {**SOUND, "history.csv": WEEKLY})
    page = tmp_path / "replay.html"
    done = huoku("simulate", folder, "--policies", "up-to, weighed", "--json", "-o", page)
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert (told["items"], told["weeks"] + told["learning_weeks"]) == (1, 46)
    assert list(told["policies"]) == ["up-to", "weighed"]
    assert told["report"] == str(page)
    assert page.read_text("utf-8").startswith("<!doctype html>")


def test_a_short_history_is_a_fault_of_the_data(huoku: Huoku, tmp_path: Path) -> None:
    short = "item,date,qty\nBODY,2026-10-01,5\n"
    done = huoku("simulate", write_tables(tmp_path / "factory", {**SOUND, "history.csv": short}))
    assert done.returncode == 3
    assert "the history covers 7 weeks; a replay needs at least 30" in done.stderr


def test_an_unknown_rule_is_wrong_usage(huoku: Huoku, tmp_path: Path) -> None:
    folder = write_tables(tmp_path / "factory", {**SOUND, "history.csv": WEEKLY})
    assert huoku("simulate", folder, "--policies", "magic").returncode == 2
