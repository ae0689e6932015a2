"""The six shops that planning engines are compared on: python3 benchmarks/plan_cases.py [CASE...] [--judge]

Prints for each: CPU seconds of the plan stage (from checked tables in memory to all output frames; the first time in a
process, and the best of three or of as many as a second holds), wall seconds and peak memory of the whole command,
total cost and late orders, each beside what must be reached, what is aimed at, and what frePPLe 9.18 needed on the same
shop and two cores.
"""

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from measuring import DONE, measured, planned

from huoku.examples import write_shop
from huoku.judge import judge

LINE = "{:<12}{:<10}{:>10}{:>10}{:>10}{:>10}{:>10}{:>10}"
MILLION = 1e6
REPEATS, LEAST_SECONDS = 3, 1.0


class Bar(NamedTuple):
    """A row of figures to hold ours against; None where there is none."""

    cpu: float | None = None
    wall: float | None = None
    peak_mb: float | None = None
    cost_millions: float | None = None
    late: int | None = None


class Case(NamedTuple):
    items: int
    spread: float
    orders: int | None
    reach: Bar
    goal: Bar
    frepple: Bar


CASES = {
    "1k_flat": Case(
        1_000, 1.0, None, Bar(0.15, 2, None, 67.5, 315), Bar(0.05, None, None, 67.0), Bar(2.0, None, 60, 69.57, 315)
    ),
    "10k_flat": Case(
        10_000, 1.0, None, Bar(1.0, 3, 1000, 712, 3100), Bar(0.4, None, None, 708), Bar(34, None, 273, 735.35, 3150)
    ),
    "1k_skewed": Case(
        1_000, 2.5, None, Bar(0.15, 2, None, 60.8, 315), Bar(0.05, None, None, 60.3), Bar(4.0, None, 57, 62.70, 319)
    ),
    "10k_skewed": Case(
        10_000, 2.5, None, Bar(1.0, 3, None, 655, 3090), Bar(0.4, None, None, 650), Bar(186, None, 222, None, 3123)
    ),
    "moq1k": Case(
        1_000, 2.5, 100, Bar(0.05, 1.5, None, 6.08, 25), Bar(None, None, None, 6.0), Bar(0.1, None, 43, 6.72, 25)
    ),
    # frePPLe had not finished this one after 420 s.
    "100k_flat": Case(100_000, 1.0, None, Bar(10, 25, 4000, 7060), Bar(5, None, None, 6990), Bar()),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", metavar="CASE", help=f"of {', '.join(CASES)} (default: all)")
    parser.add_argument("--judge", action="store_true", help="also judge each plan by the rules of the contract")
    options = parser.parse_args()
    if unknown := set(options.cases) - set(CASES):
        parser.error(f"no such case: {', '.join(sorted(unknown))}; there are {', '.join(CASES)}")
    print(LINE.format("case", "", "first CPU", "best CPU", "wall s", "peak MB", "cost M", "late"))
    for name in options.cases or CASES:
        with TemporaryDirectory() as folder:
            report(name, CASES[name], Path(folder), judged=options.judge)


def report(name: str, case: Case, folder: Path, *, judged: bool) -> None:
    """Plan one shop, in a process for its CPU seconds and by the command for the rest, and print the lines."""
    shop = write_shop(folder / "shop", case.items, orders=case.orders, spread=case.spread)
    stage = planned(shop, REPEATS, LEAST_SECONDS)
    command = measured("-m", "huoku", "plan", str(shop), "-o", str(folder / "plan"), "--json")
    if command.exit_code not in DONE:
        raise SystemExit(command.exit_code)
    figures, seconds = stage["figures"], stage["seconds"]
    ours = Bar(min(seconds), command.wall, command.peak_mb, figures["total_cost"] / MILLION, figures["late_demands"])
    print_line(name, "huoku", ours, first_cpu=seconds[0])
    for whose, bar in (("reach", case.reach), ("goal", case.goal), ("frePPLe", case.frepple)):
        print_line("", whose, bar)
    if judged:
        verdict = judge(shop, folder / "plan")
        print(f"{'':<12}judged: {verdict.count} violations, total cost {verdict.figures['total_cost']:,.2f}")


def print_line(name: str, whose: str, bar: Bar, first_cpu: float | None = None) -> None:
    cells = (
        shown(first_cpu, 2),
        shown(bar.cpu, 2),
        shown(bar.wall, 1),
        shown(bar.peak_mb, 0),
        shown(bar.cost_millions, 2),
        shown(bar.late, 0),
    )
    print(LINE.format(name, whose, *cells), flush=True)


def shown(value: float | None, digits: int) -> str:
    return "" if value is None else f"{value:,.{digits}f}"


if __name__ == "__main__":
    main()
