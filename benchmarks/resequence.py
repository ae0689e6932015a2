"""Job shops of the literature (ft, la): python3 benchmarks/resequence.py [INSTANCE...] [--seconds 10]

The makespan by rule and after so many seconds of the solver, beside the best known; each schedule is checked.
HUOKU_SHARED names the folder of the public data (default: ../shared).
"""

import argparse
import json
import os
import statistics
import time
from pathlib import Path
from typing import Any

from huoku.sequence import Floor, Job, Operation, check_schedule, dispatch, improve

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("HUOKU_SHARED") or ROOT.parent / "shared")
SHOPS = SHARED / "data" / "scheduling" / "jobshop_la_ft.json"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("instances", nargs="*", metavar="INSTANCE", help="ft06, la21 ...; all without")
    parser.add_argument("--seconds", type=float, default=10.0, help="the solver's limit for each")
    options = parser.parse_args()
    shops = json.loads(SHOPS.read_text("utf-8"))
    gaps = []
    print(f"{'shop':<6}{'size':>8}{'best':>7}{'rule':>7}{'ms':>6}{'solver':>8}{'bound':>7}{'s':>6}{'gap':>7}  proved")
    for name in options.instances or shops:
        gaps.append(compared(name, shops[name], options.seconds))
    within = sum(gap <= 0.05 for gap in gaps)
    print(f"median gap {statistics.median(gaps):.2%}, largest {max(gaps):.2%}, {within} of {len(gaps)} within 5 %")


def compared(name: str, shop: dict[str, Any], seconds: float) -> float:
    """Print one row; returns the gap of the solver's schedule to the best known one."""
    floor = floor_of(shop)
    begun = time.perf_counter()
    rule = dispatch(floor, "makespan")
    by_rule = time.perf_counter() - begun
    begun = time.perf_counter()
    answer = improve(floor, seconds, "makespan", rule_will_do=False)
    spent = time.perf_counter() - begun
    check_schedule(floor, answer.schedule)
    best = shop["metadata"]["upper_bound"]
    gap = answer.value / best - 1
    size = f"{len(floor.jobs)} x {len(floor.resources)}"
    cells = f"{name:<6}{size:>8}{best:>7}{rule.value:>7}{1000 * by_rule:>6.0f}{answer.value:>8}{answer.bound:>7}"
    print(f"{cells}{spent:>6.1f}{gap:>7.2%}  {'yes' if answer.proved else 'no'}", flush=True)
    return gap


def floor_of(shop: dict[str, Any]) -> Floor:
    """One instance of the data as a floor."""
    rows = zip(shop["machines_matrix"], shop["duration_matrix"], strict=True)
    jobs = []
    for number, (machines, minutes) in enumerate(rows):
        steps = [Operation((f"M{machine:02}",), took) for machine, took in zip(machines, minutes, strict=True)]
        jobs.append(Job(f"J{number:02}", tuple(steps)))
    return Floor(tuple(jobs))


if __name__ == "__main__":
    main()
