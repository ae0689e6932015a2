"""How a command ends when something goes wrong: a code that scripts can trust, words, and no traceback."""

import errno
import json
import subprocess
import sys
from pathlib import Path

import pytest

from huoku.cli.faults import guarded
from huoku.errors import SolverLimit, UsageError

from .conftest import Huoku


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["plna"], "plna"),
        (["plan"], "缺少参数：FACTORY, -o/--out"),
        (["plan", "f", "-o", "out", "--today", "2026-02-30"], "“2026-02-30”不是日期"),
        (["check", "f", "--nonsense"], "不认识的参数：--nonsense"),
        (["bench", "7"], "“7”既不是"),
        (["serve", "--port", "99999"], "“99999”应为 1 到 65535 的整数"),
        (["serve", "--processes=-3"], "“-3”应为 1 到 256 的整数"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_why_in_chinese(huoku: Huoku, arguments: list[str], words: str) -> None:
    done = huoku(*arguments, LANG="zh_CN.UTF-8")
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_factory_that_is_not_there_is_wrong_usage(huoku: Huoku, tmp_path: Path) -> None:
    done = huoku("check", tmp_path / "nowhere")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "nowhere" in done.stderr


def test_broken_data_ends_with_3_and_every_error_at_once(huoku: Huoku, broken_factory: Path, tmp_path: Path) -> None:
    done = huoku("plan", broken_factory, "-o", tmp_path / "out")
    assert done.returncode == 3
    assert "KETTEL" in done.stderr
    assert "2027-02-30" in done.stderr
    assert "Errors: 2." in done.stderr
    assert not (tmp_path / "out").exists()


def test_errors_are_json_where_json_was_asked_for(huoku: Huoku, broken_factory: Path) -> None:
    done = huoku("check", broken_factory, "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["exit_code"], told["errors"], done.stderr) == (3, 3, 2, "")
    assert {(problem["file"], problem["row"], problem["column"], problem["value"]) for problem in told["problems"]} == {
        ("demands.csv", 2, "item", "KETTEL"),
        ("demands.csv", 2, "due", "2027-02-30"),
    }


def raising(error: BaseException) -> int:
    def command() -> int:
        raise error

    return guarded(command, "en", as_json=False)


def test_every_kind_of_end_has_its_own_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert raising(UsageError("no order SO-9")) == 2
    assert raising(PermissionError(13, "Permission denied", "plans/out")) == 2
    assert raising(SolverLimit("no answer in 10 seconds")) == 4
    assert raising(ZeroDivisionError("division by zero")) == 5
    assert raising(KeyboardInterrupt()) == 130
    told = capsys.readouterr()
    assert told.out == ""
    assert "plans/out: no permission" in told.err
    assert "HUOKU_DEBUG=1" in told.err


def test_what_the_operating_system_refuses_is_said_in_the_users_language(capsys: pytest.CaptureFixture[str]) -> None:
    def command() -> int:
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", "b.zip")

    assert guarded(command, "zh", as_json=False) == 2
    assert capsys.readouterr().err == "b.zip：没有这个文件或文件夹\n"


def test_our_own_fault_shows_where_it_is_on_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUOKU_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        raising(ZeroDivisionError("division by zero"))


@pytest.mark.parametrize("arguments", [["--help"], ["check", "FACTORY", "--json"]])
def test_a_reader_who_has_gone_is_no_failure(arguments: list[str], factory: Path, root: Path) -> None:
    command = [sys.executable, "-m", "huoku", *(str(factory) if word == "FACTORY" else word for word in arguments)]
    with subprocess.Popen(command, cwd=root / "src", stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0
