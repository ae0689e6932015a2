"""The ground rules of this project, held by tests rather than by memory."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import huoku

ROOT = Path(__file__).resolve().parents[1]
LIBRARY = ROOT / "src" / "huoku"
LOCKS = ("requirements.lock", "requirements-dev.lock")
NOT_OURS = {".git", ".venv", "build", "dist", "__pycache__"}

# Put together from parts, so that this file does not break its own rule.
REGISTRY_HOSTS = ["py" + "pi.org", "python" + "hosted.org", "np" + "mjs.org", "crates" + ".io", "deb.deb" + "ian.org"]

# Whoever imports inside a function must have a reason that is written down here.
LAZY_IMPORTS_ALLOWED = {
    "buy/programs.py": "SciPy's solvers take longer to load than a plan to make",
    "server/platform/sounds.py": "the dictionary of pinyin is for whoever writes Chinese names",
    "traditional.py": "OpenCC and its dictionaries are for readers of Traditional Chinese alone",
    "report/dead_stock/pdf.py": "the PDF library is an optional extra",
    "cli/server.py": "the server's packages are an extra",
    "compiled.py": "the compiler takes a third of a second to load",
    "plan/plan.py": "what answers questions takes longer to load than a small plan to make",
    "sense/year_ahead.py": "SciPy takes longer to load than a plan without history to make",
    "server/platform/sql.py": "PostgreSQL's driver is loaded where PostgreSQL is the database",
    "server/running/founding.py": "Django's models are there only once it has begun for a data folder",
    "server/running/demo.py": "Django's models are there only once it has begun for a data folder",
    "server/running/start.py": "Django reads its settings when it is first imported",
    "sequence/solver.py": "the solver is an optional extra and takes half a second to load",
}

# Only the edge reads the clock; everywhere else the day is an argument. The server has one file that asks the database.
CLOCK_ALLOWED = {"factory/read.py", "server/platform/clock.py"}


def our_files() -> Iterator[Path]:
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        if path.is_file() and not any(part in NOT_OURS or part.endswith(("_cache", ".egg-info")) for part in parts):
            yield path


@cache
def library_trees() -> list[tuple[str, ast.Module]]:
    found = sorted(LIBRARY.rglob("*.py"))
    return [(path.relative_to(LIBRARY).as_posix(), ast.parse(path.read_text("utf-8"))) for path in found]


def pins(lock: str) -> set[str]:
    """The pinned versions of a lock file, without hashes: name==version, and for which Pythons."""
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    return {line.rstrip(" \\") for line in lines if "==" in line and not line.startswith(" ")}


def in_a_fresh_python(code: str) -> str:
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT / "src").stdout.strip()


def test_no_file_names_the_host_of_a_package_registry() -> None:
    for path in our_files():
        content = path.read_bytes()
        named = [host for host in REGISTRY_HOSTS if host.encode() in content]
        assert not named, f"{path.relative_to(ROOT)} names {named}"


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_files_hold_hashes_and_no_addresses(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert "--hash=sha256:" in text
    assert not [line for line in text.splitlines() if "://" in line or "-index" in line or "find-links" in line]


def test_the_tests_run_with_the_versions_that_users_run() -> None:
    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def test_there_is_no_second_lock() -> None:
    assert not (ROOT / "uv.lock").exists()


def test_an_old_python_can_read_run_py_and_say_what_is_wrong() -> None:
    ast.parse((ROOT / "run.py").read_text("utf-8"), feature_version=(3, 6))


def test_the_library_prints_nothing() -> None:
    for name, tree in library_trees():
        if not name.startswith("cli/"):
            calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
            assert "print" not in [call.func.id for call in calls if isinstance(call.func, ast.Name)], name


def test_only_the_edge_reads_the_clock() -> None:
    for name, tree in library_trees():
        calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
        attributes = [function for function in calls if isinstance(function, ast.Attribute)]
        called = {function.attr for function in attributes if ast.unparse(function.value) != "clock"}
        assert name in CLOCK_ALLOWED or not called & {"today", "now", "utcnow"}, name


def test_imports_stand_at_the_top_of_a_file() -> None:
    for name, tree in library_trees():
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
        inner = [node for function in functions for node in ast.walk(function)]
        hidden = [node for node in inner if isinstance(node, ast.Import | ast.ImportFrom)]
        if name.startswith("cli/verbs/"):  # the server can be imported only once it has begun for a data folder
            hidden = [node for node in hidden if "huoku.server" not in ast.unparse(node)]
        # An app of the server is there before its models are, so its apps.py can import none at the top.
        assert not hidden or name in LAZY_IMPORTS_ALLOWED or name.endswith("/apps.py"), (
            f"{name}: {[ast.unparse(each) for each in hidden]}"
        )


def test_kernels_know_no_tables() -> None:
    for name, tree in library_trees():
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        for function in functions:
            if "kernel" in {mark.id for mark in function.decorator_list if isinstance(mark, ast.Name)}:
                names = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
                assert not names & {"pl", "polars"}, f"{name}: {function.name}"


def test_import_huoku_is_quick_and_loads_nothing_heavy() -> None:
    code = (
        "import sys, time; begun = time.process_time(); import huoku; seconds = time.process_time() - begun; "
        "print(seconds, [name for name in ('numpy', 'polars', 'numba', 'ortools') if name in sys.modules])"
    )
    seconds, _, heavy = in_a_fresh_python(code).partition(" ")
    assert heavy == "[]"
    assert float(seconds) < 0.1


@pytest.mark.parametrize("name", huoku.__all__)
def test_every_public_name_is_there_and_is_listed(name: str) -> None:
    assert getattr(huoku, name) is not None
    assert name in dir(huoku)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'plam'"):
        _ = huoku.plam  # type: ignore[attr-defined]


@pytest.mark.parametrize("room", ["plan", "judge"])
def test_a_room_with_the_name_of_its_function_is_called_like_it(room: str) -> None:
    told = in_a_fresh_python(
        f"from huoku.{room} import {room} as function; import huoku, inspect; room = huoku.{room}; "
        f"print(callable(room), room.{room} is function, inspect.signature(room) == inspect.signature(function))"
    )
    assert told == "True True True"
