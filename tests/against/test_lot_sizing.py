"""Lot sizes and sources of one item against every possible way, an exact supply-by-supply search, and a solver."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from .one_item import Item, Offer, best_by_enumeration, best_by_supply, chosen, reckoned

TIE = 1e-3
"""The kernel weighs each order with a ten-thousandth of the currency, so that of equal ways the shorter wins."""

PRICES = (1.0, 1.2, 0.7, 5.0, 3.3)


@st.composite
def offers(draw: st.DrawFn) -> Offer:
    """An offer of a few pieces: any MOQ, multiple, breaks, fee, lead time and least value."""
    price = draw(st.sampled_from(PRICES))
    breaks = sorted(draw(st.sets(st.sampled_from((4, 6)), max_size=2)))
    return Offer(
        breaks=((0, price), *((least, price * (0.9 - 0.1 * n)) for n, least in enumerate(breaks))),
        moq=draw(st.sampled_from((0, 3, 7))),
        multiple=draw(st.sampled_from((1, 2, 3))),
        lead=draw(st.sampled_from((0, 5, 20))),
        fee=draw(st.sampled_from((0.0, 2.0, 20.0))),
        min_value=draw(st.sampled_from((0.0, 0.0, 8.0))),
    )


@st.composite
def tiny_items(draw: st.DrawFn, past: bool) -> Item:
    """At most three needs of four, so that every way can be walked; ``past``: leftovers may be used later."""
    days = sorted(draw(st.sets(st.integers(20, 200), min_size=1, max_size=3)))
    plain = Item(
        offers=tuple(draw(st.lists(offers(), min_size=1, max_size=2))),
        needs=tuple((day, draw(st.integers(1, 4))) for day in days),
        holding=draw(st.sampled_from((0.001, 0.02))),
        salvage=draw(st.sampled_from((0.0, 0.1, 0.4))),
    )
    if not past:
        return plain
    # By the contract a leftover is worth at most the cheapest price.
    value = draw(st.sampled_from((1.0, 0.6))) * min(price for offer in plain.offers for _, price in offer.breaks)
    return Item(
        plain.offers,
        plain.needs,
        holding=plain.holding,
        salvage=0.1 * value,
        value=value,
        futures=draw(st.sampled_from((((0, 0.5), (4, 0.3), (9, 0.2)), ((0, 0.1), (2, 0.4), (20, 0.5))))),
        spare=draw(st.integers(0, 2)),
    )


@settings(max_examples=60, deadline=None)
@given(tiny_items(past=False))
def test_no_way_of_ordering_is_cheaper(item: Item) -> None:
    assert reckoned(item, chosen(item)) <= best_by_enumeration(item) + TIE


@settings(max_examples=50, deadline=None)
@given(tiny_items(past=True))
def test_no_way_of_ordering_is_cheaper_where_leftovers_may_be_used(item: Item) -> None:
    assert reckoned(item, chosen(item)) <= best_by_enumeration(item) + TIE


@settings(max_examples=60, deadline=None)
@given(tiny_items(past=False))
def test_walking_every_way_and_going_from_supply_to_supply_agree(item: Item) -> None:
    assert best_by_enumeration(item) == pytest.approx(best_by_supply(item), abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(tiny_items(past=True))
def test_the_money_the_kernel_tells_is_the_money_unit_by_unit(item: Item) -> None:
    lots = chosen(item)
    assert float(lots.cost.sum()) == pytest.approx(reckoned(item, lots), abs=2e-3)


def drawn(rng: random.Random, most_needs: int) -> Item:
    """Hundreds of units: more than the kernel searches in full. Holding of 10 to 50 % a year of the cheapest price."""
    found = []
    for _ in range(rng.randint(1, 3)):
        price, breaks = rng.choice(PRICES), sorted(rng.sample((50, 120, 250), rng.randint(0, 2)))
        found.append(
            Offer(
                breaks=((0, price), *((least, price * (0.9 - 0.1 * n)) for n, least in enumerate(breaks))),
                moq=rng.choice((0, 20, 100, 300)),
                multiple=rng.choice((1, 5, 25)),
                lead=rng.choice((0, 5, 20)),
                fee=rng.choice((0.0, 2.0, 20.0)),
                min_value=rng.choice((0.0, 0.0, 60.0)),
            )
        )
    cheapest = min(price for offer in found for _, price in offer.breaks)
    days = sorted(rng.sample(range(20, 200), rng.randint(2, most_needs)))
    return Item(
        offers=tuple(found),
        needs=tuple((day, rng.randint(1, 80)) for day in days),
        holding=cheapest * rng.choice((0.1, 0.2, 0.5)) / 365,
        salvage=cheapest * rng.choice((0.0, 0.1, 0.3)),
    )


def gaps(items: list[Item]) -> NDArray[np.float64]:
    """By how much the chosen lots are dearer than the best, as a part of the best."""
    best = np.array([best_by_supply(item) for item in items])
    ours = np.array([reckoned(item, chosen(item)) for item in items])
    return np.asarray(ours / best - 1, np.float64)


@pytest.mark.parametrize(("most_needs", "equal", "mean"), [(5, 0.98, 1e-4), (10, 0.97, 2e-4), (20, 0.85, 5e-4)])
def test_items_of_hundreds_of_units_are_bought_nearly_as_well_as_can_be(
    most_needs: int, equal: float, mean: float
) -> None:
    rng = random.Random(7)
    found = gaps([drawn(rng, most_needs) for _ in range(150)])
    assert found.min() > -1e-9
    assert (found < 1e-6).mean() >= equal
    assert found.mean() <= mean
    assert found.max() <= 0.02


def test_a_second_smallest_lot_is_not_bought_where_holding_its_rest_is_dear() -> None:
    """MOQ 100 at 0.63, fee 2; needs of 63, 22 and 46; 0.01 for a unit and a day.

    One order of 131: 82.53 + 2 + 22 x 97 x 0.01 + 46 x 106 x 0.01 - 0 = 154.63; 100 + 100 would leave 69 to the end.
    """
    offer = Offer(((0, 0.63),), moq=100, fee=2.0)
    item = Item((offer,), ((60, 63), (157, 22), (166, 46)), holding=0.01, salvage=0.1)
    assert chosen(item).qty.tolist() == [131]


@pytest.mark.parametrize("fee", [0.5, 1.0, 2.0, 5.0, 10.0, 20.0])
def test_a_fee_is_spread_over_as_many_needs_as_pay_for_it(fee: float) -> None:
    """48 weekly needs of 10, price 1, holding 20 % a year: a fee of 0.50 wants 5 weeks in an order, one of 10.00 24."""
    needs = tuple((7 + 7 * week, 10) for week in range(48))
    weekly = Item((Offer(((0, 1.0),), fee=fee),), needs, holding=0.2 / 365, salvage=0.1)
    goods = 480 * 1.0
    assert reckoned(weekly, chosen(weekly)) - goods <= 1.15 * (best_by_supply(weekly) - goods)


def test_an_exact_model_agrees() -> None:
    pytest.importorskip("ortools", reason="the extra `solve` is not installed")
    from .solver import best_by_solver

    rng = random.Random(3)
    for _ in range(12):
        item = drawn(rng, 6)
        best = best_by_solver(item)
        assert best_by_supply(item) == pytest.approx(best, rel=1e-6)
        assert reckoned(item, chosen(item)) <= best * 1.005 + TIE
