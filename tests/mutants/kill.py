"""Do the tests notice a fault? python3 run.py test --mutants [NAME...]

A mutant is the library with one line of it changed into a fault of the trade: the MOQ ignored, stock counted twice.
The list is ``mutants.toml``. The tests named for a mutant run against a copy of ``src`` with the changed line, and
one of them has to fail. A mutant that survives, or whose line is no longer there, fails the run.
"""

import os
import shutil
import subprocess
import sys
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
LIST = Path(__file__).with_name("mutants.toml")
SECONDS = 240
AT_ONCE = min(2, os.cpu_count() or 1)

Fate = Literal["killed", "SURVIVED", "LINE GONE", "BROKEN"]


class Mutant(NamedTuple):
    """One fault. ``line``, without its indent, is changed into ``instead`` where it first stands after ``within``."""

    name: str
    file: str
    line: str
    instead: str
    tests: list[str]
    within: str = ""


class LineGone(Exception):
    """The line of a mutant is not there, or more than once without saying within what."""


def read_list(path: Path) -> list[Mutant]:
    return [Mutant(name, **entry) for name, entry in tomllib.loads(path.read_text("utf-8")).items()]


def mutated(source: str, mutant: Mutant) -> str:
    """The file with the fault in it."""
    lines = source.splitlines(keepends=True)
    begin = 0
    if mutant.within:
        begin = next((number for number, line in enumerate(lines) if line.startswith(mutant.within)), len(lines))
    found = [number for number, line in enumerate(lines) if number >= begin and line.strip() == mutant.line]
    if not found or (len(found) > 1 and not mutant.within):
        raise LineGone(f"{mutant.file}: {len(found)} lines are {mutant.line!r}")
    old = lines[found[0]]
    lines[found[0]] = old.replace(mutant.line, mutant.instead)
    return "".join(lines)


def fate(root: Path, mutant: Mutant) -> Fate:
    """Run the tests of a mutant against a copy of the library that has its fault."""
    try:
        changed = mutated((root / mutant.file).read_text("utf-8"), mutant)
    except LineGone:
        return "LINE GONE"
    with TemporaryDirectory() as folder:
        copy = copied(root, Path(folder))
        (copy / mutant.file).write_text(changed, "utf-8")
        code = run_tests(root, copy, mutant.tests)
    return "SURVIVED" if code == 0 else "killed" if code == 1 else "BROKEN"


def copied(root: Path, folder: Path) -> Path:
    """A copy of the library; without compiled files, so that nothing of another mutant comes along."""
    shutil.copytree(root / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def run_tests(root: Path, copy: Path, tests: list[str], seconds: int = SECONDS) -> int:
    """pytest's exit code: 0 all passed, 1 some failed or took too long, else they could not be run.

    A test that is named runs though it is slow; of a whole file those that are not.
    """
    named = [test for test in tests if "::" in test]
    whole = [test for test in tests if "::" not in test]
    codes = [
        run_marked(root, copy, marks, some, seconds)
        for marks, some in (("not stress", named), ("not slow and not stress", whole))
        if some
    ]
    return 1 if 1 in codes else max(codes)


def run_marked(root: Path, copy: Path, marks: str, tests: list[str], seconds: int) -> int:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-x",
        "-m",
        marks,
        "-p",
        "no:cacheprovider",
        "-o",
        "pythonpath=",
    ]
    environment = {**os.environ, "PYTHONPATH": str(copy / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        return subprocess.run(
            [*command, *tests],
            cwd=root,
            env=environment,
            timeout=seconds,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ).returncode
    except subprocess.TimeoutExpired:
        return 1


def are_green(root: Path, mutants: list[Mutant]) -> bool:
    """Without a fault every named test passes; else a red one would prove nothing."""
    with TemporaryDirectory() as folder:
        tests = sorted({test for one in mutants for test in one.tests})
        return run_tests(root, copied(root, Path(folder)), tests, SECONDS * 10) == 0


def main(names: list[str]) -> int:
    mutants = [mutant for mutant in read_list(LIST) if not names or mutant.name in names]
    if not mutants:
        print(f"no mutant is called {' or '.join(names)}")
        return 2
    begun = time.monotonic()
    if not are_green(ROOT, mutants):
        print("The tests fail without any mutant: run python3 run.py test first.")
        return 1
    print(f"ok         without a fault the tests pass ({time.monotonic() - begun:.0f} s)", flush=True)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        fates = []
        for mutant, told in zip(mutants, pool.map(lambda mutant: fate(ROOT, mutant), mutants), strict=True):
            print(f"{told:<10} {mutant.name}", flush=True)
            fates.append(told)
    wrong = sum(told != "killed" for told in fates)
    seconds = time.monotonic() - begun
    print(f"{len(fates) - wrong} of {len(fates)} mutants killed ({seconds:.0f} s)")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
