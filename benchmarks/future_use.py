"""What the past says of future use, on public histories: python3 benchmarks/future_use.py [--step 1]

All constants are learnt in the learning periods (MAN weeks 1-60, RAF months 1-59). From then on every method is fitted
anew at each moment and foretells the use of the lead time and one period more. docs/evidence/future-use.md has the
conventions and the last run.
"""

import argparse
import time
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from public_history import History, man_moq, raf

from huoku.sense.demand import Activity, HitsAndSizes, Method, Traits
from huoku.sense.demand.choose import all_methods
from huoku.sense.demand.normal import NormalUse
from huoku.sense.demand.scores import area_under_curve, brier, decile_gaps, pinball, root_scaled_error

LEVELS = (0.9, 0.95, 0.99)
BARS = ("SBA + normal", "mean + normal")
OWN = "activity and sizes"
MARKS = {"MAN": "1 / .97 / .85, goal .92 / .86 / .70", "RAF": ".98 / .97 / .85, goal .94 / .92 / .78"}
RESAMPLES = 500
WITHIN = 26


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--step", type=int, default=1, help="periods between the moments of forecasting")
    step = parser.parse_args().step
    for history in (man_moq(), raf()):
        learning = history.use[:, : history.learning]
        methods = all_methods(learning, ahead=history.usual_ahead, traits=Traits(history.unit_value))
        print_quantiles(history, methods, step)
        print_means(history, methods)
        if history.name == "MAN":
            print_odds(history, step)
    print_speed()


def print_quantiles(history: History, methods: Mapping[str, Method], step: int) -> None:
    """Pinball loss by value of the use over the lead time and a period, beside the better of the two bars."""
    loss, covered, count = lead_time_losses(history, methods, step)
    bar = np.min([loss[name].sum(0) for name in BARS], axis=0)
    print(f"\n{history.name}: pinball loss by value beside the better of {' and '.join(BARS)}")
    print(f"mark at .9 / .95 / .99: {MARKS[history.name]}")
    print(f"{'':<28}{'at .9':>7}{'.95':>7}{'.99':>7}   enough in % of cases")
    for name in methods:
        relative = " ".join(f"{part:6.3f}" for part in loss[name].sum(0) / bar)
        print(f"{name:<28}{relative}    " + " / ".join(f"{100 * part / count:.1f}" for part in covered[name]))
    low, high = bootstrap(loss)
    print(
        "the first, 95 % interval over parts: " + ", ".join(f"{a:.3f}-{b:.3f}" for a, b in zip(low, high, strict=True))
    )


def lead_time_losses(
    history: History, methods: Mapping[str, Method], step: int
) -> tuple[dict[str, NDArray[np.float64]], dict[str, NDArray[np.int64]], int]:
    """Loss in money (series, levels) of each method; how often each level was enough, of how many cases."""
    used = (history.use[:, : history.learning] > 0).any(axis=1)
    ahead = history.lead_time + 1
    periods = history.use.shape[1]
    up_to = np.concatenate((np.zeros((len(used), 1)), np.cumsum(history.use, axis=1)), axis=1)
    loss = {name: np.zeros((len(used), len(LEVELS))) for name in methods}
    covered = {name: np.zeros(len(LEVELS), np.int64) for name in methods}
    count = 0
    for now in range(history.learning, periods, step):
        rows = np.flatnonzero(used & (now + ahead <= periods))
        if not rows.size:
            break
        came = up_to[rows, now + ahead[rows]] - up_to[rows, now]
        count += rows.size
        traits = Traits(history.unit_value[rows])
        for name, method in methods.items():
            foretold = method.fit(history.use[rows, :now], traits).over(ahead[rows]).quantile(LEVELS)
            loss[name][rows] += pinball(foretold, came, LEVELS) * history.unit_value[rows, None]
            covered[name] += (came[:, None] <= foretold).sum(0)
    return loss, covered, count


def bootstrap(loss: dict[str, NDArray[np.float64]]) -> NDArray[np.float64]:
    """The interval of the own method's relative loss when parts are drawn anew; shape (2, levels)."""
    rng = np.random.default_rng(0)
    series = len(loss[OWN])
    times = rng.multinomial(series, np.full(series, 1.0 / series), RESAMPLES)
    bar = np.minimum(*(times @ loss[name] for name in BARS))
    return np.quantile(times @ loss[OWN] / bar, [0.025, 0.975], axis=0)


def print_means(history: History, methods: Mapping[str, Method]) -> None:
    """RMSSE and bias of the mean of every later period, foretold once at the end of learning."""
    past, came = history.use[:, : history.learning], history.use[:, history.learning :]
    twice = (past > 0).sum(axis=1) >= 2
    print(f"\n{history.name}: means of {came.shape[1]} periods to come, {twice.sum()} series with 2 hits or more")
    for name, method in methods.items():
        fitted = method.fit(past, Traits(history.unit_value))
        sums = np.column_stack([fitted.over(ahead).mean() for ahead in range(1, came.shape[1] + 1)])
        foretold = np.diff(sums, axis=1, prepend=0.0)
        if isinstance(fitted, NormalUse):  # its spread is cut off at zero; it is known for its rate
            foretold = np.repeat(fitted.rate[:, None], came.shape[1], axis=1)
        error = root_scaled_error(foretold[twice], came[twice], past[twice])
        bias = foretold[twice].sum() / came[twice].sum() - 1.0
        print(f"{name:<28}RMSSE {np.nanmean(error):.3f}   bias {100 * bias:+.0f} %")


def print_odds(history: History, step: int) -> None:
    """Odds of any use within 26 weeks, beside the rule that what lay idle for 26 weeks is dead."""
    is_hit = history.use > 0
    learnt = Activity.learn(is_hit[:, : history.learning])
    used = is_hit[:, : history.learning].any(axis=1)
    print(
        f"\n{history.name}: odds of use in {WITHIN} weeks (mark: AUC .85, Brier -15 %, gap .10; goal .88, -20 %, .05)"
    )
    for name, chosen in (("used in the learning weeks", used), ("all parts", np.full(len(used), True))):
        rule = learnt_rates(is_hit[chosen][:, : history.learning], only_used=chosen is used)
        own, by_rule, recency, happened = [], [], [], []
        for now in range(history.learning, history.use.shape[1] - WITHIN + 1, step):
            past = is_hit[chosen, :now]
            ahead = np.full(len(past), WITHIN)
            own.append(1.0 - learnt.hits_to_come(learnt.state(past), ahead)[:, 0])
            by_rule.append(rule[(idle(past) >= WITHIN).astype(int)])
            recency.append(-idle(past).astype(float))
            happened.append(is_hit[chosen, now : now + WITHIN].any(axis=1))
        truth = np.concatenate(happened)
        print(f"{name}: {truth.size} cases, {100 * truth.mean():.0f} % used")
        bar = brier(np.concatenate(by_rule), truth)
        for label, parts in (("own", own), ("rule with learnt rates", by_rule)):
            odds = np.concatenate(parts)
            area, score = area_under_curve(odds, truth), brier(odds, truth)
            print(f"  {label:<24}AUC {area:.3f}   Brier {score:.4f} ({100 * (score / bar - 1):+.1f} %)")
        gaps = decile_gaps(np.concatenate(own), truth)
        print("  own less seen, by tenths of the cases: " + " ".join(f"{gap:+.3f}" for gap in gaps))
        print(f"  {'recency alone':<24}AUC {area_under_curve(np.concatenate(recency), truth):.3f}")
        sleeping = np.concatenate([rates == rule[1] for rates in by_rule])
        odds = np.concatenate(own)[sleeping]
        constant = brier(np.full(odds.size, truth[sleeping].mean()), truth[sleeping])
        against = 100 * (brier(odds, truth[sleeping]) / constant - 1)
        print(f"  idle for {WITHIN} weeks: {odds.size} cases, Brier {against:+.1f} % against their true share")


def learnt_rates(is_hit: NDArray[np.bool_], only_used: bool) -> NDArray[np.float64]:
    """The share used within 26 weeks of what was idle for less, and for more; from the learning weeks alone."""
    counts = np.zeros((2, 2))
    for now in range(WITHIN, is_hit.shape[1] - WITHIN + 1):
        past, came = is_hit[:, :now], is_hit[:, now : now + WITHIN].any(axis=1)
        known = past.any(axis=1) | (not only_used)
        np.add.at(counts, ((idle(past) >= WITHIN)[known].astype(int), came[known].astype(int)), 1)
    return counts[:, 1] / counts.sum(axis=1)


def idle(is_hit: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Periods since the last hit, or since the beginning."""
    return np.where(is_hit.any(axis=1), np.argmax(is_hit[:, ::-1], axis=1), is_hit.shape[1])


def print_speed() -> None:
    """CPU seconds of 10,000 series: those of both histories, cut to 60 periods, and some of them again."""
    first, second = man_moq(), raf()
    use = np.concatenate((first.use[:, :60], second.use[:, :60]))
    rows = np.resize(np.arange(len(use)), 10_000)
    use, traits = use[rows], Traits(np.concatenate((first.unit_value, second.unit_value))[rows])
    marks = [time.process_time()]
    method = HitsAndSizes.learn(use, ahead=9, traits=traits)
    marks.append(time.process_time())
    fitted = method.fit(use, traits)
    marks.append(time.process_time())
    fitted.over(9).quantile(LEVELS)
    marks.append(time.process_time())
    learnt, fit, over = np.diff(marks)
    print(
        f"\n10,000 series of 60 periods, CPU s: constants {learnt:.2f}, fit {fit:.2f}, spreads {over:.2f} (mark: 3 s)"
    )


if __name__ == "__main__":
    main()
