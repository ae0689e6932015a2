"""``huoku plan``: what is told, what is saved, and when it refuses."""

import json
from pathlib import Path

import pytest

from huoku.cli import main
from huoku.plan import Plan

from .conftest import Huoku


def test_a_factory_without_troubles_ends_with_0(
    factory: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """500 bodies at 10.00 for 500 kettles."""
    assert main(["plan", str(factory), "-o", str(tmp_path / "out"), "--lang", "en"]) == 0
    told = capsys.readouterr()
    lines = told.out.splitlines()
    assert lines[0] == "Plan from 2026-11-23 to 2027-11-23, money in CNY"
    assert lines[1].split() == ["purchase", "orders", "1", "for", "5,000.00"]
    assert lines[2].split() == ["make", "orders", "1"]
    assert lines[3].endswith("on time 1, late 0, without a promise 0")
    assert lines[-1] == f"The plan is saved in {tmp_path / 'out'}"
    assert told.err == ""
    assert {"plan.json", "orders.csv", "promises.csv"} <= {path.name for path in (tmp_path / "out").iterdir()}


def test_a_late_order_ends_with_1_and_is_named(
    late_factory: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Bodies ordered on November 23 are there on December 3: seven days after the due day."""
    assert main(["plan", str(late_factory), "-o", str(tmp_path / "out"), "--lang", "zh"]) == 1
    told = capsys.readouterr().out
    assert "按时 0，迟交 1，没有承诺 0" in told
    assert "SO-1：迟 7 天，2026-12-03 交 500。" in told


def test_json_tells_the_same(late_factory: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", str(late_factory), "-o", str(tmp_path / "out"), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["exit_code"] == 1
    assert told["figures"]["orders"]["buy"] == 1
    assert told["figures"]["cost"]["purchase"] == 5000
    assert [(late["demand"], late["days"], late["date"]) for late in told["latest"]] == [("SO-1", 7, "2026-12-03")]


def test_the_day_can_be_given(late_factory: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Planned two weeks earlier, the same order is in time."""
    arguments = ["plan", str(late_factory), "-o", str(tmp_path / "out"), "--today", "2026-11-09", "--json"]
    assert main(arguments) == 0
    assert json.loads(capsys.readouterr().out)["today"] == "2026-11-09"


def test_timings_stand_on_stderr(huoku: Huoku, factory: Path, tmp_path: Path) -> None:
    done = huoku("plan", factory, "-o", tmp_path / "out", "--timings")
    stages = [line.split()[0] for line in done.stderr.splitlines()]
    assert stages[:4] == ["load", "read", "plan", "write"]
    assert all(line.endswith(" s") for line in done.stderr.splitlines())
    assert "load" not in done.stdout


def test_the_effort_is_kept_with_the_plan_and_8000_is_the_default(factory: Path, tmp_path: Path) -> None:
    for name, given in (("as ever", []), ("rules", ["--effort", "0"]), ("longer", ["--effort", "20000"])):
        assert main(["plan", str(factory), "-o", str(tmp_path / name), *given]) == 0
    kept = [Plan.load(tmp_path / name).effort for name in ("as ever", "rules", "longer")]
    assert kept == [8000, 0, 20000]


def test_an_effort_below_0_is_refused(factory: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["plan", str(factory), "-o", str(tmp_path / "out"), "--effort=-3", "--lang", "en"])
    assert end.value.code == 2
    assert "“-3” will not do; write a whole number from 0 on" in capsys.readouterr().err


def test_a_folder_that_is_no_plan_is_left_alone(
    factory: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    (photos / "cat.jpg").write_bytes(b"cat")
    assert main(["plan", str(factory), "-o", str(photos), "--lang", "en"]) == 2
    assert "is not a plan folder" in capsys.readouterr().err
    assert [path.name for path in photos.iterdir()] == ["cat.jpg"]


def test_an_empty_folder_is_used_and_a_plan_is_replaced_whole(factory: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    assert main(["plan", str(factory), "-o", str(out)]) == 0
    (out / "yesterdays.csv").write_text("old")
    assert main(["plan", str(factory), "-o", str(out), "--format", "parquet"]) == 0
    names = {path.name for path in out.iterdir()}
    assert "orders.parquet" in names
    assert not names & {"orders.csv", "yesterdays.csv"}
