"""Lot sizes and sources of one item against every possible way, an exact model, and real offers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huoku.buy.terms import legal_down, legal_up

from .one_item import Item, Offer, best_by_enumeration, best_by_supply, chosen, kernel_arrays, reckoned

TIE = 1e-3
"""The kernel weighs each order with a ten-thousandth of the currency, so that of equal ways the shorter wins."""

PRICES = (1.0, 1.2, 0.7, 5.0, 3.3)


@st.composite
def offers(draw: st.DrawFn, moqs: tuple[int, ...], multiples: tuple[int, ...], breaks: tuple[int, ...]) -> Offer:
    price = draw(st.sampled_from(PRICES))
    at = sorted(draw(st.sets(st.sampled_from(breaks), max_size=2)))
    return Offer(
        breaks=((0, price), *((least, price * (0.9 - 0.1 * n)) for n, least in enumerate(at))),
        moq=draw(st.sampled_from(moqs)),
        multiple=draw(st.sampled_from(multiples)),
        lead=draw(st.sampled_from((0, 5, 20))),
        fee=draw(st.sampled_from((0.0, 2.0, 20.0))),
        min_value=draw(st.sampled_from((0.0, 0.0, 8.0))),
    )


@st.composite
def needs(draw: st.DrawFn, most_needs: int, most: int) -> tuple[tuple[int, int], ...]:
    days = sorted(draw(st.sets(st.integers(20, 200), min_size=1, max_size=most_needs)))
    return tuple((day, draw(st.integers(1, most))) for day in days)


@st.composite
def tiny_items(draw: st.DrawFn, past: bool) -> Item:
    """At most three needs of four, so that every way can be walked."""
    value = draw(st.sampled_from((0.5, 0.2, 0.9))) if past else 0.0
    slow = draw(st.booleans())
    return Item(
        offers=tuple(draw(st.lists(offers((0, 3, 7), (1, 2, 3), (4, 6)), min_size=1, max_size=2))),
        needs=draw(needs(3, 4)),
        holding=draw(st.sampled_from((0.001, 0.02))),
        salvage=0.1 * value if past else draw(st.sampled_from((0.0, 0.4))),
        value=value,
        rate=(0.01 if slow else 0.5) if past else 0.0,
        curve=((0, 0), (2, 1.8), (5, 3.3), (9, 4.0)) if past else (),
        spare=draw(st.integers(0, 2)) if past else 0,
    )


@settings(max_examples=60, deadline=None)
@given(tiny_items(past=False))
def test_no_way_of_ordering_is_cheaper(item: Item) -> None:
    assert reckoned(item, chosen(item)) <= best_by_enumeration(item) + TIE


@settings(max_examples=40, deadline=None)
@given(tiny_items(past=True))
def test_no_way_of_ordering_is_cheaper_where_leftovers_may_be_used(item: Item) -> None:
    assert reckoned(item, chosen(item)) <= best_by_enumeration(item) + TIE


@st.composite
def small_items(draw: st.DrawFn) -> Item:
    """Some needs, some hundreds of units: more than the kernel searches in full."""
    return Item(
        offers=tuple(draw(st.lists(offers((0, 20, 100, 300), (1, 5, 25), (50, 120, 250)), min_size=1, max_size=3))),
        needs=draw(needs(8, 80)),
        holding=draw(st.sampled_from((0.0005, 0.002, 0.01))),
        salvage=draw(st.sampled_from((0.0, 0.1, 0.5))),
    )


@settings(max_examples=80, deadline=None)
@given(small_items())
def test_the_reckoned_money_is_the_money_of_the_kernel(item: Item) -> None:
    lots = chosen(item)
    assert reckoned(item, lots) == pytest.approx(float(lots.cost.sum()), abs=1e-6)
