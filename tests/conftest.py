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


def lacking(what: str, cure: str) -> NoReturn:
    """Skip a test for want of a program; where CI is set, somebody forgot to install it, and that is a failure."""
    message = f"{what} is not on this machine ({cure})"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)
