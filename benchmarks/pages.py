"""Every page of a company with 100,000 items and 1,000,000 movements: python3 benchmarks/pages.py

[--items 100000] [--orders 1000] [--movements 1000000] [--times 20] [--only WORD] [--all] [--keep FOLDER]. On SQLite in
a folder that is kept, so that the next run begins at once; or on the database that ``HUOKU_DATABASE`` names, empty or
filled by an earlier run. Every address is asked within this process, through the whole stack, from the request to the
finished answer: milliseconds of CPU (on PostgreSQL those of its process too) and of the clock, and questions to the
database (on PostgreSQL rounds to it and back). What is over a mark stands in the table, and what follows when a page is
open; with ``--all`` everything does.
"""

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile, gettempdir
from typing import Any

BAR_MS, MOST_QUERIES = 150, 20
FEW, QUICK_MS = 3, 60
"""What was answered so often in less is not asked any further."""


@dataclass(frozen=True)
class Found:
    """``first``: the CPU of the very first answer; the others are after it. ``database``: of PostgreSQL's process."""

    name: str
    queries: int
    first: float
    cpu: tuple[float, ...]
    wall: tuple[float, ...]
    database: float
    kilobytes: float
    is_page: bool

    def part(self, share: float, of: tuple[float, ...]) -> float:
        return sorted(of)[min(len(of) - 1, int(share * len(of)))]

    @property
    def p95(self) -> float:
        return self.part(0.95, self.cpu) + self.database

    @property
    def is_over(self) -> bool:
        return self.is_page and (self.p95 > BAR_MS or self.queries > MOST_QUERIES)

    def row(self) -> str:
        cpu, wall = (f"{self.part(0.5, of):.0f} | {self.part(0.95, of):.0f}" for of in (self.cpu, self.wall))
        told = f"{self.first:.0f} | {cpu} | {self.database:.0f} | {wall} | {self.queries} | {self.kilobytes:.0f}"
        return f"| {self.name} | {told} |"


HEAD = (
    "| page | first, CPU ms | CPU ms, p50 | p95 | database ms | wall ms, p50 | p95 | queries | kB |\n"
    "|---|---|---|---|---|---|---|---|---|"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, value in (("items", 100_000), ("orders", 1_000), ("movements", 1_000_000), ("times", 20)):
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--only", default="", help="only pages whose name contains this, or one of these: A,B")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--keep", type=Path, default=Path(gettempdir()) / "huoku-pages")
    options = parser.parse_args()
    vendor = os.environ.get("HUOKU_DATABASE", "sqlite").partition(":")[0]
    folder = options.keep / f"{vendor}-{options.items}-{options.orders}-{options.movements}"
    folder = Path(os.environ.get("HUOKU_FILES", folder))  # see ``pages_postgres.py``
    folder.mkdir(parents=True, exist_ok=True)
    os.environ |= {"HUOKU_DATA": str(folder), "HUOKU_CALLS_PER_MINUTE": "100000000"}
    os.environ |= {"HUOKU_EXPORTS_PER_MINUTE": "100000000"}
    os.environ.setdefault("HUOKU_DATABASE", f"sqlite:///{folder / 'pages.sqlite3'}")
    measure(options)


def measure(options: argparse.Namespace) -> None:
    from pages_world import standing

    owner = standing(options.items, options.orders, options.movements)
    from django.conf import settings
    from django.db import connection
    from pages_asked import World, every_page

    from huoku.server.platform import clock
    from huoku.server.platform.scope import entered
    from huoku.server.running.settled import settle

    settle()  # as a process of the server does
    settings.ALLOWED_HOSTS = ["testserver"]
    print(f"{connection.vendor}, {options.items:,} items, {options.movements:,} movements\n", flush=True)
    with entered(owner.company):
        day = clock.business_day(owner.company, clock.now())
        words = options.only.split(",")
        every = every_page(World(owner.company, day), owner)
        pages = [each for each in every if any(word in each.name for word in words)]
    asker = Asker(options.times)
    found = []
    for place, each in enumerate(pages):
        if told := asker.ask(each):
            found.append(told)
        print(f"\r{place + 1} of {len(pages)} {each.name:60.60}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    report(found, asker, options.all)


def report(found: list[Found], asker: "Asker", is_all: bool) -> None:
    over = [each for each in found if each.is_over]
    told = [each for each in found if is_all or each.is_over or "(follows)" in each.name]
    shown = sorted(told, key=lambda each: -each.p95)
    print(HEAD)
    for each in shown:
        print(each.row())
    pages = [each for each in found if each.is_page]
    worst = max(pages, key=lambda each: each.p95)
    print(
        f"\n{len(pages)} pages, {len(over)} over {BAR_MS} ms or {MOST_QUERIES} queries; load {os.getloadavg()[0]:.1f}"
    )
    print(f"the slowest: {worst.name}, {worst.p95:.0f} ms; most queries {max(each.queries for each in pages)}")
    print("answers that were none:", dict(asker.others) or "none")
    print("addresses nobody asked:", ", ".join(asker.unasked()) or "none")
    if asker.faults:
        sys.exit(f"answered with a fault of ours: {', '.join(asker.faults)}")


class Asker:
    def __init__(self, times: int) -> None:
        self.times = times
        self.clients: dict[str, Any] = {}
        self.asked: set[str] = set()
        self.others: Counter[str] = Counter()
        self.faults: list[str] = []

    def client(self, login: str) -> Any:
        from django.test import Client

        from huoku.server.platform.models import User

        if login not in self.clients:
            client = Client(raise_request_exception=False)
            client.force_login(User.objects.get(username=login))
            client.cookies["django_language"] = "zh-hans"
            since = client.get("/desk/changes").json().get("upto", "") if login == "owner" else ""
            self.clients[login] = (client, since)
        return self.clients[login]

    def ask(self, page: Any) -> Found | None:
        """None where none of the addresses has a page for somebody like this."""
        client, since = self.client(page.login)
        addresses = [each.replace("SINCE", since) for each in page.addresses]
        first, good = 0.0, []
        for address in addresses[: self.times + 1] if len(addresses) < 10 else addresses[:1]:
            took, _, answer = self._timed(client, address, page.body)
            if answer.status_code == 200:
                first, good = first or took, [*good, address]
            else:
                self.others[f"{page.name.partition(',')[0]} {answer.status_code}"] += 1
        if not good:
            return None
        if len(addresses) >= 10:
            good = addresses[1:]
        queries = self._queries(client, good[-1], page.body)
        before, cpu, wall = backend_ms(), [], []
        for n in range(1 if page.is_file else self.times):
            if n == FEW and max(wall) < QUICK_MS:
                break
            took, waited, answer = self._timed(client, good[n % len(good)], page.body)
            cpu.append(took)
            wall.append(waited)
        database = (backend_ms() - before) / len(cpu)
        size = len(answer.content) / 1000
        is_page = not (page.is_file or page.follows)
        return Found(page.name, queries, first, tuple(cpu), tuple(wall), database, size, is_page)

    def _timed(self, client: Any, address: str, body: dict[str, str]) -> tuple[float, float, Any]:
        begun, busy = time.perf_counter(), time.process_time()
        answer = client.post(address, body) if body else client.get(address)
        took, waited = 1000 * (time.process_time() - busy), 1000 * (time.perf_counter() - begun)
        if answer.status_code == 200 and answer.resolver_match:
            self.asked.add(answer.resolver_match.route)
        if answer.status_code >= 500 and address not in self.faults:
            self.faults.append(address)
        return took, waited, answer

    def _queries(self, client: Any, address: str, body: dict[str, str]) -> int:
        """SQLite: statements. PostgreSQL: how often its answer is waited for, whatever was asked: also whose rows are
        seen, what time it is, where a transaction begins. Its own library writes down each such round."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        if connection.vendor == "postgresql":
            with TemporaryFile() as written:
                line = connection.connection.pgconn
                self._timed(client, address, body)  # the second time a statement comes it is laid up, once and for all
                line.trace(written.fileno())
                self._timed(client, address, body)
                line.untrace()
                written.seek(0)
                return written.read().count(b"ReadyForQuery")
        with CaptureQueriesContext(connection) as seen:
            self._timed(client, address, body)
        return len(seen.captured_queries)

    def unasked(self) -> Iterator[str]:
        """Addresses of pages that were not asked and that a browser may ask without writing."""
        from django.urls import URLPattern, get_resolver

        def walk(patterns: Any, before: str) -> Iterator[tuple[str, Any]]:
            for each in patterns:
                route = before + str(each.pattern)
                if isinstance(each, URLPattern):
                    yield route, each.callback
                else:
                    yield from walk(each.url_patterns, route)

        for route, _ in walk(get_resolver().url_patterns, ""):
            if route not in self.asked and not route.startswith("api/"):
                yield route


def backend_ms() -> float:
    """CPU that PostgreSQL's process of this connection has used, in ms; 0 on SQLite, where it is in ours."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    numbers = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text().rpartition(")")[2].split()
    return 1000 * (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
