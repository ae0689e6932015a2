"""Buying several parts together: vendors are chosen together, because each costs a fee and wants a minimum order."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huoku.buy.joint import Board, Offers, Vendors, choose_together
from huoku.buy.joint.board import is_legal
from huoku.errors import SolverLimit

PLENTY = 10**9

Row = tuple[int, int, int, int, int, float]


def board(
    need: list[int], rows: list[Row], fee: list[float], least: list[float] | None = None, salvage: float = 0.0
) -> Board:
    """Rows are part, vendor, multiple, lowest, highest quantity, price."""
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    return Board(
        np.array(need),
        np.full(len(need), salvage),
        Offers(*columns[:5], columns[5].astype(float)),
        Vendors(np.array(fee, float), np.array(least or [0.0] * len(fee))),
    )


def test_without_fees_each_part_comes_from_its_cheapest_vendor() -> None:
    choice = choose_together(
        board([10, 10], [(0, 0, 1, 1, PLENTY, 1.0), (0, 1, 1, 1, PLENTY, 2.0), (1, 0, 1, 1, PLENTY, 2.0),
                         (1, 1, 1, 1, PLENTY, 1.0)], fee=[0, 0])
    )  # fmt: skip
    assert choice.qty.tolist() == [10, 0, 0, 10]
    assert choice.money == (20.0, 0.0, 0.0)


def test_a_fee_of_25_is_worth_paying_10_more_for_the_goods() -> None:
    """Apart: 20 + 2 x 25 = 70. Both from one vendor: 30 + 25 = 55."""
    choice = choose_together(
        board([10, 10], [(0, 0, 1, 1, PLENTY, 1.0), (0, 1, 1, 1, PLENTY, 2.0), (1, 0, 1, 1, PLENTY, 2.0),
                         (1, 1, 1, 1, PLENTY, 1.0)], fee=[25, 25])
    )  # fmt: skip
    assert choice.cost == choice.bound == 55.0


def test_a_part_is_split_into_a_full_reel_and_cut_tape() -> None:
    """5,300 wanted, reels of 5,000 at 0.01 and single pieces at 0.05: 50 + 15 beats two reels at 100."""
    choice = choose_together(board([5300], [(0, 0, 5000, 5000, PLENTY, 0.01), (0, 1, 1, 1, PLENTY, 0.05)], fee=[0, 0]))
    assert choice.qty.tolist() == [5000, 300]
    assert choice.cost == pytest.approx(65.0)


def test_of_two_scarce_offers_of_one_vendor_both_are_bought() -> None:
    """100 wanted, 60 of each: 60 x 1.00 + 40 x 1.10."""
    choice = choose_together(board([100], [(0, 0, 1, 1, 60, 1.0), (0, 0, 1, 1, 60, 1.1)], fee=[5]))
    assert choice.qty.tolist() == [60, 40]


def test_a_vendor_who_has_too_little_is_helped_out_by_another() -> None:
    choice = choose_together(board([100], [(0, 0, 1, 1, 60, 1.0), (0, 1, 1, 1, PLENTY, 2.0)], fee=[0, 0]))
    assert choice.qty.tolist() == [60, 40]


def test_whole_reels_stay_whole_where_no_vendor_can_deliver_alone() -> None:
    """12,300 wanted: two reels of 5,000 are all there is, and 2,300 of at most 4,000 single pieces."""
    choice = choose_together(
        board([12_300], [(0, 0, 5000, 5000, 10_000, 0.01), (0, 1, 1, 1, 4000, 0.05)], fee=[0, 0])
    )  # fmt: skip
    assert choice.qty.tolist() == [10_000, 2300]


def test_a_minimum_order_value_is_filled_with_what_loses_least() -> None:
    """30 of goods, 50 wanted: 20 more of the part of which the vendor asks no more than others, 10 % given back."""
    choice = choose_together(board([30], [(0, 0, 1, 1, PLENTY, 1.0)], fee=[5], least=[50], salvage=0.1))
    assert choice.qty.tolist() == [50]
    assert choice.money == (50.0, 5.0, pytest.approx(2.0))


def test_a_price_break_beyond_the_need_is_taken_where_it_costs_less() -> None:
    """90 at 1.00 is 90; 100 at 0.80 is 80."""
    choice = choose_together(board([90], [(0, 0, 1, 1, 99, 1.0), (0, 0, 1, 100, PLENTY, 0.8)], fee=[0]))
    assert choice.qty.tolist() == [0, 100]
    assert choice.cost == 80.0


def test_what_nobody_has_is_said() -> None:
    with pytest.raises(SolverLimit, match="number 1, of which 7 are wanted"):
        choose_together(board([1, 7], [(0, 0, 1, 1, PLENTY, 1.0), (1, 0, 1, 1, 5, 1.0)], fee=[0]))


def test_a_minimum_order_value_out_of_reach_is_said() -> None:
    with pytest.raises(SolverLimit, match="a minimum order value cannot be reached"):
        choose_together(board([5], [(0, 0, 1, 1, 9, 1.0)], fee=[0], least=[50]))


def test_the_order_of_the_rows_does_not_matter() -> None:
    """Two vendors ask the same: it is always the same one that is bought from."""
    rows: list[Row] = [(0, 0, 1, 1, 99, 1.0), (0, 0, 1, 100, PLENTY, 0.8), (0, 1, 1, 100, PLENTY, 0.8)]
    bought = set()
    for some in itertools.permutations(rows):
        choice = choose_together(board([90], list(some), fee=[1, 1]))
        bought.add((choice.cost, *sorted(row for row, qty in zip(some, choice.qty, strict=True) if qty > 0)))
    assert bought == {(81.0, (0, 0, 1, 100, PLENTY, 0.8))}


PARTS, VENDORS = 2, 2

small_rows = st.lists(
    st.tuples(
        st.integers(0, PARTS - 1),
        st.integers(0, VENDORS - 1),
        st.sampled_from([(1, 1, 6), (1, 2, 4), (1, 4, 6), (2, 2, 6), (2, 4, 4), (3, 3, 6)]),
        st.sampled_from([1.0, 1.5, 2.0, 3.0]),
    ).map(lambda row: (*row[:2], *row[2], row[3])),
    min_size=2,
    max_size=4,
)


def cheapest_by_trying_all(world: Board) -> float:
    """Every quantity of every row, up to the largest; inf where nothing is legal."""
    choices = [
        [0, *range(low, high + 1, multiple)]
        for multiple, low, high in zip(world.offers.multiple, world.offers.low, world.offers.high, strict=True)
    ]
    costs = [np.inf]
    for tried in itertools.product(*choices):
        qty = np.array(tried)
        bought = np.bincount(world.offers.part, qty, PARTS)
        goods = np.bincount(world.offers.vendor, qty * world.offers.price, VENDORS)
        used = goods > 0
        if (bought >= world.need).all() and (goods[used] >= world.vendors.min_value[used]).all():
            costs.append(goods.sum() + world.vendors.fee[used].sum() - (bought - world.need) @ world.salvage)
    return float(min(costs))


@given(
    st.lists(st.integers(0, 5), min_size=PARTS, max_size=PARTS),
    small_rows,
    st.lists(st.sampled_from([0.0, 1.0, 4.0]), min_size=VENDORS, max_size=VENDORS),
    st.sampled_from([0.0, 0.1, 0.5]),
)
@settings(max_examples=60, deadline=None)
def test_no_purchase_is_cheaper(need: list[int], rows: list[Row], fee: list[float], salvage: float) -> None:
    world = board(need, rows, fee, salvage=salvage)
    least = cheapest_by_trying_all(world)
    if least == np.inf:
        with pytest.raises(SolverLimit):
            choose_together(world)
        return
    choice = choose_together(world, gap=0.0)
    assert is_legal(world, choice.qty)
    assert choice.cost == pytest.approx(least)
    assert choice.bound == pytest.approx(least)


@given(
    st.lists(st.integers(1, 5), min_size=PARTS, max_size=PARTS),
    small_rows,
    st.sampled_from([3.0, 5.0]),
    st.sampled_from([0.0, 0.1]),
)
@settings(max_examples=40, deadline=None)
def test_with_a_minimum_order_value_the_bound_holds_and_what_is_bought_is_legal(
    need: list[int], rows: list[Row], value: float, salvage: float
) -> None:
    world = board(need, rows, [1.0, 1.0], [value, value], salvage)
    least = cheapest_by_trying_all(world)
    try:
        choice = choose_together(world, gap=0.0)
    except SolverLimit:
        return
    assert is_legal(world, choice.qty)
    assert choice.bound <= least + 1e-6
    assert least <= choice.cost + 1e-6
