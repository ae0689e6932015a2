"""The register keeps its word: every requirement stands in it once, and every claim points to a test that exists."""

import ast
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
REGISTER: dict[str, Any] = tomllib.loads((ROOT / "tests" / "register.toml").read_text("utf-8"))
ENTRIES: dict[str, dict[str, Any]] = {name: entry for name, entry in REGISTER.items() if name != "open"}
ALL = {f"S{number}" for number in range(1, 180)}


def numbers(span: str) -> list[str]:
    """`S5-S8` is S5, S6, S7, S8; `S5` is itself."""
    first, _, last = span.partition("-")
    return [f"S{number}" for number in range(int(first[1:]), int((last or first)[1:]) + 1)]


def names_of_tests(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_every_requirement_stands_in_the_register_exactly_once() -> None:
    counts = Counter([*ENTRIES, *(name for span in REGISTER["open"] for name in numbers(span))])
    assert set(counts) == ALL
    assert [name for name, count in counts.items() if count > 1] == []


def test_every_entry_says_what_is_meant_and_how_far_it_is() -> None:
    for name, entry in ENTRIES.items():
        assert entry.keys() <= {"what", "state", "tests", "pictures"}, name
        assert entry["what"], name
        assert entry["state"] in ("open", "library", "whole"), name


def test_what_is_claimed_is_shown_and_what_is_open_claims_nothing() -> None:
    for name, entry in ENTRIES.items():
        shown = entry.get("tests", []) + entry.get("pictures", [])
        assert bool(shown) == (entry["state"] != "open"), name


def test_every_claim_points_to_a_test_or_picture_that_exists() -> None:
    for name, entry in ENTRIES.items():
        for claim in entry.get("tests", []):
            file, _, function = claim.partition("::")
            assert (ROOT / file).is_file(), f"{name}: there is no file {file}"
            assert function.partition("[")[0] in names_of_tests(ROOT / file), f"{name}: {file} has no test {function}"
        for picture in entry.get("pictures", []):
            assert (ROOT / picture).is_file(), f"{name}: there is no picture {picture}"
