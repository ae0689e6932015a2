"""What to ask a supplier for: prices as good as the best there is, and the volume that reaches a minimum."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huoku.buy.negotiation import indifference, pack_of, volume
from huoku.buy.options import SmallLot, compare_options, use_of_quantiles, weigh
from huoku.buy.options.small_lot import small_lot

from .offers import Offer, case_of

MILL, TRADER = Offer(1.0, moq=500), Offer(1.5)


def test_a_minimum_of_300_is_as_good_as_the_trader_at_0_80() -> None:
    """150 at 1.50 is 225. 300 at p give back 15 of salvage: 300 p = 240. Called as needed: 150 p = 225."""
    (point,) = indifference(case_of(150, MILL, TRADER), 225.0, [300], days=5)
    assert (point.at_once, point.in_calls) == (pytest.approx(0.80), pytest.approx(1.50))


def test_a_gift_that_must_be_held_for_long_may_still_be_too_dear() -> None:
    """2,000 for nothing: 1,850 held for a year at 0.20 cost 370, salvage gives 185; 185 is more than 100."""
    (point,) = indifference(case_of(150, MILL, holding=0.2), 100.0, [2000], days=5)
    assert point.at_once is None
    assert point.in_calls is not None


def test_the_pack_of_a_mill_that_asks_500() -> None:
    """500 less 35 of salvage is 465, the trader's 225: 240 too dear. Points at 150, 240, 330, 420, 500."""
    case = case_of(150, MILL, TRADER)
    pack = pack_of(case, compare_options(case))
    assert pack is not None and pack.break_even is not None
    assert pack.opportunity == pytest.approx(240.0)
    assert [point.qty for point in pack.points] == [150, 240, 330, 420, 500]
    prices = [point.at_once for point in pack.points]
    assert prices == pytest.approx([(225 + 0.1 * (qty - 150)) / qty for qty in (150, 240, 330, 420, 500)])


def test_where_there_is_no_other_way_the_minimum_itself_is_the_yardstick() -> None:
    case = case_of(150, MILL, forgone=None)
    pack = pack_of(case, compare_options(case))
    assert pack is not None
    assert pack.opportunity == 0.0
    assert pack.points[-1].at_once == pytest.approx(1.0)


def test_nobody_who_offers_it_means_no_pack() -> None:
    case = case_of(150, MILL)
    case = replace(case, terms=case.terms._replace(first=np.array([0, 0])))
    assert pack_of(case, compare_options(case)) is None


def test_the_volume_of_the_next_months_reaches_the_minimum_and_perhaps_the_break() -> None:
    """150 now, 100 in the third month, and 0 or 600 of use in the year: 300 more on average, 25 a month."""
    use = use_of_quantiles([0.25, 0.75], [0, 600])
    case = case_of(150, Offer(1.0, moq=500, breaks=((800, 0.9), (2000, 0.8))), use=use)
    known = np.array([0, 0, 100, *[0] * 9])
    expected, reached = volume(case, known)
    assert expected[:3] == pytest.approx((175, 200, 325))
    assert expected[-1] == pytest.approx(550)
    assert [(one.qty, one.month, one.chance) for one in reached] == [(500, 10, 0.5), (800, None, 0.5), (2000, None, 0)]


@given(st.integers(1, 300), st.floats(50, 2000), st.lists(st.integers(0, 2000), min_size=1, max_size=4))
@settings(deadline=None, max_examples=40)
def test_along_the_curve_every_point_costs_the_same_and_without_use_prices_fall(
    need: int, reference: float, use: list[int]
) -> None:
    quantities = [need, 2 * need, 5 * need]
    levels = [(place + 0.5) / len(use) for place in range(len(use))]
    case = case_of(need, MILL, use=use_of_quantiles(levels, sorted(use)))
    for point in indifference(case, reference, quantities, days=5):
        assert point.at_once is not None
        option = small_lot(case, SmallLot(point.at_once, 0.0, point.qty, 5))
        assert weigh(case, option).cost == pytest.approx(reference, rel=1e-6)
        assert point.in_calls is not None and point.in_calls >= point.at_once - 1e-6
    dead = replace(case, use=use_of_quantiles([0.5], [0]), salvage=0.0)
    prices = [point.at_once or 0.0 for point in indifference(dead, reference, quantities, days=5)]
    assert prices == sorted(prices, reverse=True)
