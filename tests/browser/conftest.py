"""The desk as people have it: a founded server in a process of its own, and Chromium before it."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from tests.browser.people import Person
from tests.server.migrated import copy_migrated
from tests.server.running.conftest import plain_environment

__all__ = ["plain_environment"]

Enter = Callable[..., Person]
PICTURES = os.environ.get("HUOKU_PICTURES", "")
"""The folder into which these tests put a picture of each screen that they see, where one is wanted."""
ONLY = os.environ.get("HUOKU_SCREENS", "").split()
"""The names of the screens of which pictures are wanted; all of them where none is named."""
FOUNDED = os.environ.get("HUOKU_WORKS", "")
"""A folder with companies that were founded before, or into which they are: to look at the same ones again."""
DAYS = int(os.environ.get("HUOKU_PAST_DAYS", "14" if PICTURES else "0"))
"""How long the demo company has been at work."""


@dataclass(frozen=True)
class Works:
    """The address of the server, and passwords by login."""

    address: str
    passwords: dict[str, str]


@pytest.fixture(scope="session")
def works(root: Path, plain_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Works]:
    """A served server with the demo company and, beside it, an empty one of ``wang``."""
    folder = Path(FOUNDED) if FOUNDED else tmp_path_factory.mktemp("works")
    passwords = folder / "passwords.json"
    if not passwords.exists():
        copy_migrated(folder / "data" / "huoku.sqlite3", tmp_path_factory)
        found = [sys.executable, "-m", "tests.browser.works", str(folder / "data"), str(DAYS)]
        done = subprocess.run(found, capture_output=True, text=True, env=plain_environment, cwd=root, timeout=900)
        assert done.returncode == 0, done.stderr
        passwords.write_text(done.stdout.splitlines()[-1], "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "huoku", "serve", "--data", str(folder / "data"), "--port", str(port)]
    with (folder / f"log-{port}").open("w") as log:
        process = subprocess.Popen(command, env=plain_environment, stderr=log, stdout=log)
    address = f"http://127.0.0.1:{port}"
    try:
        _answers(f"{address}/healthz", process)
        yield Works(address, json.loads(passwords.read_text("utf-8")))
    finally:
        process.terminate()
        process.wait(timeout=30)


def _answers(address: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 180
    while time.monotonic() < until:
        assert process.poll() is None, "the server ended"
        try:
            urlopen(address, timeout=5)
            return
        except (URLError, OSError):
            process.poll()
    raise AssertionError(f"{address} does not answer")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright: pip install playwright")
    with playwright.sync_playwright() as started:
        launched = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield launched
        launched.close()


def missed(answer: Any) -> str:
    """What a page asked for besides itself and is not there: a picture, a sheet, a script, a part of it."""
    return f"404: {answer.url}" if answer.status == 404 and answer.request.resource_type != "document" else ""


@pytest.fixture
def enter(browser: Any, works: Works) -> Iterator[Enter]:
    """``enter(login, language="zh-hans", width=1440, height=900)``: somebody who has signed in and sees his first page.
    Faults of scripts, calls to another host and files that are not there fail the test."""
    contexts, faults = [], []

    def enter_as(login: str, language: str = "zh-hans", width: int = 1440, height: int = 900) -> Person:
        context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
        contexts.append(context)
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=works.address)
        context.add_cookies([{"name": "django_language", "value": language, "url": works.address}])
        context.set_default_timeout(180_000 if PICTURES else 60_000)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
        page.on("response", lambda answer: faults.append(missing) if (missing := missed(answer)) else None)
        ours = (works.address, "data:", "blob:")
        page.on("request", lambda asked: None if asked.url.startswith(ours) else faults.append(asked.url))
        return Person(page, works.address, language).sign_in(login, works.passwords[login])

    yield enter_as
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def opened(enter: Enter) -> Callable[..., Any]:
    """``opened(address, language="zh-hans", width=1440)``: a page of the empty company, its owner signed in."""
    return lambda address, *given, **named: enter("wang", *given, **named).goes(address).page
