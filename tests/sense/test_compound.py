"""Sums of uncertain numbers of uncertain sizes, against hand counts and against every combination."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huoku.sense.demand.compound import compound
from huoku.sense.demand.sizes import Sizes


def sizes_of(*of_each: dict[float, float]) -> Sizes:
    entries = [(row, amount, chance) for row, mine in enumerate(of_each) for amount, chance in mine.items()]
    row, amount, chance = zip(*entries, strict=True)
    return Sizes(np.array(row), np.array(amount, float), np.array(chance, float))


def test_none_or_two_hits_of_three_pieces_use_none_or_six() -> None:
    spread = compound(np.array([[0.25, 0.0, 0.75]]), sizes_of({3.0: 1.0}), is_whole=np.array([True]))
    assert spread.quantile([0.25, 0.26]).tolist() == [[0.0, 6.0]]
    assert spread.mean() == pytest.approx([4.5])


def test_two_hits_of_one_or_four_pieces_use_two_five_or_eight() -> None:
    spread = compound(np.array([[0.0, 0.0, 1.0]]), sizes_of({1.0: 0.5, 4.0: 0.5}), is_whole=np.array([True]))
    assert spread.chances[0, [2, 5, 8]] == pytest.approx([0.25, 0.5, 0.25])


def test_a_size_between_two_steps_keeps_its_mean() -> None:
    spread = compound(np.array([[0.0, 1.0]]), sizes_of({1000.7: 0.5, 3.3: 0.5}), is_whole=np.array([False]))
    assert spread.mean() == pytest.approx([502.0])


def test_pieces_stay_whole_beside_kilograms() -> None:
    one_hit = np.array([[0.0, 1.0], [0.0, 1.0]])
    spread = compound(one_hit, sizes_of({1500.0: 1.0}, {0.75: 1.0}), is_whole=np.array([True, False]))
    assert (spread.values[0] % 1 == 0).all()
    assert spread.mean() == pytest.approx([1500.0, 0.75])


@settings(max_examples=40, deadline=None)
@given(
    counts=st.lists(st.integers(0, 5), min_size=1, max_size=4),
    amounts=st.lists(st.integers(1, 9), min_size=1, max_size=3, unique=True),
)
def test_agrees_with_every_combination(counts: list[int], amounts: list[int]) -> None:
    count_chance = np.bincount(counts, minlength=2) / len(counts)
    naive = np.zeros(512)
    for number, chance in enumerate(count_chance):
        for drawn in itertools.product(amounts, repeat=number):
            naive[sum(drawn)] += chance / len(amounts) ** number
    spread = compound(
        count_chance[None, :], sizes_of({float(a): 1 / len(amounts) for a in amounts}), is_whole=np.array([True])
    )
    assert spread.chances[0] == pytest.approx(naive, abs=1e-12)
