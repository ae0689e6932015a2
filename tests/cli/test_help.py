"""Help comes at once, in both languages, and names every verb but our own tools."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from huoku.cli import main
from huoku.cli.verbs import VERBS

LISTED = [name for name, entry in VERBS.items() if entry.help]


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 0
    return capsys.readouterr().out


def test_help_is_there_in_under_a_third_of_a_second(root: Path) -> None:
    """The best of three: the machine may be busy."""

    def seconds() -> float:
        begun = time.perf_counter()
        environment = {**os.environ, "PYTHONPATH": str(root / "src")}
        subprocess.run(
            [sys.executable, "-m", "huoku", "--help"], stdout=subprocess.DEVNULL, env=environment, check=True
        )
        return time.perf_counter() - begun

    assert min(seconds() for _ in range(3)) < 0.3


@pytest.mark.parametrize("verb", LISTED)
def test_no_help_loads_anything_heavy(verb: str, root: Path) -> None:
    code = (
        "import contextlib, sys; from huoku.cli import main\n"
        f"with contextlib.suppress(SystemExit): main([{verb!r}, '--help'])\n"
        "sys.exit(' '.join(name for name in ('numpy', 'polars', 'numba') if name in sys.modules) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=root / "src", capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_help_names_every_verb_but_our_own_tools(capsys: pytest.CaptureFixture[str]) -> None:
    text = told(capsys, "--help", "--lang", "en")
    assert [name for name in VERBS if not re.search(rf"^    {name}\s", text, re.MULTILINE)] == ["warm"]
    assert "exit codes: 0 done" in text


@pytest.mark.parametrize("verb", LISTED)
def test_the_help_of_every_verb_is_chinese_when_asked(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = told(capsys, "--lang", "zh", verb, "--help")
    assert text.startswith(f"用法：huoku {verb}")
    assert not {"usage:", "options:", "positional arguments:"} & set(text.split())
    sentence = VERBS[verb].help
    assert sentence and sentence.zh in text


def test_chinese_help_leaves_argparse_as_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    told(capsys, "--lang", "zh", "--help")
    assert "usage: huoku" in told(capsys, "--lang", "en", "--help")


def test_no_argument_at_all_shows_the_help_and_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([])
    assert end.value.code == 2
    assert "demo" in capsys.readouterr().out
