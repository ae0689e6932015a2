"""Changes worked into a plan: python3 benchmarks/replan.py [FACTORY...] [--times 15]

CPU milliseconds of ``huoku.replan`` by stage, medians over so many changes of each kind (fixed seed), in all, and by
the clock on the wall; beside them planning anew, and by what part the money is above that at most. Then the median and
the ninth tenth of all changes but other terms, which are no local change, and of changes worked in one upon another.
Without FACTORY: synthetic shops of 1,000 and 10,000.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import huoku
from huoku.examples import write_shop
from huoku.factory import Factory
from huoku.plan import Plan

SEED = 20260105
SIZES = (1_000, 10_000)
STAGES = ("build", "promise", "net", "tables")


def new_demand(chance: random.Random, shop: Factory) -> Factory:
    like = shop.demands.row(chance.randrange(shop.demands.height), named=True)
    return shop.with_rows({"demands": [{**like, "demand": f"{like['demand']}-AGAIN", "customer": None}]})


def cancelled(chance: random.Random, shop: Factory) -> Factory:
    return shop.without_rows([f"demands.{chance.choice(shop.demands['demand'].to_list())}"])


def other_quantity(chance: random.Random, shop: Factory) -> Factory:
    row = shop.demands.row(chance.randrange(shop.demands.height), named=True)
    return shop.with_values({f"demands.{row['demand']}.qty": row["qty"] * 2})


def slower_supplier(chance: random.Random, shop: Factory) -> Factory:
    row = shop.sources.row(chance.randrange(shop.sources.height), named=True)
    slower = row["lead_time_days"] + 10
    return shop.with_values({f"sources.{row['item']}/{row['supplier']}.lead_time_days": slower})


def counted(chance: random.Random, shop: Factory) -> Factory:
    at, table = chance.randrange(shop.stock.height), shop.stock.to_dicts()
    table[at]["qty"] = int(table[at]["qty"]) // 2
    return shop.with_(stock=table)


def late_supply(chance: random.Random, shop: Factory) -> Factory:
    row = shop.supplies.row(chance.randrange(shop.supplies.height), named=True)
    return shop.with_values({f"supplies.{row['supply']}.due": max(row["due"], shop.settings.today) + timedelta(10)})


def broken_machine(chance: random.Random, shop: Factory) -> Factory:
    resource, today = chance.choice(shop.resources["resource"].to_list()), shop.settings.today
    down = [{"date": today + timedelta(day), "open": False, "resource": resource} for day in range(3)]
    return shop.with_rows({"calendar": down})


CHANGES: dict[str, Callable[[random.Random, Factory], Factory]] = {
    "new demand": new_demand,
    "cancelled": cancelled,
    "other quantity": other_quantity,
    "slower supplier": slower_supplier,
    "count": counted,
    "late supply": late_supply,
    "broken machine": broken_machine,
}
NEEDS = {"late supply": "supplies", "broken machine": "resources"}
"""A table without which there is no such change."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("factories", nargs="*", metavar="FACTORY", type=Path)
    parser.add_argument("--times", type=int, default=15)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        paths = {path.name: path for path in options.factories} or {
            f"{size:,}": write_shop(Path(folder) / str(size), size) for size in SIZES
        }
        shops = {name: huoku.read(path) for name, path in paths.items()}
    titles = "".join(f"{stage:>9}" for stage in STAGES)
    print(f"{'shop':<14}{'change':<16}{titles}{'all ms':>9}{'wall':>9}{'slowest':>9}{'anew ms':>9}{'dearer':>9}")
    for name, shop in shops.items():
        before = huoku.plan(shop, compiled=True)
        huoku.replan(before, other_quantity(random.Random(SEED), shop), compiled=True)
        local: list[float] = []
        for kind, change in CHANGES.items():
            if kind not in NEEDS or shop.table(NEEDS[kind]).height:
                line, spent = row(name, kind, before, change, options.times)
                local += spent if kind != "slower supplier" else []
                print(line, flush=True)
        ninth = sorted(local)[int(0.9 * len(local))]
        print(f"{name:<14}all local: median {1000 * statistics.median(local):.1f}, ninth tenth {1000 * ninth:.1f}")
        spent = one_upon_another(before, 2 * options.times)
        told = f"median {1000 * statistics.median(spent):.1f}, slowest {1000 * max(spent):.1f}"
        print(f"{name:<14}one upon another: {told}", flush=True)


def one_upon_another(before: Plan, times: int) -> list[float]:
    """The CPU seconds of changes each of which is worked into the plan that the one before gave."""
    chance, spent, kinds = random.Random(SEED), [], (new_demand, other_quantity, cancelled)
    for at in range(times):
        shop = kinds[at % 3](chance, before.factory)
        begun = time.process_time()
        before = huoku.replan(before, shop, compiled=True)
        spent.append(time.process_time() - begun)
    return spent


def row(
    name: str, kind: str, before: Plan, change: Callable[[random.Random, Factory], Factory], times: int
) -> tuple[str, list[float]]:
    """One line: a kind of change, so many times; and the CPU seconds of each."""
    chance = random.Random(SEED)
    stages: dict[str, list[float]] = {stage: [] for stage in STAGES}
    spent, wall, anew, dearer = [], [], [], []
    for at in range(times):
        shop = change(chance, before.factory)
        begun, clock = time.process_time(), time.perf_counter()
        made = huoku.replan(before, shop, compiled=True)
        spent.append(time.process_time() - begun)
        wall.append(time.perf_counter() - clock)
        for stage in STAGES:
            stages[stage].append(made.timings[stage])
        if at < 3:
            begun = time.process_time()
            full = huoku.plan(shop, compiled=True)
            anew.append(time.process_time() - begun)
            dearer.append(made.figures["total_cost"] / full.figures["total_cost"] - 1)
    by_stage = "".join(f"{1000 * statistics.median(stages[stage]):>9.1f}" for stage in STAGES)
    both = "".join(f"{1000 * statistics.median(each):>9.1f}" for each in (spent, wall))
    told = f"{both}{1000 * max(spent):>9.1f}{1000 * statistics.median(anew):>9.0f}"
    return f"{name:<14}{kind:<16}{by_stage}{told}{max(dearer):>9.3%}", spent


if __name__ == "__main__":
    main()
