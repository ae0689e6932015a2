"""How much of the rest must be used for a larger purchase to pay, and the sentence that says it."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huoku.buy.options import break_even, compare_options, reuse_needed, use_of_quantiles

from .offers import Offer, case_of


def test_500_at_1_00_against_150_at_1_20_pays_if_76_percent_of_the_rest_is_used() -> None:
    """(500 - 180 - 35) / (350 x (1.20 - 0.03 - 0.10)): a used unit saves the dear price."""
    assert reuse_needed(500, 180, 350, value=1.20, salvage=0.10, holding=0.03) == pytest.approx(0.761, abs=5e-4)


def test_where_a_used_unit_saves_only_the_cheap_price_94_percent_must_be_used() -> None:
    assert reuse_needed(500, 180, 350, value=1.00, salvage=0.10, holding=0.03) == pytest.approx(0.936, abs=5e-4)


def test_a_used_unit_that_is_worth_no_more_than_salvage_never_pays() -> None:
    assert reuse_needed(500, 180, 350, value=0.10, salvage=0.10) == math.inf
    assert reuse_needed(100, 180, 350, value=0.10, salvage=0.10) == -math.inf


@given(st.integers(1, 20), st.floats(0.5, 2.0), st.floats(0.0, 0.4), st.floats(0.01, 0.99), st.floats(0.0, 0.05))
@settings(deadline=None)
def test_at_the_break_even_both_cost_the_same_over_all_that_may_happen(
    leftover: int, value: float, salvage: float, other: float, holding: float
) -> None:
    """Every number of the rest's units used, each unit with the same odds: the binomial sum, term by term."""
    outlay = 10.0
    low, high = outlay - leftover * (value - holding), outlay - leftover * salvage
    alternative = low + other * (high - low)
    odds = reuse_needed(outlay, alternative, leftover, value, salvage, holding)
    expected = sum(
        math.comb(leftover, used)
        * odds**used
        * (1 - odds) ** (leftover - used)
        * (outlay - used * (value - holding) - (leftover - used) * salvage)
        for used in range(leftover + 1)
    )
    assert expected == pytest.approx(alternative)


def test_at_the_break_even_a_draw_of_futures_costs_the_same_on_average() -> None:
    odds = reuse_needed(500, 180, 350, value=1.20, salvage=0.10, holding=0.03)
    used = np.random.default_rng(7).binomial(350, odds, size=20_000)
    money = 500 - used * 1.17 - (350 - used) * 0.10
    assert money.mean() == pytest.approx(180, abs=4 * money.std() / np.sqrt(20_000))


def test_the_sentence_names_what_must_be_used_and_what_is_expected() -> None:
    """No holding: (500 - 180 - 35) / (350 x 1.10) = 0.74; of 350 are used 0, 70 or 175: 0.23 on average."""
    case = case_of(
        150, Offer(1.0, moq=500), Offer(1.2), value=1.2, salvage=0.1,
        use=use_of_quantiles([1 / 6, 0.5, 5 / 6], [0, 70, 175]),
    )  # fmt: skip
    comparison = compare_options(case)
    assert comparison.best.option.kind == "other_supplier"
    minimum = next(one for one in comparison.options if one.option.kind == "minimum")
    found = comparison.against_rest(case, minimum)
    assert found is not None
    assert (found.needed, found.odds) == (pytest.approx(0.7403, abs=1e-4), pytest.approx(0.2333, abs=1e-4))
    assert (found.low, found.high, found.pays) == (0.0, 0.5, False)
    said = found.sentence.say(
        "en", qty=500, unit="pcs", price="1.00", needed="74 %", share="23 %", low="0 %", high="50 %"
    )  # fmt: skip
    assert said == (
        "500 pcs at 1.00 pays only if 74 % of the rest is used; the odds are 23 % "
        "(eight times in ten between 0 % and 50 %)"
    )


def test_the_larger_purchase_is_best_exactly_where_the_odds_reach_the_break_even() -> None:
    for used in range(0, 360, 10):
        case = case_of(
            150, Offer(1.0, moq=500), Offer(1.2), value=1.2, salvage=0.1, use=use_of_quantiles([0.5], [used])
        )
        comparison = compare_options(case)
        minimum, small = sorted(comparison.options[:2], key=lambda one: -one.option.leftover)
        found = break_even(case, minimum, small)
        assert found is not None
        assert found.pays == (minimum.cost <= small.cost + 1e-9)


def test_a_purchase_without_a_rest_has_no_break_even() -> None:
    case = case_of(150, Offer(1.2))
    (only, decline) = compare_options(case).options
    assert break_even(case, only, decline) is None
