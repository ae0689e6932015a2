"""Real use of 3,451 parts in 105 weeks: what is learnt in 60 of them must hold in the others."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray

from huoku.sense.demand import Activity, HitsAndSizes, Mean, Sba, Traits
from huoku.sense.demand.scores import area_under_curve, brier, pinball

LEARNING = 60
LEVELS = (0.9, 0.95, 0.99)


@pytest.fixture(scope="module")
def use(shared: Path) -> NDArray[np.float64]:
    table = pl.read_csv(shared / "data" / "man_moq" / "demand_weekly.csv.gz", infer_schema_length=None)
    return table[:, 1:].cast(pl.Float64).to_numpy()


@pytest.fixture(scope="module")
def parts(shared: Path) -> pl.DataFrame:
    return pl.read_csv(shared / "data" / "man_moq" / "items.csv", infer_schema_length=None)


@pytest.mark.slow
def test_stock_levels_for_the_lead_time_lose_less_than_those_of_sba_and_of_the_mean(
    use: NDArray[np.float64], parts: pl.DataFrame
) -> None:
    value = parts["unit_cost_eur"].cast(pl.Float64).to_numpy()
    ahead = parts["lead_time_weeks"].to_numpy() + 1
    methods = {"SBA": Sba(), "mean": Mean()}
    methods["own"] = HitsAndSizes.learn(use[:, :LEARNING], ahead=17, traits=Traits(value))
    loss = dict.fromkeys(methods, np.zeros(3))
    for week in range(LEARNING, use.shape[1] - 17, 7):
        came = np.array([use[part, week : week + ahead[part]].sum() for part in range(len(use))])
        for name, method in methods.items():
            foretold = method.fit(use[:, :week], Traits(value)).over(ahead).quantile(LEVELS)
            loss[name] = loss[name] + value @ pinball(foretold, came, LEVELS)
    assert (loss["own"] / np.minimum(loss["SBA"], loss["mean"]) < [1.0, 0.97, 0.85]).all()


def test_odds_of_use_in_half_a_year_tell_the_dead_from_the_living(use: NDArray[np.float64]) -> None:
    is_hit = use > 0
    learnt = Activity.learn(is_hit[:, :LEARNING])
    used = is_hit[:, :LEARNING].any(axis=1)
    past, happened = is_hit[used, :79], is_hit[used, 79:].any(axis=1)
    odds = 1.0 - learnt.hits_to_come(learnt.state(past), np.full(len(past), 26))[:, 0]
    idle = ~past[:, -26:].any(axis=1)
    rule = np.where(idle, happened[idle].mean(), happened[~idle].mean())  # the rule with the rates of hindsight
    assert area_under_curve(odds, happened) > 0.85
    assert brier(odds, happened) < 0.9 * brier(rule, happened)
