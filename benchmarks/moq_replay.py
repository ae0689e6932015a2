"""A manufacturer's history replayed under buying policies: python3 benchmarks/moq_replay.py [--weeks LATER] [--choose]

Everything is learnt in weeks 1-60 and replayed on weeks 61-105 and any later weeks given. Prints each policy, the marks
with intervals over parts, and what other openings change. docs/evidence/moq-replay.md has the conventions and the last
run. --choose replays the learning weeks alone, for the constants of the rule; --plots FOLDER writes the frontiers.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from moq_world import BASE, SETS, World, manufacturer, spare_parts
from public_history import raf

from huoku.report.frontier_chart import Curve, frontier_chart
from huoku.sense.demand import Method, Sba
from huoku.simulate.aiming import aimed
from huoku.simulate.bootstrap import interval
from huoku.simulate.choosing import cost_of_a_year
from huoku.simulate.episode import Episode
from huoku.simulate.frontier import Measure, at_equal, change_at_equal
from huoku.simulate.measures import Figures, Totals, figures
from huoku.simulate.parts import Floats
from huoku.simulate.policies import LineFillTarget, LotForLot, OnBacklog, OrderUpTo, ReorderPoint, WeighedLots
from huoku.simulate.replay import Policy, replay
from huoku.simulate.review import Review

HALF = 30
"""Constants are chosen by learning from weeks 1-30 and replaying 31-60."""
SEED = 20260105
PRICES = (0.15, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 6.0, 9.0, 14.0, 25.0, 45.0, 80.0, 150.0)
"""The dial of the weighed lots: the price of shortage."""
FOR_VALUE = {f"for value {price:g}": WeighedLots(price, evenness=0.0) for price in (0.7, *PRICES[5::2], PRICES[-1])}
"""The exponent that leaves least at equal value fill in the learning weeks (--choose): a unit counts by its value."""
CHEAPEST = WeighedLots(0.7, evenness=0.0)
"""The constants with the least cost in the learning weeks (--choose): in cost a unit counts by its value alone too."""
SAFETIES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0, 1.3, 1.645, 2.0, 2.5)
"""The dial of the rules of textbooks: z."""
PLAIN: dict[str, Policy] = {
    "order up to mean + 1.645 sd": BASE,
    "(s, max(EOQ, MOQ))": ReorderPoint(1.645),
    "lot for lot": LotForLot(),
    "only on backlog": OnBacklog(),
}
Run = dict[str, Figures]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weeks", type=Path, help="CSV: the column sku, then one column for each week after 105")
    parser.add_argument("--choose", action="store_true", help="replay the learning weeks under several constants")
    parser.add_argument("--plots", type=Path, help="write the frontiers as SVG into this folder")
    options = parser.parse_args()
    world = manufacturer(options.weeks)
    if options.choose:
        print_choice(world)
        return
    method = world.method(world.learning)
    print_speed(world, method)
    runs = {name: measured(world.episode(name, world.learning), swept(), method) for name in SETS}
    for name, run in runs.items():
        print_policies(f"Set {name}", run)
        print_changes(run)
    print_marks(world, method, runs["P"])
    print_openings(world, method)
    if options.plots:
        write_plots(runs, options.plots)


def swept() -> dict[str, Policy]:
    """The plain rules, and every dial at every setting."""
    return {
        **PLAIN,
        **{f"z {z:g}": OrderUpTo(z) for z in SAFETIES},
        **{f"s, Q {z:g}": ReorderPoint(z) for z in SAFETIES},
        **{f"weighed {price:g}": WeighedLots(price) for price in PRICES},
        **FOR_VALUE,
        "for cost": CHEAPEST,
    }


def measured(episode: Episode, policies: dict[str, Policy], method: Method) -> Run:
    """Figures of each policy."""
    told = replay(episode, policies, method)
    after = Review(episode.parts, episode.use, episode.periods_per_year, method).next_year
    return {name: figures(episode, one, after) for name, one in told.items()}


def dial(run: Run, name: str) -> list[Figures]:
    """A policy at each setting of its dial."""
    return [one for key, one in run.items() if key.startswith(f"{name} ") and key not in PLAIN]


def print_speed(world: World, method: Method) -> None:
    episode = world.episode("all", world.learning)
    wall, processor = time.perf_counter(), time.process_time()
    replay(episode, {"own": WeighedLots()}, method)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    size = f"{len(episode.parts):,} parts x {episode.came.shape[1]} weeks"
    print(f"{size} under the weighed lots: {wall:.1f} s, of the processor {processor:.1f} s")


def print_policies(title: str, run: Run) -> None:
    print(f"\n{title}: {len(next(iter(run.values())).lines):,} parts, money in thousands")
    print(
        f"{'':<30}{'fill: qty':>10}{'value':>7}{'lines':>7}{'stock':>8}{'excess':>8}{'floor':>7}{'dead':>7}{'cost':>7}"
    )
    for name, one in run.items():
        if name in PLAIN or name.startswith(("weighed", "for")):
            told = one.total()
            fills = f"{told.quantity_fill:>10.3f}{told.value_fill:>7.3f}{told.line_fill:>7.3f}"
            money = (told.mean_stock, told.excess, told.unavoidable, told.dead, told.cost)
            print(
                f"{name:<30}{fills}"
                + "".join(f"{m / 1e3:>{w}.0f}" for m, w in zip(money, (8, 8, 7, 7, 7), strict=True))
            )


def print_changes(run: Run) -> None:
    base = run["order up to mean + 1.645 sd"]
    for rule, name in (("weighed", "value"), ("for value", "value"), ("weighed", "line")):
        told = [change(base, dial(run, rule), SERVICES[name], amount) for amount in (EXCESS, AVOIDABLE)]
        print(f"{rule} at equal {name} fill: excess {told[0]}, avoidable excess {told[1]}")


SERVICES: dict[str, Measure] = {"value": lambda t: t.value_fill, "line": lambda t: t.line_fill}
EXCESS: Measure = lambda t: t.excess  # noqa: E731
AVOIDABLE: Measure = lambda t: t.avoidable  # noqa: E731
COST: Measure = lambda t: t.cost  # noqa: E731
DEAD: Measure = lambda t: t.dead  # noqa: E731


def change(base: Figures, other: Sequence[Figures], service: Measure, amount: Measure) -> str:
    """The change at equal service with its interval, as people read it."""
    return with_interval(lambda weight: change_at_equal(base, other, service, amount, weight), len(base.lines))


def with_interval(statistic: Callable[[Floats | None], float], parts: int) -> str:
    found, (low, high) = statistic(None), interval(statistic, parts, seed=SEED)
    if np.isnan(found):
        return "that service is not reached"
    return f"{found:+.1%} ({low:+.1%} to {high:+.1%})" if low == low else f"{found:+.1%} (too often not reached)"


def ratio(base: Figures, other: Figures, amount: Measure) -> str:
    return with_interval(lambda w: amount(other.total(w)) / amount(base.total(w)) - 1, len(base.lines))


def print_marks(world: World, method: Method, run: Run) -> None:
    base, own = run["order up to mean + 1.645 sd"], dial(run, "weighed")
    best = min(dial(run, "z"), key=lambda one: one.total().cost)
    print("\nMarks, set P unless said: reach, goal, reached (95 % interval over parts)")
    for name, service in SERVICES.items():
        mark, goal = {"value": ("-40", "-55"), "line": ("-50", "-65")}[name]
        row(f"avoidable excess at equal {name} fill", mark, goal, change(base, own, service, AVOIDABLE))
    for name, service in SERVICES.items():
        mark, goal = {"value": ("-15", "-22"), "line": ("-20", "-28")}[name]
        row(f"total excess at equal {name} fill", mark, goal, change(base, own, service, EXCESS))
    row("cost", "-15", "-22", ratio(base, run["for cost"], COST))
    row("cost beside the best z in hindsight", "-6", "-12", ratio(best, run["for cost"], COST))
    row("dead stock at equal line fill", "-40", "-55", change(base, own, SERVICES["line"], DEAD))
    declining = WeighedLots(1.0, evenness=0.0, leftover_share=1.0, may_decline=True)
    told = measured(world.episode("all", world.learning, may_decline=True), {"base": BASE, "own": declining}, method)
    row("declining, all parts: excess", "-70", "-80", ratio(told["base"], told["own"], EXCESS))
    row("declining, all parts: cost", "-70", "-80", ratio(told["base"], told["own"], COST))
    wanted = LineFillTarget(0.95)
    learning = world.episode("P", HALF, world.learning)
    policy = aimed(wanted, learning, world.method(HALF))
    reached = measured(world.episode("P", world.learning), {"own": policy}, method)["own"]
    fill = with_interval(lambda weight: reached.total(weight).line_fill, len(reached.lines)).replace("+", "")
    row("line fill at a target of 95 %", "93.5-96.5", "94-96", f"{fill}, aimed at {policy.target:.3f}")
    for name, other, mark in (("MAN", world, ("-12", "-20")), ("RAF", spare_parts(raf()), ("-5", "-12"))):
        row(f"excess at 90 % value fill beside SBA, {name}", *mark, against_sba(other))


def row(label: str, reach: str, goal: str, told: str) -> None:
    print(f"{label:<46}{reach:>10}{goal:>8}   {told}")


def against_sba(world: World) -> str:
    """Excess where 90 % of the value is served: weighed lots beside ordering up to SBA + z sd, with its interval.

    Value is what is compared, so a unit counts by its value alone.
    """
    # Without packs service is dearer to raise: both dials go so far that nearly every sample of parts reaches it.
    policies: dict[str, Policy] = {
        f"SBA {z:g}": OrderUpTo(z, Sba()) for z in (1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 12.0, 20.0)
    }
    policies |= {
        f"weighed {p:g}": WeighedLots(p, evenness=0.0)
        for p in (2.0, 4.0, 9.0, 20.0, 45.0, 100.0, 200.0, 400.0, 900.0, 4000.0, 2e4, 1e5, 1e6)
    }
    run = measured(world.episode("P", world.learning), policies, world.method(world.learning))

    def excess(name: str, weight: Floats | None) -> float:
        told = [one.total(weight) for one in dial(run, name)]
        return at_equal(0.9, [one.value_fill for one in told], [one.excess for one in told])

    parts = len(next(iter(run.values())).lines)
    return with_interval(lambda weight: excess("weighed", weight) / excess("SBA", weight) - 1, parts)


def print_openings(world: World, method: Method) -> None:
    print("\nSet P with other openings")
    for name, opening in (("half the level", 0.5), ("empty", 0.0)):
        run = measured(world.episode("P", world.learning, opening=opening), swept(), method)
        base = run["order up to mean + 1.645 sd"].total()
        fill = f"{base.value_fill:.3f} by value, {base.line_fill:.3f} by line"
        print(f"{name}: baseline fill {fill}, excess {base.excess / 1e3:.0f} k")
        print_changes(run)


def print_choice(world: World) -> None:
    """Weeks 31-60 replayed after learning from 1-30: excess at equal fill, and cost, under several constants.

    Few weeks count there, and the write-down comes once: so all that runs by the week is brought to a year.
    """
    grid = {
        f"evenness {even:g}, share {share:g}": (even, share)
        for even in (0.0, 0.25, 0.4, 0.55)
        for share in (0.0, 0.3, 0.6)
    }
    policies = {
        f"{name} at {price:g}": WeighedLots(price, evenness=even, leftover_share=share)
        for name, (even, share) in grid.items()
        for price in PRICES
    }
    run = measured(world.episode("P", HALF, world.learning), {"base": BASE, **policies}, world.method(HALF))
    for name in grid:
        own = dial(run, f"{name} at")
        told = [change_at_equal(run["base"], own, service, EXCESS) for service in SERVICES.values()]
        before = cost_of_a_year(run["base"].total(), 52)
        costs = " ".join(f"{cost_of_a_year(one.total(), 52) / before - 1:+.1%}" for one in own)
        print(
            f"{name}: excess {told[0]:+.1%} {told[1]:+.1%}, mean {sum(told) / 2:+.1%}; cost of a year by price {costs}"
        )


def write_plots(runs: dict[str, Run], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, run in runs.items():
        for service, measure in SERVICES.items():
            curves = [
                Curve(label, [point(one.total(), measure) for one in ones])
                for label, ones in (
                    ("weighed lots", dial(run, "weighed")),
                    ("mean + z sd", dial(run, "z")),
                    ("(s, max(EOQ, MOQ))", dial(run, "s, Q")),
                    ("lot for lot", [run["lot for lot"]]),
                    ("only on backlog", [run["only on backlog"]]),
                )
            ]
            file = f"moq-replay-{name.lower().replace(' > ', '-above-').replace(' ', '-')}-{service}.svg"
            folder.joinpath(file).write_text(frontier_chart(curves, "en").svg, encoding="utf-8")


def point(total: Totals, service: Measure) -> tuple[float, float]:
    return service(total), total.excess


if __name__ == "__main__":
    main()
