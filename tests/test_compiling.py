"""Half of the kernels are compiled in a second process: it is done, or it is done here, and nothing is left behind."""

import subprocess
import sys
from pathlib import Path

import pytest

from huoku import compiled, compiling

pytest.importorskip("numba")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder, and a module ``trade`` on the path that this process has not loaded."""
    monkeypatch.setattr(compiled, "_kept_in", tmp_path / "kernels")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "trade", raising=False)
    return tmp_path


def write_trade(folder: Path, body: str) -> None:
    """Let ``trade:work`` do this; it may use ``here``, a place for files, and ``kept``, the cache folder."""
    (folder / "trade.py").write_text(
        "import os\nfrom pathlib import Path\nfrom huoku.compiled import cache_folder\n"
        f"here = Path({str(folder)!r})\n"
        f"def work():\n    kept = cache_folder()\n    {body}\n",
        encoding="utf-8",
    )


def put(kernel: str) -> str:
    """A statement that writes a kernel's code and index as the compiler does."""
    files = f"[(kept / 'd' / f'{kernel}-1.py.{{end}}').write_text('theirs') for end in ('1.nbc', 'nbi')]"
    return f"(kept / 'd').mkdir(parents=True); {files}"


def test_what_the_second_process_compiled_is_found_where_all_look(folder: Path) -> None:
    write_trade(folder, put("serve") + "; (here / 'pid').write_text(str(os.getpid()))")
    if compiling.cores() < 2:
        pytest.skip("this machine has one core")
    with compiling.compiled_beside("trade:work"):
        pass
    assert "trade" not in sys.modules  # it ran elsewhere
    assert sorted(file.name for file in (folder / "kernels" / "d").iterdir()) == ["serve-1.py.1.nbc", "serve-1.py.nbi"]
    assert [place.name for place in (folder / "kernels").iterdir()] == ["d"]


def test_a_kernel_that_this_process_compiled_meanwhile_stays(folder: Path) -> None:
    theirs, ours = folder / "theirs" / "d", folder / "ours" / "d"
    for place in (theirs, ours):
        place.mkdir(parents=True)
        for ending in ("1.nbc", "nbi"):
            (place / f"net-1.py.{ending}").write_text(place.parent.name)
    compiling.adopt(theirs.parent, ours.parent)
    assert {file.read_text() for file in ours.iterdir()} == {"ours"}


def test_where_the_second_process_fails_this_one_does_the_work(folder: Path) -> None:
    write_trade(folder, "(here / f'{os.getpid()}').touch(); assert kept.name == 'kernels'")
    with compiling.compiled_beside("trade:work"):
        pass
    assert "trade" in sys.modules
    assert not list((folder / "kernels").glob("beside-*"))


def test_on_one_core_there_is_no_second_process(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_trade(folder, "(here / str(os.getpid())).touch()")
    monkeypatch.setattr(compiling, "cores", lambda: 1)
    monkeypatch.setattr(subprocess, "Popen", None)
    with compiling.compiled_beside("trade:work"):
        assert "trade" not in sys.modules
    assert "trade" in sys.modules


def test_a_fault_in_this_process_ends_the_second(folder: Path) -> None:
    write_trade(folder, "import time; time.sleep(600)")
    with pytest.raises(ZeroDivisionError), compiling.compiled_beside("trade:work"):
        _ = 1 / 0
    assert "trade" not in sys.modules
    assert not list((folder / "kernels").glob("beside-*"))


def test_planning_may_be_compiled_while_quotes_and_replanning_are_not(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "kernels").mkdir()

    def there() -> tuple[bool, bool]:
        """As a process sees it that has marked nothing itself."""
        monkeypatch.setattr(compiled, "_marked", set())
        return compiled.is_compiled(compiled.PLANNING), compiled.is_compiled(compiled.EVERYTHING)

    assert there() == (False, False)
    compiled.mark_compiled(compiled.PLANNING)
    assert there() == (True, False)
    compiled.mark_compiled(compiled.EVERYTHING)
    assert there() == (True, True)


def test_where_nothing_can_be_kept_a_process_knows_what_it_has_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_marked", set())
    monkeypatch.setattr(compiled, "cache_folder", lambda: None)
    assert not compiled.is_compiled(compiled.EVERYTHING)
    compiled.mark_compiled(compiled.EVERYTHING)
    assert compiled.is_compiled(compiled.PLANNING)
    assert compiled.is_compiled(compiled.EVERYTHING)
