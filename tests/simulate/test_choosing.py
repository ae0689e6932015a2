"""Demand models judged by what buying with them costs."""

from dataclasses import dataclass

import numpy as np
import pytest
from tests.simulate.worlds import parts

from huoku.sense.demand import Amounts
from huoku.sense.demand.method import Periods, for_each
from huoku.sense.demand.spread import Floats
from huoku.sense.demand.traits import NOTHING_KNOWN, Traits
from huoku.simulate.choosing import cost_of_a_year, simulated_costs
from huoku.simulate.episode import Episode
from huoku.simulate.measures import figures
from huoku.simulate.policies import OrderUpTo, WeighedLots
from huoku.simulate.replay import replay


@dataclass(frozen=True)
class Steady:
    """Says that each period uses the same amount for sure."""

    amount: float

    def fit(self, past: Floats, traits: Traits = NOTHING_KNOWN) -> "Told":
        return Told(self.amount, len(past))


@dataclass(frozen=True)
class Told:
    amount: float
    series: int

    def over(self, periods: Periods) -> Amounts:
        total = self.amount * for_each(periods, self.series)[:, None]
        return Amounts(total.astype(float), np.ones_like(total, float))


USE = np.full((1, 20), 5.0)


def episode() -> Episode:
    """5 a week are used, one week to wait."""
    return Episode(parts(cost=10.0, lead=1), USE, 8, np.array([10.0]), False, periods_per_year=52)


POLICIES = {"weighed": WeighedLots(1.5, evenness=0.0)}


def test_the_model_that_knows_the_use_buys_more_cheaply_than_one_that_sees_none() -> None:
    methods = {"blind": Steady(0.0), "knows": Steady(5.0)}
    costs = simulated_costs(methods, episode(), POLICIES)
    assert costs["knows"]["weighed"] < costs["blind"]["weighed"]


def test_two_that_foretell_alike_buy_alike() -> None:
    costs = simulated_costs({"one": Steady(5.0), "other": Steady(5.0)}, episode(), POLICIES)
    assert costs["one"] == costs["other"]


def test_running_costs_are_brought_to_a_year_and_the_write_down_is_not() -> None:
    """Eleven of twelve weeks count."""
    method = Steady(5.0)
    run = replay(episode(), {"plain": OrderUpTo(1.0)}, method)["plain"]
    told = figures(episode(), run, Told(5.0, 1).over(52)).total()
    running = told.holding + told.ordering + told.shortage
    assert cost_of_a_year(told, 52) == pytest.approx(told.write_down + running * 52 / 11)
