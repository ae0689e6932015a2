"""An order of 20 lines over HTTP, entered and confirmed, all of it reserved: python3 benchmarks/order_entry.py

[--orders 40] [--lines 20] [--items 1000]. On SQLite in the current folder, or on the empty database that
``HUOKU_DATABASE`` names. `huoku serve` is asked with a token over one connection; each order is two calls. Before that
the same calls are made within this process, for their CPU seconds. Linux and macOS only.
"""

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

BAR_MS = 100
Ask = Callable[..., dict[str, int]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--orders", type=int, default=40)
    parser.add_argument("--lines", type=int, default=20)
    parser.add_argument("--items", type=int, default=1000)
    options = parser.parse_args()
    with TemporaryDirectory(dir=".") as folder:
        data = Path(folder).resolve()
        os.environ |= {"HUOKU_DATA": str(data), "HUOKU_CALLS_PER_MINUTE": "100000000"}
        os.environ.setdefault("HUOKU_DATABASE", f"sqlite:///{data / 'bench.sqlite3'}")
        measure(options)


def measure(options: argparse.Namespace) -> None:
    import ledger_world as world
    import over_http
    from django.db import connection

    from huoku.server.partners.commands.partners import AddCustomer, add_customer
    from huoku.server.platform import clock

    here = world.World(options.items)
    here.do(add_customer, AddCustomer(code="LI", currency="CNY"))
    caller, dice = over_http.Caller(over_http.token(here), options.items), Random(1)
    due_on = str(clock.business_day(here.company, clock.now()) + timedelta(days=30))

    def order(ask: Ask, clock_of: Callable[[], float], keys: Iterator[int]) -> float:
        """Milliseconds of one order by this clock."""
        chosen = dice.sample(range(options.items), options.lines)
        lines = [{"item": f"ITEM{n}", "qty": "1", "due_on": due_on} for n in chosen]
        begun = clock_of()
        entered = ask("/sales_orders", f"enter-{next(keys)}", customer="LI", lines=lines)
        ask(f"/sales_orders/{entered['id']}/confirm", f"confirm-{next(keys)}")
        return 1000 * (clock_of() - begun)

    keys, here_itself = count(), within(caller)
    cpu = [order(here_itself, time.process_time, keys) for _ in range(options.orders)]
    with over_http.serving() as port:
        served = over_the_wire(caller, port)
        took = [order(served, time.perf_counter, keys) for _ in range(options.orders)]
    p50, p95 = statistics.median(took), statistics.quantiles(took, n=20)[-1]
    print(f"{connection.vendor}, {options.lines} lines, load {os.getloadavg()[0]:.0f}")
    print(f"CPU of one order within one process: median {statistics.median(cpu):.0f} ms, best {min(cpu):.0f} ms")
    print(f"p50 {p50:.0f} ms (bar {BAR_MS}), p95 {p95:.0f} ms, best {min(took):.0f} ms")


def within(caller: Any) -> Ask:
    from django.conf import settings
    from django.test import Client

    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client(headers={"authorization": caller.headers["Authorization"]})

    def ask(path: str, key: str, **body: object) -> dict[str, int]:
        headers = {"idempotency-key": key, "if-match": "*"}
        told = client.post(f"/api/v1/BENCH{path}", body, content_type="application/json", headers=headers)
        if told.status_code >= 400:
            raise SystemExit(told.content.decode())
        answer: dict[str, int] = told.json()
        return answer

    return ask


def over_the_wire(caller: Any, port: int) -> Ask:
    def ask(path: str, key: str, **body: object) -> dict[str, int]:
        told = caller.ask(port, "POST", path, json.dumps(body), **{"Idempotency-Key": key, "If-Match": "*"})
        answer: dict[str, int] = json.loads(told)
        return answer

    return ask


if __name__ == "__main__":
    main()
