"""The review of a large store: python3 benchmarks/dead_stock.py [--items 20000] [--lots 3]

Items with many lots each, nearly all of it dead; a past, two outlets for everything and a buy-back right for every
fourth item. CPU seconds of ``huoku.deadstock`` in one process, the best of three.
"""

import argparse
import time
from datetime import date, timedelta

import numpy as np
import polars as pl

import huoku

TODAY = date(2026, 1, 5)
HITS = 5
"""Past uses of each item."""


def main() -> None:
    """Print one line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=20_000)
    parser.add_argument("--lots", type=int, default=3)
    options = parser.parse_args()
    store = store_of(options.items, options.lots)
    seconds = []
    for _ in range(3):
        begun = time.process_time()
        review = huoku.deadstock(store)
        seconds.append(time.process_time() - begun)
    dead = review.figures["dead_lots"]
    print(f"{options.items:,} items, {dead:,} dead lots, {review.routes.height:,} routes: {min(seconds):.1f} CPU s")


def store_of(items: int, lots: int) -> huoku.Factory:
    """The store; equal arguments give equal tables."""
    chance = np.random.default_rng(1)
    codes = np.array([f"I{number:05d}" for number in range(items)])
    stock = np.repeat(codes, lots)
    used = np.repeat(codes, HITS)
    right = {"outlet": "supplier", "kind": "return", "share": 0.6, "fee": 20, "most": 1500}
    return huoku.build(
        today=TODAY,
        items=pl.DataFrame({"item": codes, "unit_cost": chance.integers(1, 100, items)}),
        stock=pl.DataFrame(
            {
                "item": stock,
                "qty": chance.integers(1000, 3000, stock.size),
                "lot": [f"L{number}" for number in range(stock.size)],
                "received_on": days_ago(chance.integers(1, 1000, stock.size)),
            }
        ),
        history=pl.DataFrame(
            {
                "item": used,
                "qty": chance.integers(1, 20, used.size),
                "date": days_ago(chance.integers(1, 900, used.size)),
            }
        ),
        outlets=[
            {"outlet": "dealer", "share": 0.3, "fee": 50, "fade": 0.05},
            {"outlet": "bin", "kind": "scrap", "share": 0.05},
            *({"item": code, "until": TODAY + timedelta(days=60), **right} for code in codes[::4].tolist()),
        ],
    )


def days_ago(days: np.ndarray) -> list[date]:
    return [TODAY - timedelta(days=int(number)) for number in days]


if __name__ == "__main__":
    main()
