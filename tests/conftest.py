"""What tests in every folder share: the public data, a browser, and what to do where a machine lacks them."""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import settings

# The same examples on every machine; HUOKU_RANDOM=1 looks for new ones.
settings.register_profile("same", derandomize=True, database=None)
if not os.environ.get("HUOKU_RANDOM"):
    settings.load_profile("same")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's root."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The public data, designs and tools: HUOKU_SHARED, or the folder ``shared`` beside the project."""
    folder = Path(os.environ.get("HUOKU_SHARED") or ROOT.parent / "shared").resolve()
    if not folder.is_dir():
        pytest.skip(f"the public data is not here: set HUOKU_SHARED (looked in {folder})")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """The command of a Chromium, to open a page as its reader would."""
    for name in ("chromium", "chromium-browser", "google-chrome", "chrome"):
        if found := shutil.which(name):
            return found
    lacking("Chromium", "apt install chromium")


PROVING_AT_LENGTH = (
    *("tests/against", "tests/plan/test_explain.py", "tests/plan/test_properties.py", "tests/factory/test_fuzz.py"),
    *("tests/report", "tests/sense", "tests/simulate", "tests/cli/test_simulate.py", "tests/cli/test_other_verbs.py"),
    *("tests/server/running/test_past.py", "tests/server/account/test_another_systems_sign_in.py"),
    *("tests/server/documents/test_courses.py", "tests/server/production/test_courses.py"),
    *("tests/server/purchasing/test_courses.py", "tests/server/purchasing/test_any_course.py"),
    *("tests/server/warehouse/test_any_course.py", "tests/server/shortages/test_course.py"),
    *("tests/server/shortages/test_ways.py", "tests/server/shortages/test_following.py"),
    *("tests/server/planning/test_carrying.py", "tests/server/planning/test_kept_runs.py"),
    *("tests/server/office/test_stories.py", "tests/server/office/test_pages.py", "tests/test_kept_kernels.py"),
    *("tests/stories/test_three_shops.py", "tests/judge/test_planned_factories.py", "tests/mutants"),
)
"""Rooms and files of many cases: all of theirs is ``slow``, each alone may be quick."""


@pytest.hookimpl(tryfirst=True)  # before tests are chosen by their marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    root = Path(__file__).parents[1]
    for item in items:
        if item.path.relative_to(root).as_posix().startswith(PROVING_AT_LENGTH):
            item.add_marker("slow")


def lacking(what: str, cure: str) -> NoReturn:
    """Skip a test for want of a program; where CI is set, somebody forgot to install it, and that is a failure."""
    message = f"{what} is not on this machine ({cure})"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)
