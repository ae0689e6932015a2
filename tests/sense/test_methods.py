"""The demand models one by one: by hand, against simulation, against a known law."""

import numpy as np
import pytest
from scipy.stats import norm

from huoku.sense.demand import Discounted, HitsAndSizes, Mean, NegativeBinomial, Sba, Traits, Tsb, Windows, choose
from huoku.sense.demand.normal import NormalSpread
from huoku.sense.demand.rolling import trials


def test_sba_smooths_sizes_and_intervals_apart() -> None:
    # First hit: size 4, interval 2. Second: size 4 + 0.5 x (8 - 4) = 6, interval 2 + 0.5 x (4 - 2) = 3.
    fitted = Sba(smoothing=0.5).fit(np.array([[0.0, 4, 0, 0, 0, 8]]))
    assert fitted.rate == pytest.approx([0.75 * 6 / 3])


def test_tsb_falls_while_nothing_is_used_and_sba_does_not() -> None:
    used, idle = np.array([[2.0, 2.0]]), np.array([[2.0, 2.0, 0, 0]])
    assert Tsb(of_chance=0.5).fit(used).rate == pytest.approx([2.0])
    assert Tsb(of_chance=0.5).fit(idle).rate == pytest.approx([0.5])
    assert Sba().fit(idle).rate == pytest.approx(Sba().fit(used).rate)


def test_past_windows_know_only_what_was() -> None:
    spread = Windows().fit(np.array([[1.0, 0, 3, 0]])).over(2)
    assert spread.quantile([1 / 3, 2 / 3, 1.0]).tolist() == [[1.0, 3.0, 3.0]]


def test_windows_of_two_lengths_stand_side_by_side() -> None:
    spread = Windows().fit(np.array([[1.0, 0, 3], [1.0, 0, 3]])).over(np.array([1, 3]))
    assert spread.mean() == pytest.approx([4 / 3, 4.0])


def test_a_normal_spread_answers_as_its_integrals_do() -> None:
    spread = NormalSpread(np.array([3.0, 1.0]), np.array([2.0, 5.0]))
    draws = np.maximum(0.0, norm.ppf((np.arange(200_000) + 0.5) / 200_000)[None, :] * [[2.0], [5.0]] + [[3.0], [1.0]])
    assert spread.mean() == pytest.approx(draws.mean(1), abs=1e-3)
    assert spread.short(4.0) == pytest.approx(np.maximum(draws - 4, 0).mean(1), abs=1e-3)
    assert spread.left(4.0) == pytest.approx(np.maximum(4 - draws, 0).mean(1), abs=1e-3)
    assert spread.at_most(0.0) == pytest.approx((draws <= 0).mean(1), abs=1e-3)


def poisson_world(series: int, periods: int) -> np.ndarray:
    rng = np.random.default_rng(5)
    rate = rng.gamma(0.5, 0.4, series)
    return (rng.random((series, periods)) < 1 - np.exp(-rate)[:, None]) * rng.geometric(0.2, (series, periods)) * 1.0


@pytest.mark.parametrize("method", ["activity", "discounted", "negative binomial"])
def test_foretold_quantiles_are_passed_as_often_as_they_say(method: str) -> None:
    world = poisson_world(1500, 72)
    past, came = world[:, :60], world[:, 60:].sum(1)
    model = {
        "activity": lambda: HitsAndSizes.learn(past, ahead=12),
        "discounted": lambda: HitsAndSizes.learn(past, ahead=12, hits=Discounted.learn(past > 0, 12)),
        "negative binomial": lambda: NegativeBinomial.learn(past, ahead=12),
    }[method]()
    spread = model.fit(past).over(12)
    for level in (0.9, 0.95, 0.99):
        assert (came <= spread.quantile([level])[:, 0]).mean() == pytest.approx(level, abs=0.025)


def test_the_prior_of_a_known_world_is_found_again() -> None:
    rng = np.random.default_rng(2)
    is_hit = rng.random((4000, 60)) < rng.beta(1.0, 4.0, 4000)[:, None]
    found = Discounted.learn(is_hit, 12)
    assert found.discount == 1.0
    assert (found.hits, found.misses) == pytest.approx((1.0, 4.0), rel=0.1)


def test_what_is_dear_is_foretold_in_smaller_numbers_where_nothing_else_is_known() -> None:
    rng = np.random.default_rng(4)
    value = np.repeat([1.0, 100.0], 200)
    past = (rng.random((400, 50)) < 0.1) * np.where(value > 1, 2.0, 50.0)[:, None] * rng.integers(1, 3, (400, 50))
    past[[0, 399]] = 0.0
    spread = HitsAndSizes.learn(past, ahead=8, traits=Traits(value)).fit(past, Traits(value)).over(8)
    cheap, dear = spread.mean()[[0, 399]]
    assert 10 < cheap / dear < 50


def test_a_family_tells_the_size_of_a_part_without_a_past() -> None:
    past = np.zeros((40, 30))
    past[:19, ::5], past[20:39, ::5] = 10.0, 500.0
    traits = Traits(family=np.repeat([0, 1], 20))
    coming = HitsAndSizes.learn(past, ahead=5, traits=traits).fit(past, traits).over(30).mean()
    assert coming[39] > 10 * coming[19]


def test_a_lattice_never_hides_a_mean() -> None:
    past = poisson_world(300, 60)
    model = HitsAndSizes.learn(past, ahead=12).fit(past)
    hits = model.hits_over(12) @ np.arange(13)
    size = np.bincount(model.sizes.row, model.sizes.amount * model.sizes.chance)
    assert model.over(12).mean() == pytest.approx(hits * size, rel=1e-3)


def test_the_method_that_follows_a_change_is_chosen_where_there_is_one() -> None:
    past = np.full((30, 40), 2.0)
    past[:, 20:] = 0.0
    assert choose({"mean": Mean(), "TSB": Tsb(of_chance=0.3)}, past, ahead=8) == "TSB"


def test_a_trial_knows_nothing_of_what_comes_after_it() -> None:
    past = np.arange(24.0)[None, :]
    for trial in trials(past, Traits(), ahead=4):
        known = trial.past.shape[1]
        assert trial.came.tolist() == [past[0, known : known + 4].sum()]
        assert known + 4 <= 24


def test_what_is_booked_on_the_first_of_each_month_is_still_used() -> None:
    """Four weeks of every five are empty for all parts at once; nobody concludes that they have died."""
    weeks = np.zeros((30, 60))
    weeks[:, 3::5] = 8.0
    hits = Discounted.learn(weeks > 0, 4)
    to_come = hits.hits_to_come(hits.state(weeks > 0), np.full(30, 50))
    assert to_come @ np.arange(51) == pytest.approx(np.full(30, 10.0), abs=1.0)
