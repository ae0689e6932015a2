"""Quotes on a plan of 10,000 orders: python3 benchmarks/quote.py [FACTORY...] [--quotes 1000]

CPU milliseconds of ``plan.quote``, the reason in words included, for random items, quantities and days (fixed seed);
then of what is worked out only when it is asked for. Without FACTORY: the synthetic shops 10k_flat and 10k_skewed.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import huoku
from huoku.examples import write_shop
from huoku.plan import Plan

SEED = 20260105
SPREADS = {"10k_flat": 1.0, "10k_skewed": 2.5}
"""See ``make_shop``."""
Question = tuple[str, float, date]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("factories", nargs="*", metavar="FACTORY", type=Path)
    parser.add_argument("--quotes", type=int, default=1000)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        paths = {path.name: path for path in options.factories} or {
            name: write_shop(Path(folder) / name, 10_000, spread=spread) for name, spread in SPREADS.items()
        }
        shops = {name: huoku.read(path) for name, path in paths.items()}
    print(f"{'shop':<24}{'asked':<16}{'quotes':>7}{'late':>6}{'median ms':>11}{'p90 ms':>8}{'p99 ms':>8}{'largest':>9}")
    for name, shop in shops.items():
        compared(name, huoku.plan(shop), options.quotes)


def compared(name: str, plan: Plan, quotes: int) -> None:
    """Print the rows of one plan."""
    settings = plan.factory.settings
    chance = random.Random(SEED)
    demands = plan.factory.demands
    items, sizes = sorted(demands["item"].unique()), sorted(demands["qty"].to_list())
    asked = [
        (
            chance.choice(items),
            chance.choice(sizes),
            settings.today + timedelta(days=chance.randrange(settings.horizon_days // 2)),
        )
        for _ in range(quotes)
    ]
    begun = time.process_time()
    plan.quote(*asked[0])
    first = time.process_time() - begun
    late = [one for one in asked if not plan.quote(*one).is_kept]
    show(name, "quote", asked, late, lambda one: plan.quote(*one))
    show(name, "late ones alone", late, late, lambda one: plan.quote(*one))
    show(name, "with parts", asked, late, lambda one: plan.quote(*one).parts)
    show(name, "with missing", asked, late, lambda one: plan.quote(*one).missing)
    begun = time.process_time()
    for one in late[:5]:
        _ = plan.quote(*one).ahead
    ahead = (time.process_time() - begun) / max(1, len(late[:5]))
    print(f"{name:<24}first quote {first:.2f} s; served ahead {ahead:.2f} s each")


def show(name: str, what: str, asked: list[Question], late: list[Question], ask: Callable[[Question], object]) -> None:
    """Ask once to warm up, then once to measure."""
    if not asked:
        return
    for one in asked[:20]:
        ask(one)
    spent = []
    for one in asked:
        begun = time.process_time_ns()
        ask(one)
        spent.append((time.process_time_ns() - begun) / 1e6)
    cuts = statistics.quantiles(spent, n=100) if len(spent) > 1 else spent * 99
    cells = f"{name:<24}{what:<16}{len(asked):>7}{len(late):>6}{statistics.median(spent):>11.3f}"
    print(f"{cells}{cuts[89]:>8.3f}{cuts[98]:>8.3f}{max(spent):>9.3f}", flush=True)


if __name__ == "__main__":
    main()
