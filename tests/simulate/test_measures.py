"""What a replay came to, by hand; and what even perfect foresight leaves over, against every other way to buy."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.simulate.worlds import METHOD, Fixed, parts

from huoku.sense.demand import Amounts
from huoku.simulate.bootstrap import interval
from huoku.simulate.dead_stock import dead_by_forecast
from huoku.simulate.episode import Episode
from huoku.simulate.foresight import unavoidable_excess
from huoku.simulate.frontier import at_equal
from huoku.simulate.measures import Rates, figures
from huoku.simulate.replay import replay

RATES = Rates(holding=0.52, waiting=0.1, lost=2.0, write_down=0.5)


YEAR = Amounts(np.array([[0.0, 10.0, 50.0]]), np.array([[0.5, 0.45, 0.05]]))
"""Use of the year after: 10 at most, with a chance of 95 %."""


def measured(*, may_decline=False):
    """Cost 10, lead 1: 3 on hand; 2, 4, 0, 3 used; 20 ordered in the second week, there in the third."""
    use = np.array([[2.0, 4, 0, 3]])
    episode = Episode(parts(cost=10.0, lead=1), use, 0, np.array([3]), may_decline, periods_per_year=4)
    told = replay(episode, {"fixed": Fixed([0, 20, 0, 0], 0)}, METHOD)
    return figures(episode, told["fixed"], YEAR, RATES).total()


def test_service_counts_from_the_first_week_that_an_order_can_reach():
    told = measured()
    # Weeks 2 to 4: lines of 4 and 3; 1 of the 4 was there.
    assert (told.lines, told.lines_served) == (2, 1)
    assert (told.quantity_fill, told.value_fill, told.line_fill) == (4 / 7, 4 / 7, 1 / 2)


def test_money_of_a_replay_that_must_serve():
    told = measured()
    # On hand at the ends of weeks 2 to 4: 0, 17, 14; 3 wait once; 14 left and 9 used in the year.
    assert told.mean_stock == pytest.approx(310 / 3)
    assert told.holding == pytest.approx(0.13 * 310)
    assert (told.ordering, told.shortage) == (5, pytest.approx(0.1 * 10 * 3))
    assert (told.excess, told.write_down) == (50, 25)
    # With foresight 6 are bought and none is left; of the 14, the year after will hardly use more than 10.
    assert (told.avoidable, told.dead) == (50, 40)
    assert told.cost == pytest.approx(0.13 * 310 + 5 + 3 + 25)


def test_money_of_a_replay_that_may_decline():
    told = measured(may_decline=True)
    # 3 are lost; 17 stay on hand.
    assert (told.shortage, told.excess) == (60, 80)


def test_a_part_without_use_has_no_service_to_speak_of():
    episode = Episode(parts(), np.zeros((1, 4)), 0, np.zeros(1))
    told = replay(episode, {"none": Fixed([0] * 4, 0)}, METHOD)
    assert np.isnan(figures(episode, told["none"], YEAR).total().line_fill)


@given(
    st.lists(st.integers(0, 6), min_size=3, max_size=3), st.integers(0, 9), st.sampled_from([(1, 1), (3, 1), (4, 3)])
)
def test_no_other_orders_that_serve_everyone_leave_less_than_foresight(use, opening, terms):
    moq, pack = terms
    part, used = parts(moq=moq, pack=pack, lead=0), np.array([use], np.float64)
    legal = [0, *(amount for amount in range(1, 25) if amount >= moq and amount % pack == 0)]
    ends = (opening + sum(orders) - sum(use) for orders in itertools.product(legal, repeat=3))
    least = min(max(0, end - sum(use[-2:])) for end in ends if end >= 0)
    episode = Episode(part, used, 0, np.array([opening]), periods_per_year=2)
    assert unavoidable_excess(episode).tolist() == [least]


def test_dead_is_what_lies_above_the_use_that_a_year_hardly_exceeds():
    assert dead_by_forecast(np.array([25.0]), np.array([2.0]), YEAR).tolist() == [30.0]
    assert dead_by_forecast(np.array([8.0]), np.array([2.0]), YEAR).tolist() == [0.0]


def test_two_policies_are_read_off_at_the_same_service():
    assert at_equal(0.9, [0.95, 0.85], [300, 100]) == pytest.approx(200)
    assert at_equal(0.9, [0.9, 0.9, 0.95], [120, 100, 300]) == 100
    assert np.isnan(at_equal(0.99, [0.95, 0.85], [300, 100]))


def test_the_interval_of_a_mean_is_that_of_its_standard_error():
    amounts = np.arange(400.0)
    low, high = interval(lambda weight: float(weight @ amounts / weight.sum()), 400, seed=1, samples=2000)
    error = 1.96 * amounts.std() / 20
    assert (low, high) == (pytest.approx(199.5 - error, abs=0.8), pytest.approx(199.5 + error, abs=0.8))
    assert np.isnan(interval(lambda _: float("nan"), 3, seed=1, samples=10)[0])
