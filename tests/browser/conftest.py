"""The desk as people have it: a founded server in a process of its own, and Chromium before it."""

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from tests.server.migrated import copy_migrated
from tests.server.running.conftest import huoku, plain_environment

__all__ = ["huoku", "plain_environment"]

PASSWORD = "six kettles on a shelf"
Open = Callable[..., Any]


@pytest.fixture(scope="session")
def desk(
    huoku: Callable[..., Any], plain_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of a server with one company, and its owner ``wang``."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "password").write_text(PASSWORD)
    copy_migrated(folder / "data" / "huoku.sqlite3", tmp_path_factory)
    done = huoku(
        "init",
        folder / "data",
        "--company",
        "HUO",
        "--owner",
        "wang",
        "--password-file",
        folder / "password",
        "--no-second-factor",
    )
    assert done.returncode == 0, done.stderr
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "huoku", "serve", "--no-worker", "--data", folder / "data", "--port", str(port)]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen([str(part) for part in command], env=plain_environment, stderr=log, stdout=log)
    address = f"http://127.0.0.1:{port}"
    try:
        _answers(f"{address}/healthz", process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


def _answers(address: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 60
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


@pytest.fixture
def opened(browser: Any, desk: str) -> Iterator[Open]:
    """``opened(address, language="zh-hans", width=1440)``: a page of the desk, its owner signed in. Faults of scripts,
    and calls to another host, fail the test."""
    contexts, faults = [], []

    def open_page(address: str, language: str = "zh-hans", width: int = 1440, height: int = 900) -> Any:
        context = browser.new_context(viewport={"width": width, "height": height})
        contexts.append(context)
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=desk)
        context.add_cookies([{"name": "django_language", "value": language, "url": desk}])
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
        page.on("request", lambda asked: None if asked.url.startswith((desk, "data:")) else faults.append(asked.url))
        page.goto(f"{desk}/account/login/")
        page.fill("input[name=login]", "wang")
        page.fill("input[name=password]", PASSWORD)
        page.click("form:has(input[name=password]) button[type=submit]")
        page.wait_for_load_state()
        page.goto(f"{desk}{address}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []
