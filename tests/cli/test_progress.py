"""The progress bar: drawn on terminals only, gone at the end, and it times what it shows."""

import pytest

from huoku.cli.progress import Progress
from huoku.language import Sentence

READ = Sentence(zh="读取", en="read")
WRITE = Sentence(zh="写出", en="write")


def test_a_terminal_sees_each_stage_and_then_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress("zh", wanted=True) as progress:
        progress.expect(2)
        with progress.stage(READ):
            assert "[........................] 读取" in capsys.readouterr().err
        with progress.stage(WRITE):
            assert "[############............] 写出" in capsys.readouterr().err
    assert capsys.readouterr().err == "\r\x1b[K"
    assert list(progress.seconds) == ["read", "write"]


def test_a_pipe_sees_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress("en") as progress:
        progress.expect(1)
        with progress.stage(READ):
            pass
    assert capsys.readouterr().err == ""
