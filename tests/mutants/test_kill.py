"""The list of mutants fits the library of today, and the run tells who survives."""

import re
from pathlib import Path

import pytest

from .kill import LIST, ROOT, Fate, LineGone, Mutant, are_green, fate, main, mutated, read_list

MUTANTS = read_list(LIST)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_the_line_of_every_mutant_is_there_and_its_tests_are(mutant: Mutant) -> None:
    before = (ROOT / mutant.file).read_text("utf-8")
    compile(mutated(before, mutant), mutant.file, "exec")
    assert mutated(before, mutant) != before
    for test in mutant.tests:
        file, _, function = test.partition("::")
        assert re.search(
            rf"^def {function.partition('[')[0] or 'test_'}", (ROOT / file).read_text("utf-8"), re.MULTILINE
        ), test


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library of one function and the test of it, which needs none of the tools that each start would load."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "lots.py").write_text("def order(need, moq):\n    return max(need, moq)\n")
    (tmp_path / "test_lots.py").write_text(
        "from lots import order\n\n\ndef test_moq():\n    assert order(3, 5) == 5\n\n\n"
        "def test_nothing():\n    assert order(0, 0) == 0\n"
    )
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n    slow\n    stress\n")
    return tmp_path


@pytest.mark.parametrize(
    ("line", "instead", "test", "told"),
    [
        ("return max(need, moq)", "return need", "test_moq", "killed"),
        ("return max(need, moq)", "return need", "test_nothing", "SURVIVED"),
        ("return min(need, moq)", "return need", "test_moq", "LINE GONE"),
        ("return max(need, moq)", "return need)", "test_moq", "BROKEN"),
    ],
)
def test_a_mutant_is_killed_by_a_test_that_turns_red(
    house: Path, line: str, instead: str, test: str, told: Fate
) -> None:
    mutant = Mutant("moq", "src/lots.py", line, instead, [f"test_lots.py::{test}"])
    assert fate(house, mutant) == told
    assert (house / "src" / "lots.py").read_text() == "def order(need, moq):\n    return max(need, moq)\n"


def test_a_slow_test_that_is_named_kills_too_and_of_a_whole_file_the_quick_ones(house: Path) -> None:
    slow = (
        "import pytest\nfrom lots import order\n\n\n@pytest.mark.slow\ndef test_moq():\n    assert order(3, 5) == 5\n"
    )
    (house / "test_slow.py").write_text(slow)
    fault = ("moq", "src/lots.py", "return max(need, moq)", "return need")
    assert fate(house, Mutant(*fault, ["test_slow.py::test_moq"])) == "killed"
    assert fate(house, Mutant(*fault, ["test_slow.py"])) == "BROKEN"


def test_a_test_that_is_red_without_any_mutant_is_noticed(house: Path) -> None:
    mutant = Mutant("moq", "src/lots.py", "", "", ["test_lots.py"])
    assert are_green(house, [mutant])
    (house / "src" / "lots.py").write_text("def order(need, moq):\n    return moq\n")
    (house / "test_lots.py").write_text("from lots import order\n\n\ndef test_need():\n    assert order(9, 5) == 9\n")
    assert not are_green(house, [mutant])


def test_a_line_that_stands_twice_needs_the_place_it_is_meant_for() -> None:
    source = "def a():\n    return 1\n\n\ndef b():\n    return 1\n"
    with pytest.raises(LineGone):
        mutated(source, Mutant("", "", "return 1", "return 2", []))
    changed = mutated(source, Mutant("", "", "return 1", "return 2", [], within="def b("))
    assert changed == "def a():\n    return 1\n\n\ndef b():\n    return 2\n"


def test_a_name_that_no_mutant_bears_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nobody"]) == 2
    assert "nobody" in capsys.readouterr().out
