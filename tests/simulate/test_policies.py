"""What each rule orders, worked out by hand for one part that is used 4 in every week but one."""

import numpy as np
import pytest
from tests.simulate.worlds import METHOD, parts, review

from huoku.simulate.parts import Parts
from huoku.simulate.policies import LotForLot, OnBacklog, OrderUpTo, ReorderPoint, WeighedLots
from huoku.simulate.review import Review

PAST = [4, 4, 4, 0, 4, 4, 4, 4]
"""Mean 3.5; squares 7 x 0.25 + 12.25 = 14 over 7, deviation sqrt(2)."""


def ordered(policy, position, past=PAST, **terms) -> float:
    of = parts(**terms)
    return float(policy.orders(review(of, past), np.array([position], np.float64))[0])


def test_order_up_to_covers_the_lead_time_and_one_week_more():
    # Four weeks: 4 x 3.5 + 2 x sqrt(2) x 2 = 14 + 5.66 = 19.66.
    assert ordered(OrderUpTo(z=2.0), 10, lead=3) == 10
    assert ordered(OrderUpTo(z=2.0), 10, lead=3, moq=25, pack=10) == 30
    assert ordered(OrderUpTo(z=2.0), 20, lead=3, moq=25) == 0


def test_lot_for_lot_has_no_safety():
    assert ordered(LotForLot(), 10, lead=3) == 4
    assert ordered(LotForLot(), 14, lead=3) == 0


def test_buying_on_backlog_waits_for_a_customer():
    assert ordered(OnBacklog(), 0, moq=50) == 0
    assert ordered(OnBacklog(), -3, moq=50) == 50
    assert ordered(OnBacklog(), -63, moq=50, pack=20) == 80


def test_the_reorder_point_brings_the_economic_lot():
    # sqrt(2 x 182 a year x 5 / 0.2) = 95.4: 96 pieces, and an MOQ above it instead.
    assert ordered(ReorderPoint(z=2.0), 10, lead=3) == 96
    assert ordered(ReorderPoint(z=2.0), 10, lead=3, moq=120) == 120
    assert ordered(ReorderPoint(z=2.0), 20, lead=3) == 0


def test_a_reached_level_orders_nothing_though_arithmetic_is_a_hair_off():
    past = [0.1, 0.2, 0.3, 0.4]
    level = OrderUpTo(z=1.0).level(review(parts(lead=2), past))[0]
    assert ordered(OrderUpTo(z=1.0), level - 1e-12, past, lead=2, moq=50) == 0


def test_a_lot_is_weighed_by_what_a_shortage_costs():
    # Some 3.5 a week against a lot of 40: needed almost surely within the year, so a dear shortage stocks it.
    assert ordered(WeighedLots(shortage=0.0), 2, moq=40, order_cost=0.1) == 0
    assert ordered(WeighedLots(shortage=5.0), 2, moq=40, order_cost=0.1) == 40


def test_who_waits_is_served_though_no_lot_would_pay():
    assert ordered(WeighedLots(shortage=0.0), -3, moq=500) == 500
    assert ordered(WeighedLots(shortage=0.0, may_decline=True), 0, moq=500) == 0


def test_evenness_makes_lines_equal_whatever_they_are_worth():

    two = np.ones(3)
    cheap_and_dear = Parts(np.array([1.0, 4.0, 100.0]), two, two, two, np.array([1, 1, 1]))
    seen = Review(cheap_and_dear, np.array([[0.0, 2.0], [0.0, 2.0], [1.0, 1.0]]), 52, METHOD)
    # Lines are worth 2, 8 and 100, typically 8. Evenly: 8 a line, that is 4, 4 and 8 a unit.
    assert WeighedLots(shortage=1.0, evenness=1.0).price_of_shortage(seen).tolist() == [4.0, 4.0, 8.0]
    assert WeighedLots(shortage=1.0, evenness=0.0).price_of_shortage(seen).tolist() == [1.0, 4.0, 100.0]


def test_a_year_foretold_of_some_parts_is_that_of_all_of_them():
    """Three parts: two are asked about by themselves; a second question of two is answered from all three."""
    past = np.array([[0.0, 3, 0, 5, 0, 3, 0, 4], [1, 0, 0, 1, 0, 0, 1, 0], [0, 0, 9, 0, 0, 0, 0, 7]])
    one = parts()
    three = Parts(
        *(np.repeat(each, 3) for each in (one.unit_cost, one.moq, one.order_multiple, one.order_cost, one.lead))
    )
    asked, whole = Review(three, past, 52, METHOD), Review(three, past, 52, METHOD).next_year
    for rows in (np.array([0, 2]), np.array([1, 2])):
        some = asked.next_year_of(rows)
        assert some.left(20.0) == pytest.approx(whole.left(20.0)[rows])
        assert some.at_most(9.0) == pytest.approx(whole.at_most(9.0)[rows])
