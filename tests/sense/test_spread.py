"""What a spread of use answers, worked out by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huoku.sense.demand import Amounts
from huoku.sense.demand.spread import Lattice

COIN_OR_LOT = Amounts(np.array([[0.0, 10.0], [5.0, 7.0]]), np.array([[0.5, 0.5], [0.25, 0.75]]))


def test_the_mean_is_each_amount_by_its_chance() -> None:
    assert COIN_OR_LOT.mean().tolist() == [5.0, 6.5]


def test_a_quantile_is_the_least_amount_that_is_enough() -> None:
    assert COIN_OR_LOT.quantile([0.25, 0.5, 0.51]).tolist() == [[0.0, 0.0, 10.0], [5.0, 7.0, 7.0]]


def test_at_most_counts_the_amount_itself() -> None:
    assert COIN_OR_LOT.at_most([0.0, 6.0]).tolist() == [0.5, 0.25]
    assert COIN_OR_LOT.at_most(9.0).tolist() == [0.5, 1.0]


def test_six_in_stock_leave_three_on_average_and_lack_two() -> None:
    assert COIN_OR_LOT.left(6.0).tolist() == [3.0, 0.25]
    assert COIN_OR_LOT.short(6.0).tolist() == pytest.approx([2.0, 0.75])


def test_of_six_units_half_of_the_first_lot_and_nearly_all_of_the_second_are_used() -> None:
    assert COIN_OR_LOT.used(6.0).tolist() == [3.0, 5.75]
    assert COIN_OR_LOT.used([6.0, 5.0]).tolist() == [3.0, 5.0]


def test_several_amounts_at_once_are_answered_in_their_shape() -> None:
    asked = np.array([[0.0, 6.0, 20.0], [0.0, 6.0, 20.0]])
    assert COIN_OR_LOT.left(asked) == pytest.approx(np.array([[0.0, 3.0, 15.0], [0.0, 0.25, 13.5]]))


def test_draws_have_the_chances_and_repeat_with_their_seed() -> None:
    drawn = COIN_OR_LOT.draws(10_000, seed=1)
    assert (drawn == COIN_OR_LOT.draws(10_000, seed=1)).all()
    assert np.mean(drawn == 10.0, axis=1) == pytest.approx([0.5, 0.0], abs=0.02)


@given(
    st.floats(1e-3, 1e3),
    st.lists(st.floats(0.01, 1.0), min_size=2, max_size=9),
    st.lists(st.one_of(st.integers(-2, 12), st.floats(-2.0, 12.0)), min_size=1, max_size=6),
)
@settings(deadline=None)
def test_on_a_lattice_every_answer_is_that_of_the_same_amounts(step, weights, steps) -> None:
    chances = np.array([weights]) / sum(weights)
    lattice = Lattice.of(np.array([step]), chances)
    searched = Amounts(lattice.values, chances)
    asked = np.array([[step * each for each in steps]])
    for answer in ("at_most", "left", "short"):
        assert getattr(lattice, answer)(asked).tolist() == getattr(searched, answer)(asked).tolist()


def test_what_is_taken_of_some_series_stays_theirs() -> None:
    lattice = Lattice.of(np.array([1.0, 2.0]), np.array([[0.5, 0.5], [0.25, 0.75]]))
    before = lattice.take(np.array([1]))
    assert lattice.left(3.0).tolist() == [2.5, 1.5]
    for some in (before, lattice.take(np.array([1]))):
        assert (some.left(3.0).tolist(), some.at_most(0.0).tolist()) == ([1.5], [0.25])
