"""Reservations and lists over HTTP beside a raw probe of the same database: python3 benchmarks/over_http.py

[--seconds 5] [--items 1000] [--rows 100000]. On SQLite in the current folder, or on the empty database that
``HUOKU_DATABASE`` names. A server of its own (`huoku serve`) is asked over connections that are kept open, with a
token; the probe runs in turns with it, because the same disk flushes in 0.1 ms at one time and in 4 ms at another.
Linux and macOS only.
"""

import argparse
import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from socket import socket
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

ARROW = "application/vnd.apache.arrow.stream"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--items", type=int, default=1000)
    parser.add_argument("--rows", type=int, default=100_000)
    options = parser.parse_args()
    with TemporaryDirectory(dir=".") as folder:
        data = Path(folder).resolve()
        os.environ |= {"HUOKU_DATA": str(data), "HUOKU_CALLS_PER_MINUTE": "100000000"}
        os.environ.setdefault("HUOKU_DATABASE", f"sqlite:///{data / 'bench.sqlite3'}")
        measure(options)


def measure(options: argparse.Namespace) -> None:
    import ledger_world as world
    from django.db import connection
    from ledger import Run, beside

    here, probe = world.World(options.items), world.Probe(options.items)
    caller = Caller(token(here), options.items)
    print(f"{connection.vendor}, load {os.getloadavg()[0]:.1f}\n")
    print("| what | measured | bar | beside |\n|---|---|---|---|")
    with serving() as port:

        def run(count: int, work: Callable[[Random], Any]) -> Run:
            return Run(world.clients(count, work, options.seconds))

        def over_http(dice: Random) -> None:
            caller.reserve(port, dice)

        def by_probe(dice: Random) -> None:
            probe.reserve(dice, False)

        def compare(count: int) -> None:
            raw, ours = beside(
                lambda: run(count, lambda dice: probe.reserve(dice, False)), lambda: run(count, over_http)
            )
            bar = min(0.25 * raw.rate, 150)
            wanted = f">= {bar:,.0f}: {'holds' if ours.rate >= bar else 'does not hold'}"
            print(f"| {count} clients, reservations a second | {ours.rate:,.0f} | {wanted} | raw {raw.rate:,.0f} |")
            print(f"| the same, p99 ms | {ours.p99:,.0f} | | raw {raw.p99:,.0f} |")

        for count in (1, 4):
            compare(count)
        add_items(here.company, options.rows)
        lists(caller, port)


def token(here: Any) -> str:
    """A key of the owner's for everything."""
    from huoku.server.platform import clock
    from huoku.server.platform.models import ApiToken
    from huoku.server.platform.roles import all_rights
    from huoku.server.platform.scope import entered
    from huoku.server.platform.tokens import new_secret

    secret, now = new_secret(), clock.now()
    with entered(here.company):
        ApiToken.objects.create(
            company=here.company,
            user=here.actor.user,
            name="bench",
            prefix=secret.prefix,
            digest=secret.digest,
            rights=[right.name for right in all_rights()],
            made_at=now,
            expires_at=now + timedelta(days=1),
        )
    return secret.text


@contextmanager
def serving() -> Any:
    """`huoku serve` on a free port, until the end."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    from django.db import connection

    connection.close()
    command = [sys.executable, "-m", "huoku", "serve", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_ready(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_until_ready(port: int) -> None:
    for _ in range(300):
        try:
            asking = HTTPConnection("127.0.0.1", port, timeout=5)
            asking.request("GET", "/healthz")
            if asking.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server does not answer")


class Caller:
    """A program with a token; each process that it is called in has a connection of its own."""

    def __init__(self, secret: str, items: int) -> None:
        self.items = items
        self.headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
        self.lines: dict[int, HTTPConnection] = {}

    def ask(self, port: int, method: str, path: str, body: str = "", **headers: str) -> bytes:
        line = self.lines.setdefault(os.getpid(), HTTPConnection("127.0.0.1", port, timeout=120))
        line.request(method, f"/api/v1/BENCH{path}", body or None, {**self.headers, **headers})
        answer = line.getresponse()
        told = answer.read()
        if answer.status >= 400:
            raise SystemExit(told.decode())
        return told

    def reserve(self, port: int, dice: Random) -> None:
        """One piece of an item, by its code."""
        wish = {"item": f"ITEM{dice.randrange(self.items)}", "location": "SHELF", "quantity": "1"}
        body = json.dumps({"lines": [wish], "demand": "bench"})
        self.ask(port, "POST", "/reservations", body, **{"Idempotency-Key": f"{dice.getrandbits(120):x}"})


def add_items(company: Any, rows: int) -> None:
    from huoku.server.items.models import Item
    from huoku.server.platform.scope import entered

    with entered(company):
        facts = ({"code": f"ROW{n:07d}", "name": f"螺栓 M6×{n}", "unit_cost_millionths": n} for n in range(rows))
        made = [Item(company=company, **each) for each in facts]
        Item.objects.bulk_create(made, batch_size=2000)


def lists(caller: Caller, port: int) -> None:
    """The same rows as one Arrow file and as pages of JSON."""
    begun = time.perf_counter()
    frame = pl.read_ipc_stream(io.BytesIO(caller.ask(port, "GET", "/items", Accept=ARROW)))
    arrow = frame.height / (time.perf_counter() - begun)
    begun, seen, cursor = time.perf_counter(), 0, ""
    while seen < min(frame.height, 20_000):
        page = json.loads(caller.ask(port, "GET", f"/items?limit=1000{cursor}"))
        seen, cursor = seen + len(page["rows"]), f"&cursor={page['next_cursor']}"
    paged = seen / (time.perf_counter() - begun)
    print(f"| list of {frame.height:,} items as Arrow, rows a second | {arrow:,.0f} | | JSON pages {paged:,.0f} |")


if __name__ == "__main__":
    main()
