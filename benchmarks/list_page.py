"""One page of a list of 100,000 rows, as the interface and the desk show it: python3 benchmarks/list_page.py

[--rows 100000] [--times 20]. On SQLite in a temporary folder, or on the empty database that ``HUOKU_DATABASE`` names.
Each address is asked within this process, from the request to the finished answer: the first page, one sorted by
name, one filtered, and one deep inside; then a sheet of 1,000 rows and 10 columns, looked at before it is saved.
"""

import argparse
import json
import os
import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

BAR_MS = 150
PASTE_MS = 2_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=20)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        os.environ |= {"HUOKU_DATA": folder, "HUOKU_CALLS_PER_MINUTE": "100000000"}
        os.environ.setdefault("HUOKU_DATABASE", f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
        measure(options)


def measure(options: argparse.Namespace) -> None:
    import ledger_world as world
    import over_http
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    from huoku.server.items.models import Item

    settings.ALLOWED_HOSTS = ["testserver"]
    here = world.World(10)
    over_http.add_items(here.company, options.rows)
    api = Client(headers={"authorization": f"Bearer {over_http.token(here)}"})
    desk = Client()
    desk.force_login(here.actor.user)
    base = f"/api/v1/{here.company.code}/items"
    cursor = api.get(f"{base}?limit=1000").json()["next_cursor"]
    print(f"{connection.vendor}, {options.rows:,} rows\n")
    print("| page | CPU ms | wall ms, median | bar | load |\n|---|---|---|---|---|")
    asked: list[tuple[str, Client, str]] = [
        ("interface, first page", api, f"{base}?limit=50"),
        ("interface, sorted by name", api, f"{base}?limit=50&sort=-name"),
        ("interface, filtered by name", api, f"{base}?limit=50&filter[name][contains]=9999"),
        ("interface, the next 1,000", api, f"{base}?limit=1000&cursor={cursor}"),
        ("desk, first page", desk, "/office/items/"),
        ("grid, first rows", desk, "/office/items/rows?sort=-id"),
        ("grid, sorted by two columns", desk, "/office/items/rows?sort=-lead_time_days,name"),
        ("grid, filtered by name", desk, "/office/items/rows?filter[name][contains]=9999&sort=-id"),
    ]
    for what, client, address in asked:
        cpu, wall = timed(client, address, options.times)
        print(f"| {what} | {cpu:.0f} | {wall:.0f} | <= {BAR_MS} | {os.getloadavg()[0]:.0f} |", flush=True)
    codes = list(Item.objects.of(here.company).order_by("pk").values_list("code", flat=True)[:500])
    cpu, wall = pasted(desk, codes)
    print(f"| grid, 1,000 x 10 cells looked at | {cpu:.0f} | {wall:.0f} | <= {PASTE_MS} | {os.getloadavg()[0]:.0f} |")


def pasted(desk: Any, codes: list[str]) -> tuple[float, float]:
    """The time of a look at a pasted sheet: half of its rows are new, half change what is there."""
    heads = ["code", "name", "spec", "kind", "lead_time_days", "safety_stock", "lot_min", "lot_multiple"]
    heads += ["unit_cost", "price"]
    values = ["a name", "M6", "buy", "7", "5", "10", "5", "1.25", "2,000"]
    cells = [heads, *([code, *values] for code in [*codes, *(f"new-{place}" for place in range(500))])]
    body = json.dumps({"key": "a-sheet-of-cells", "cells": cells})
    begun, busy = time.perf_counter(), time.process_time()
    answer = desk.post("/office/items/check", body, content_type="application/json")
    told = 1000 * (time.process_time() - busy), 1000 * (time.perf_counter() - begun)
    states = [row["state"] for row in answer.json()["rows"]]
    if (states.count("changed"), states.count("new")) != (500, 500):
        raise SystemExit(answer.content[:400].decode())
    return told


def timed(client: Any, address: str, times: int) -> tuple[float, float]:
    cpu, wall = [], []
    for _ in range(times + 1):
        begun, busy = time.perf_counter(), time.process_time()
        answer = client.get(address)
        wall.append(1000 * (time.perf_counter() - begun))
        cpu.append(1000 * (time.process_time() - busy))
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code} {answer.content[:300]!r}")
    return statistics.median(cpu[1:]), statistics.median(wall[1:])


if __name__ == "__main__":
    main()
