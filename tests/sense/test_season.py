"""Seasons learnt from a family, and left alone where there are none. A year has 12 periods, a part of it is a month."""

import numpy as np
import pytest

from huoku.sense.demand import HitsAndSizes, Traits
from huoku.sense.demand.season import Seasonal, season_factors
from huoku.simulate.learning import learnt

TRUE = 1.0 + 0.8 * np.sin(2 * np.pi * np.arange(12) / 12)


def world(factors: np.ndarray, years: int = 4, series: int = 300, seed: int = 5) -> np.ndarray:
    """Each series is used in half of the months, some 20 at a time, more or less by the season."""
    chance = np.random.default_rng(seed)
    months = 12 * years
    level = chance.uniform(10, 30, (series, 1))
    size = chance.poisson(level * np.tile(factors, years))
    return np.where(chance.random((series, months)) < 0.5, size, 0).astype(float)


def test_the_factors_of_a_known_world_are_found_again() -> None:
    found = season_factors(world(TRUE), 12)[0]
    assert np.abs(found - TRUE).max() < 0.1
    assert found.mean() == pytest.approx(1.0)


def test_few_hits_hardly_move_an_even_year() -> None:
    """One series with a use each December: twelve times the mean there, drawn to (1/6 x 12 + 20) / (1/6 + 20)."""
    past = np.zeros((1, 24))
    past[0, [11, 23]] = 6
    drawn = (np.where(np.arange(12) == 11, 12.0, 0.0) / 6 + 20) / (1 / 6 + 20)
    assert season_factors(past, 12)[0] == pytest.approx(drawn / drawn.mean())


def test_each_family_has_seasons_of_its_own() -> None:
    past = np.concatenate((world(TRUE), world(2.0 - TRUE)))
    found = season_factors(past, 12, Traits(family=np.repeat([0, 1], 300)))
    assert np.abs(found - np.array([TRUE, 2.0 - TRUE])).max() < 0.1


def test_seasons_are_taken_where_there_are_some_and_foretell_the_high_months() -> None:
    method = Seasonal.learn(world(TRUE), ahead=3, periods_per_year=12)
    assert isinstance(method, Seasonal)
    high = method.fit(world(TRUE)[:, :37]).over(3).mean().sum()
    low = method.fit(world(TRUE)[:, :43]).over(3).mean().sum()
    # Months 2 to 4 of the year take about 1.64 of the mean, months 8 to 10 about 0.36.
    assert high / low == pytest.approx(TRUE[1:4].sum() / TRUE[7:10].sum(), rel=0.25)


def test_without_seasons_and_with_less_than_two_years_there_are_none() -> None:
    even = world(np.ones(12))
    assert isinstance(Seasonal.learn(even, ahead=3, periods_per_year=12), HitsAndSizes)
    assert isinstance(Seasonal.learn(world(TRUE)[:, :23], ahead=3, periods_per_year=12), HitsAndSizes)


def test_a_replay_over_years_foretells_by_their_seasons_and_one_of_a_single_year_does_not() -> None:
    past, cost, lead = world(TRUE), np.ones(300), np.full(300, 2)
    assert isinstance(learnt(past, cost, lead, 12), Seasonal)
    assert isinstance(learnt(past[:, :23], cost, lead, 12), HitsAndSizes)
    assert isinstance(learnt(world(np.ones(12)), cost, lead, 12), HitsAndSizes)
