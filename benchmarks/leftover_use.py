"""How much of a leftover is used within a year, on public histories: python3 benchmarks/leftover_use.py

At one moment of the past every part that was used before has a leftover of a tenth, a quarter, a half, one and two
years of its past use. Which share of it was used in the year that came, and which was foretold? The squared error of
the share, per part and by the money that lies in the leftover, and the mean error; and CPU seconds.
"""

import time
from collections.abc import Callable
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from public_history import History, man_moq, raf

from huoku.sense.demand import Traits
from huoku.sense.outlook import learnt_from
from huoku.sense.year_ahead import YEAR_DAYS, futures, use_of_a_year

Floats = NDArray[np.float64]
YEARS = (0.1, 0.25, 0.5, 1.0, 2.0)
LINE = "{:<34}{:>10}{:>10}{:>10}{:>10}"


class Moment(NamedTuple):
    """What was known, what came in the year after it, and the leftovers (series, sizes) that are asked about."""

    name: str
    past: Floats
    came: Floats
    unit_value: Floats
    leftover: Floats
    year: int
    planned_periods: int  # so many periods are one of the planner's


def moment(history: History, known: int, year: int, together: int) -> Moment:
    """The moment after so many periods of a history, of which ``year`` make a year."""
    used = (history.use[:, :known] > 0).any(axis=1)
    past = history.use[used, :known]
    a_year = past.mean(axis=1) * year
    return Moment(
        name=f"{history.name}, {known} periods known, {len(past):,} parts",
        past=past,
        came=history.use[used, known : known + year].sum(axis=1),
        unit_value=history.unit_value[used],
        leftover=a_year[:, None] * np.array(YEARS),
        year=year,
        planned_periods=together,
    )


def in_periods(at: Moment) -> Floats:
    """The past in the planner's periods; what is missing of the oldest is taken as no use."""
    lacking = -at.past.shape[1] % at.planned_periods
    full = np.concatenate((np.zeros((len(at.past), lacking)), at.past), axis=1)
    return full.reshape(len(full), -1, at.planned_periods).sum(axis=2)


def expected(amount: Floats, chance: Floats, leftover: Floats) -> Floats:
    """E min(use, leftover) over futures (series, futures)."""
    used = [(chance * np.minimum(amount, leftover[:, [size]])).sum(axis=1) for size in range(leftover.shape[1])]
    return np.stack(used, axis=1)


def planners(at: Moment) -> Floats:
    days = round(YEAR_DAYS / at.year * at.planned_periods)
    return expected(*futures(use_of_a_year(in_periods(at), Traits(at.unit_value), days)), at.leftover)


def outlooks(at: Moment) -> Floats:
    traits = Traits(at.unit_value)
    return learnt_from(at.past, traits, at.year // 4).fit(at.past, traits).over(at.year).used(at.leftover)


def mean_rates(at: Moment) -> Floats:
    """The plain mean of the past, with its spread over the months as a gamma distribution."""
    months = in_periods(at)
    scale = at.year / at.planned_periods
    mean, variance = months.mean(axis=1) * scale, np.maximum(months.var(axis=1, ddof=1), months.mean(axis=1)) * scale
    spread = variance / (9.0 * mean**2)
    level = np.array([NormalDist().inv_cdf((future + 0.5) / 64) for future in range(64)])
    amount = mean[:, None] * np.maximum(0.0, 1.0 - spread[:, None] + np.sqrt(spread)[:, None] * level) ** 3
    return expected(amount, np.full(amount.shape, 1.0 / 64), at.leftover)


def no_use(at: Moment) -> Floats:
    return np.zeros(at.leftover.shape)


RULES: dict[str, Callable[[Moment], Floats]] = {
    "nothing is used": no_use,
    "mean rate, gamma": mean_rates,
    "outlook, exact, by the week": outlooks,
    "planner's futures": planners,
}


def main() -> None:
    print(LINE.format("", "parts", "money", "bias", "CPU s"))
    for at in (moment(man_moq(), 53, 52, 4), moment(raf(), 60, 12, 1), moment(raf(), 72, 12, 1)):
        print(at.name)
        share = np.minimum(at.came[:, None], at.leftover) / at.leftover
        money = at.leftover * at.unit_value[:, None]
        for name, rule in RULES.items():
            begun = time.process_time()
            error = rule(at) / at.leftover - share
            seconds = time.process_time() - begun
            figures = (error**2).mean(), (money * error**2).sum() / money.sum(), error.mean()
            print(LINE.format("  " + name, *(f"{figure:.4f}" for figure in figures), f"{seconds:.2f}"))


if __name__ == "__main__":
    main()
