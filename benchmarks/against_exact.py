"""Plans of tiny random factories against the proved best: python3 benchmarks/against_exact.py [FEATURE...] [--n 30]

For each feature: violations by our judge; how many plans are as early as can be in every rank, in the strict order of
ranks; the money of lateness above the least; and total cost above the least, of all plans that keep the plan's own
promises (was it bought and made well?) and of all plans (was it also promised well?).
"""

import argparse
import statistics
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.against import exact_plan
from tests.against.exact_plan import Promises, TooHard, least_cost, least_lateness
from tests.against.small_factories import FEATURES, small_factory

from huoku.factory import Factory
from huoku.judge import judge
from huoku.plan import Plan, plan

LINE = "{:<13}{:>4}{:>9}{:>7}" + "{:>10}{:>9}{:>6}" * 3 + "{:>6}"
CENT = 0.0051
"""The judge's figures are rounded to cents."""


class Gap(NamedTuple):
    """One plan against the best; money in the factory's currency, None where nothing was proved."""

    seed: int
    violations: int
    late: float | None
    rank: int | None
    same_promises: float | None
    total: float | None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("features", nargs="*", metavar="FEATURE", help=f"of {', '.join((*FEATURES, 'mixed'))}")
    parser.add_argument("--n", type=int, default=10, help="so many factories of each feature")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--effort", type=float, default=10.0, help="about the CPU seconds that one proof may take")
    parser.add_argument("--show", action="store_true", help="a line for each factory where there is a fault")
    options = parser.parse_args()
    exact_plan.EFFORT = options.effort
    print(
        LINE.format(
            "feature", "n", "violated", "late =", "late gap", "worst", "seed", "cost gap", "worst", "seed",
            "all gap", "worst", "seed", "hard",
        )
    )  # fmt: skip
    for feature in options.features or (*FEATURES, "mixed"):
        gaps = []
        for seed in range(options.first, options.first + options.n):
            gaps.append(gap := measured(feature, seed))
            if options.show and fault(gap):
                print(f"  {feature} {seed}: {gap}", flush=True)
        report(feature, gaps)


def measured(feature: str, seed: int) -> Gap:
    """Plan one factory and prove how far it is from the best."""
    factory = small_factory(feature, seed)
    found = plan(factory)
    verdict = judge(factory, found)
    try:
        late, rank = lateness_gap(factory, found)
    except TooHard:
        late, rank = None, None
    cost, own = verdict.figures["total_cost"], promised(factory, found)
    if verdict.count:
        return Gap(seed, verdict.count, late, rank, None, None)
    return Gap(seed, 0, late, rank, above(cost, factory, own), above(cost, factory))


def above(cost: float, factory: Factory, promises: Promises | None = None) -> float | None:
    """By how much a cost is above the least."""
    try:
        return round(cost - least_cost(factory, promises), 4)
    except TooHard:
        return None


def promised(factory: Factory, found: Plan) -> Promises:
    """The plan's promises, by days from today."""
    days: dict[str, dict[int, int]] = defaultdict(dict)
    for row in found.promises.filter(found.promises["qty"] > 0).iter_rows(named=True):
        if row["date"] is not None:
            days[row["demand"]][(row["date"] - factory.settings.today).days] = int(row["qty"])
    return days


def lateness_gap(factory: Factory, found: Plan) -> tuple[float, int | None]:
    """How much more lateness the plan has than the least, in the first rank that differs; that rank."""
    own, days = exact_plan.lateness_of(factory, promised(factory, found)), least_lateness(factory)
    for rank, least in days.items():
        if abs(own[rank] - least) > CENT:
            return own[rank] - least, rank
    return 0.0, None


def fault(gap: Gap) -> bool:
    return bool(gap.violations or gap.rank is not None or abs(gap.same_promises or 0.0) > CENT)


def report(feature: str, gaps: Sequence[Gap]) -> None:
    late = [(gap.late, gap.seed) for gap in gaps if gap.late is not None]
    same = [(gap.same_promises, gap.seed) for gap in gaps if gap.same_promises is not None]
    total = [(gap.total, gap.seed) for gap in gaps if gap.total is not None]
    equal = sum(gap.late is not None and gap.rank is None for gap in gaps)
    hard = sum(gap.late is None or (not gap.violations and None in (gap.same_promises, gap.total)) for gap in gaps)
    cells = (len(gaps), sum(gap.violations > 0 for gap in gaps), f"{equal / max(1, len(late)):.0%}")
    print(LINE.format(feature, *cells, *summed(late), *summed(same), *summed(total), hard), flush=True)


def summed(gaps: Sequence[tuple[float, int]]) -> tuple[str, str, str]:
    """Mean, worst, and the seed of the worst."""
    if not gaps:
        return "", "", ""
    worst, seed = max(gaps)
    return f"{statistics.mean(gap for gap, _ in gaps):.2f}", f"{worst:.2f}", f"#{seed}"


if __name__ == "__main__":
    main()
