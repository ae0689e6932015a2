"""How time and memory grow with the factory: python3 benchmarks/curve.py [ORDERS...]

Shops of as many items as orders. CPU seconds of the plan stage, the best of two in one process, with its largest
stages, and the peak memory of that process, reading included.
"""

import argparse
import json
from pathlib import Path
from tempfile import TemporaryDirectory

from measuring import PLAN_REPEATEDLY, measured

from huoku.examples import write_shop

ORDERS = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
REPEATS = 2
STAGES_SHOWN = 4


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("orders", nargs="*", type=int, default=ORDERS, metavar="ORDERS")
    parser.add_argument("--spread", type=float, default=1.0, help="2.5 makes a few parts very common")
    options = parser.parse_args()
    print(f"{'orders':>8}{'plan CPU s':>12}{'ms / order':>12}{'peak MB':>10}{'cost M':>12}  largest stages, s")
    for orders in options.orders:
        with TemporaryDirectory() as folder:
            shop = write_shop(Path(folder), orders, spread=options.spread)
            child = measured("-c", PLAN_REPEATEDLY, str(shop), str(REPEATS), "0")
        if child.exit_code:
            raise SystemExit(child.exit_code)
        result = json.loads(child.output)
        seconds = min(result["seconds"])
        stages = sorted(result["timings"].items(), key=lambda stage: -stage[1])[:STAGES_SHOWN]
        told = ", ".join(f"{name} {spent:.2f}" for name, spent in stages)
        cost = result["figures"]["total_cost"] / 1e6
        per_order = 1000 * seconds / orders
        cells = f"{orders:>8,}{seconds:>12.3f}{per_order:>12.4f}{child.peak_mb:>10,.0f}{cost:>12,.2f}"
        print(f"{cells}  {told}", flush=True)


if __name__ == "__main__":
    main()
