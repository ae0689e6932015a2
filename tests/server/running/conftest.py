"""A server as a user founds it: by the command, in a folder, in processes of its own."""

import os
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.server.migrated import copy_migrated

Huoku = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def plain_environment(root: Path) -> dict[str, str]:
    """The environment of a process that nobody has set anything for."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HUOKU_", "DJANGO_", "LC_"))}
    return {**kept, "LANG": "C.UTF-8", "PYTHONPATH": str(root / "src")}


@pytest.fixture(scope="session")
def huoku(plain_environment: dict[str, str]) -> Huoku:
    """Run ``huoku`` as a process of its own, in English."""

    def run(*arguments: object, **more: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "huoku", *map(str, arguments)]
        environment = {**plain_environment, **more}
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, timeout=120)

    return run


@pytest.fixture(scope="session")
def founded(huoku: Huoku, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a server with one company and one owner. Tests read it and leave it as it is."""
    data = tmp_path_factory.mktemp("server") / "data"
    copy_migrated(data / "huoku.sqlite3", tmp_path_factory)
    done = huoku("init", data, "--company", "HUO", "--owner", "wang")
    assert done.returncode == 0, done.stderr
    return data


@pytest.fixture(scope="session")
def saved(huoku: Huoku, founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of it, with one file beside the database."""
    (founded / "files").mkdir()
    (founded / "files" / "图纸.txt").write_text("M6×20", encoding="utf-8")
    backup = tmp_path_factory.mktemp("backup") / "huoku.zip"
    done = huoku("backup", backup, "--data", founded)
    assert done.returncode == 0, done.stderr
    return backup


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="package")
def served(founded: Path, plain_environment: dict[str, str]) -> Iterator[tuple[str, "ssl.SSLContext", str]]:
    """Its address by https, the context that trusts its authority, the address of the page for phones."""
    port, page = free_port(), free_port()
    command = [sys.executable, "-m", "huoku", "serve", "--data", str(founded), "--https", "--no-worker"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--introduction-port", str(page)]
    process = subprocess.Popen(command, env=plain_environment, stderr=subprocess.PIPE, text=True)
    certificate = founded / "certificates" / "huoku-authority.crt"
    try:
        trusted = None
        for _ in range(300):
            try:
                trusted = ssl.create_default_context(cafile=str(certificate))
                urllib.request.urlopen(f"https://localhost:{port}/healthz", context=trusted, timeout=5).close()
                break
            except (OSError, urllib.error.URLError):
                assert process.poll() is None, process.stderr.read() if process.stderr else ""
                time.sleep(0.1)
        assert trusted is not None
        yield f"https://localhost:{port}", trusted, f"http://127.0.0.1:{page}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
    assert process.returncode == 0
