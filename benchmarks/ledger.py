"""Reservations through the command layer beside a raw probe of the same database: python3 benchmarks/ledger.py

[--old 1000000] [--seconds 5] [--items 1000]. On SQLite in the current folder, or on the empty database that
``HUOKU_DATABASE`` names. The probe is one guarded update and one insert in a transaction; both run in the same minute,
because the same disk flushes in 0.1 ms at one time and in 4 ms at another. Linux and macOS only.
"""

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

TRYTON = 28
"""Reserved lines a second of Tryton 7.6 on PostgreSQL on two cores."""
DISK_BOUND = 0.7
"""So much of a slow disk's flushes the raw probe fills. Where it does not, the disk is faster than any statements."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--old", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--items", type=int, default=1000)
    options = parser.parse_args()
    with TemporaryDirectory(dir=".") as folder:
        os.environ.setdefault("HUOKU_DATABASE", f"sqlite:///{Path(folder).resolve() / 'bench.sqlite3'}")
        measure(options, folder)


def measure(options: argparse.Namespace, folder: str) -> None:
    import ledger_world as world
    from django.db import connection

    from huoku.server.ledger.doctor import examine

    is_sqlite = connection.vendor == "sqlite"
    here, probe = world.World(options.items), world.Probe(options.items)

    def run(count: int, work: Callable[[Random], Any]) -> "Run":
        return Run(world.clients(count, work, options.seconds))

    def one(dice: Random) -> Any:
        return here.reserve([dice.choice(here.items)], dice)

    def hot(dice: Random) -> Any:
        return here.reserve(here.items[:1], dice)

    def order(dice: Random) -> Any:
        return here.reserve(dice.sample(here.items, 20), dice)

    print(f"{connection.vendor}, load {os.getloadavg()[0]:.1f}\n")
    print("| what | measured | bar | raw probe |\n|---|---|---|---|")
    raw, single = beside(lambda: run(1, lambda dice: probe.reserve(dice, False)), lambda: run(1, one))
    bar = min(0.5 * raw.rate, 500)
    show("one client, lines a second", single.rate, f">= {bar:,.0f} (Tryton {TRYTON})", single.rate >= bar, raw)
    raw_hot, crowd = beside(lambda: run(16, lambda dice: probe.reserve(dice, True)), lambda: run(16, hot))
    bar = max(300, 150_000 / raw_hot.rate)
    show("16 clients on one item, p99 ms", crowd.p99, f"<= {bar:,.0f}", crowd.p99 <= bar, raw_hot)
    print(f"| the same, lines a second | {crowd.rate:,.0f} | | {raw_hot.rate:,.0f} |")
    many = run(4, order)
    show("4 clients, orders of 20 lines, p99 ms", many.p99, "<= 500", many.p99 <= 500, None)
    print(f"| the same, lines a second | {many.rate * 20:,.0f} | Tryton {TRYTON} | |")
    if is_sqlite:
        sqlite_alone(world, run, one, folder, raw)
    grow(world, here, options)
    raw_later, later = beside(lambda: run(1, lambda dice: probe.reserve(dice, False)), lambda: run(1, one))
    part = (later.rate / raw_later.rate) / (single.rate / raw.rate)
    show(f"one client, {options.old:,} old movements, rate as a part", part, ">= 0.90", part >= 0.9, None)
    begun, cpu = time.perf_counter(), time.process_time()
    findings = examine(here.company)
    taken, cpu = time.perf_counter() - begun, time.process_time() - cpu
    is_well = taken <= 60 and not findings
    show(f"verification of {options.old:,} movements, s", taken, "<= 60, nothing found", is_well, None)
    print(f"| the same, CPU s of this process | {cpu:.1f} | | |")
    for finding in findings[:3]:
        print(finding)


def sqlite_alone(world: Any, run: Callable[..., "Run"], one: Callable[[Random], Any], folder: str, raw: "Run") -> None:
    """What only SQLite is asked: four writers in a fair order, and as many reservations as the disk bears."""
    flush = 1 / world.flushes_per_second(folder)
    four = run(4, one)
    bar = max(200, 30 * flush * 1000)
    show("4 processes, worst wait ms", four.worst, f"<= {bar:,.0f}", four.worst <= bar, None)
    show("4 processes, most to least served", four.unfairness, "<= 2", four.unfairness <= 2, None)
    per_flush, at_best = run(1, one).rate * flush, raw.rate * flush
    bar = (
        ">= 0.5"
        if at_best >= DISK_BOUND
        else f"none: the processor, not the disk, holds the raw probe at {at_best:.2f}"
    )
    show("one writer, reservations per flush", per_flush, bar, per_flush >= 0.5 or at_best < DISK_BOUND, None)


def grow(world: Any, here: Any, options: argparse.Namespace) -> None:
    begun = time.perf_counter()
    world.grow_old(here, options.old)
    os.sync()
    print(f"| making {options.old:,} old movements, s | {time.perf_counter() - begun:.0f} | | |")


def beside(raw: Callable[[], "Run"], ours: Callable[[], "Run"]) -> tuple["Run", "Run"]:
    """The raw probe and ours in turns, three times: what else the machine does meets both."""
    turns = [(raw(), ours()) for _ in range(3)]
    return Run([call for one, _ in turns for call in one.calls], 3), Run([c for _, one in turns for c in one.calls], 3)


class Run:
    """The calls of several processes: their rate, and milliseconds at the tail."""

    def __init__(self, calls: list[list[float]], turns: int = 1) -> None:
        self.calls = calls
        every = sorted(second for some in calls for second in some)
        self.rate = sum(len(some) / sum(some) for some in calls) / turns
        self.p99 = every[int(len(every) * 0.99)] * 1000
        self.worst = every[-1] * 1000
        self.unfairness = max(len(some) for some in calls) / max(1, min(len(some) for some in calls))


def show(what: str, value: float, bar: str, holds: bool, raw: Run | None) -> None:
    beside = f"{raw.rate:,.0f}/s, p99 {raw.p99:,.1f} ms" if raw else ""
    print(f"| {what} | {value:,.2f} | {bar}{'' if holds else ' MISSED'} | {beside} |", flush=True)


if __name__ == "__main__":
    main()
