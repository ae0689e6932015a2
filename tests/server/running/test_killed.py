"""The whole server, with its worker, is killed in the middle of its work: what was answered is there, and the same
calls sent again are done once."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.server.ledger.own_database import fresh_database
from tests.server.migrated import run
from tests.server.running.conftest import free_port
from tests.server.running.test_together import EXAMINE, FOUND, Server

__all__ = ["fresh_database"]

pytestmark = pytest.mark.slow

KILLS, CLIENTS = 2, 3


@contextmanager
def serving(environment: dict[str, str], port: int, token: str) -> Iterator[Server]:
    """A server and its worker in a group of their own, which is killed at the end."""
    command = [sys.executable, "-m", "huoku", "serve", "--processes", "1", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, start_new_session=True)
    server = Server(port, token)
    try:
        until = time.monotonic() + 60
        while not server.is_ready():
            assert process.poll() is None and time.monotonic() < until, "it does not come up"
            time.sleep(0.1)
        yield server
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def receive(server: Server, key: str) -> bool:
    """Whether the receipt of one piece under this key was answered as done."""
    line = {"kind": "receive", "item": "BOLT", "from_location": "S", "to_location": "W", "quantity": "1"}
    asked = urllib.request.Request(
        f"{server.root}/api/v1/HUO/movements",
        data=json.dumps({"lines": [line]}).encode(),
        headers={
            "Authorization": f"Bearer {server.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        },
    )
    try:
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return bool(answer.status == 201)
    except (OSError, urllib.error.URLError):
        return False


def test_a_server_that_is_killed_loses_nothing_and_does_nothing_twice(
    fresh_database: Callable[[], str], root: Path, tmp_path: Path
) -> None:
    database, port = fresh_database(), free_port()
    token = run(database, [sys.executable, "-c", FOUND]).strip().splitlines()[-1]
    environment = {
        **os.environ,
        "HUOKU_DATABASE": database,
        "HUOKU_SECRET_KEY": "only for tests",
        "HUOKU_DATA": str(tmp_path),
        "HUOKU_CALLS_PER_MINUTE": "100000",
        "PYTHONPATH": str(root / "src"),
    }
    sent: set[str] = set()
    answered: set[str] = set()
    for kill in range(KILLS):
        with serving(environment, port, token) as server:
            if not kill:
                set_up(server)
            over = threading.Event()

            def work(number: int, server: Server = server, kill: int = kill, over: threading.Event = over) -> None:
                for turn in range(10_000):
                    key = f"{kill}-{number}-{turn}"
                    sent.add(key)
                    if receive(server, key):
                        answered.add(key)
                    if over.is_set():
                        return

            clients = [threading.Thread(target=work, args=(number,)) for number in range(CLIENTS)]
            for client in clients:
                client.start()
            before = len(answered)
            while len(answered) < before + 20:
                time.sleep(0.01)
            over.set()
        for client in clients:
            client.join()
    with serving(environment, port, token) as server:
        assert lying(server) >= len(answered) >= 20 * KILLS
        assert all(receive(server, key) for key in sorted(sent))
        assert lying(server) == len(sent)
    assert run(database, [sys.executable, "-c", EXAMINE]).strip().splitlines()[-1] == "[]"


def set_up(server: Server) -> None:
    server.done("/items", {"code": "BOLT"})
    for code, kind in (("S", "supplier"), ("W", "storage")):
        server.done("/locations", {"code": code, "kind": kind})


def lying(server: Server) -> int:
    rows: list[dict[str, Any]] = server.done("/stock")["rows"]
    return int(rows[0]["on_hand"])
