"""Two servers and a worker on one database, as processes: of two who want the last ones, one gets them; a job is done
once; nothing that was answered is lost."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from tests.server.ledger.own_database import fresh_database
from tests.server.migrated import run
from tests.server.running.conftest import free_port

__all__ = ["fresh_database"]

pytestmark = pytest.mark.slow

FOUND = """
import django
django.setup()
import huoku.server.urls
from huoku.server.platform.actor import actor_of
from huoku.server.platform.command import perform
from huoku.server.platform.commands.companies import found_company
from huoku.server.platform.commands.tokens import AddToken, add_token
from huoku.server.platform.models import User
from huoku.server.platform.roles import all_rights
from huoku.server.platform.scope import entered
from huoku.server.platform.tokens import new_secret

company = found_company("HUO", "HUO", User.objects.create(username="owner"))
secret = new_secret()
with entered(company):
    actor = actor_of(User.objects.get(username="owner"), company)
rights = [each.name for each in all_rights() if actor.may(each.name)]
token = AddToken(name="test", rights=rights, prefix=secret.prefix, digest=secret.digest.hex())
perform(add_token, token, actor=actor, key="token")
print(secret.text)
"""
EXAMINE = """
import django
django.setup()
from huoku.server.ledger.doctor import examine
from huoku.server.platform.models import Company
print([str(finding) for finding in examine(Company.objects.get())])
"""


class Server:
    """One of the two doors."""

    def __init__(self, port: int, token: str) -> None:
        self.root, self.token = f"http://127.0.0.1:{port}", token

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.root}/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def send(self, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        """The status and the answer. Asks where there is no body."""
        given = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", **headers}
        if body is not None:
            given |= {"Idempotency-Key": str(uuid4()), "If-Match": "*"}
        data = None if body is None else json.dumps(body).encode()
        asked = urllib.request.Request(f"{self.root}/api/v1/HUO{path}", data=data, headers=given)
        try:
            with urllib.request.urlopen(asked, timeout=120) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refused:
            return refused.code, json.load(refused)

    def done(self, path: str, body: Any = None, **headers: str) -> Any:
        status, answer = self.send(path, body, **headers)
        assert status < 400, (path, status, answer)
        return answer


@pytest.fixture(scope="module")
def database(fresh_database: Callable[[], str]) -> str:
    return fresh_database()


@pytest.fixture(scope="module")
def servers(database: str, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Server]]:
    """Two servers of one process each, and a worker beside them, for a company with an owner."""
    token = run(database, [sys.executable, "-c", FOUND]).strip().splitlines()[-1]
    environment = {
        **os.environ,
        "HUOKU_DATABASE": database,
        "HUOKU_SECRET_KEY": "only for tests",
        "HUOKU_DATA": str(tmp_path_factory.mktemp("data")),
        "PYTHONPATH": str(root / "src"),
    }
    ports = free_port(), free_port()
    serve = ["serve", "--no-worker", "--processes", "1", "--port"]
    commands = [[*serve, str(port)] for port in ports] + [["worker"]]
    started = [
        subprocess.Popen([sys.executable, "-m", "huoku", *each], env=environment, stderr=subprocess.DEVNULL)
        for each in commands
    ]
    both = Server(ports[0], token), Server(ports[1], token)
    try:
        for _ in range(600):
            if all(server.is_ready() for server in both):
                break
            assert all(process.poll() is None for process in started)
            time.sleep(0.2)
        yield both
    finally:
        for process in started:
            process.send_signal(signal.SIGTERM)
        for process in started:
            process.wait(timeout=60)


@pytest.fixture(scope="module")
def screws(servers: tuple[Server, Server]) -> tuple[Server, Server]:
    """A hundred screws lie on the shelf."""
    first = servers[0]
    first.done("/items", {"code": "SCREW"})
    first.done("/customers", {"code": "LI"})
    for code, kind in (("SHELF", "storage"), ("OUTSIDE", "supplier"), ("CUSTOMERS", "customer")):
        first.done("/locations", {"code": code, "kind": kind})
    line = {"kind": "receive", "item": "SCREW", "quantity": "100", "from_location": "OUTSIDE", "to_location": "SHELF"}
    first.done("/movements", {"lines": [line]})
    return servers


def test_of_two_sellers_at_two_servers_one_gets_the_last_hundred(screws, database):
    wanted = {"customer": "LI", "lines": [{"item": "SCREW", "qty": "100", "due_on": "2099-01-01"}]}
    orders = [server.done("/sales_orders", wanted)["id"] for server in screws]

    def confirm(server: Server, order: int) -> tuple[int, Any]:
        return server.send(f"/sales_orders/{order}/confirm", {})

    with ThreadPoolExecutor(2) as both:
        told = list(both.map(confirm, screws, orders))
    assert sorted(status for status, _ in told) == [200, 409]
    refused = next(answer for status, answer in told if status == 409)
    assert refused["code"] == "not_covered" and "SCREW × 100" in json.dumps(refused, ensure_ascii=False)
    kept = screws[1].done("/reservations?filter[state][eq]=pending")["rows"]
    assert [row["quantity"] for row in kept] == ["100"]


def test_what_two_servers_were_told_at_once_is_all_there(screws, database):
    codes = [f"NUT-{number}" for number in range(20)]
    with ThreadPoolExecutor(8) as many:
        list(many.map(lambda each: screws[each % 2].done("/items", {"code": codes[each]}), range(len(codes))))
    there = screws[0].done("/items?filter[code][starts]=NUT-&limit=100")["rows"]
    assert sorted(row["code"] for row in there) == sorted(codes)


def test_long_requests_of_both_are_each_done_once_by_the_worker(screws, database):
    asked = [
        screws[number % 2].done("/items", {"code": f"LATER-{number}"}, Prefer="respond-async")["job"]
        for number in range(6)
    ]
    for job in asked:
        for _ in range(300):
            if (row := screws[0].done(f"/jobs/{job}"))["state"] not in ("waiting", "running"):
                break
            time.sleep(0.1)
        assert (row["state"], row["status"]) == ("done", 201), row
    there = screws[1].done("/items?filter[code][starts]=LATER-&limit=100")["rows"]
    assert sorted(row["code"] for row in there) == [f"LATER-{number}" for number in range(6)]
    assert run(database, [sys.executable, "-c", EXAMINE]).strip() == "[]"
