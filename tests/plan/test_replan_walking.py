"""Families that disturb nobody are settled in one go, just as one after the other; and which order is which."""

from collections import deque

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.against.small_factories import small_factory

from huoku.buy.terms import Ints
from huoku.plan import plan
from huoku.plan.decide.columns import DUE, NODE, QTY, SOURCE, START
from huoku.plan.decide.decided import Decided
from huoku.plan.model.arrays import Wants
from huoku.plan.replan.gathering import uses_of
from huoku.plan.replan.netted_again import SecondPass, Settled
from huoku.plan.replan.pairing import paired
from huoku.plan.replan.replan import disturbance_in
from huoku.plan.replan.touched import wants_of


def orders(*rows: tuple[int, int, int, int]) -> Ints:
    """Orders of one node: source, start, due day, quantity."""
    table = np.zeros((len(rows), 12), np.int64)
    for row, (source, start, due, qty) in enumerate(rows):
        table[row, [SOURCE, START, DUE, QTY]] = source, start, due, qty
    return table


def test_an_order_in_the_middle_that_grows_is_the_same_order_to_a_person() -> None:
    pairs = paired(
        orders((1, 0, 5, 10), (1, 2, 7, 10), (1, 4, 9, 10)), orders((1, 0, 5, 10), (1, 2, 7, 30), (1, 4, 9, 10))
    )
    assert (pairs.was.tolist(), pairs.now.tolist()) == ([0, 1, 2], [0, 1, 2])


def test_an_order_moves_before_another_suppliers_order_takes_its_place() -> None:
    pairs = paired(orders((1, 0, 5, 10)), orders((2, 0, 5, 10), (1, 1, 6, 10)))
    assert (pairs.was.tolist(), pairs.now.tolist()) == ([-1, 0], [1])


def test_an_equal_order_is_taken_before_one_of_another_quantity() -> None:
    pairs = paired(orders((1, 0, 5, 10), (1, 0, 5, 20)), orders((1, 0, 5, 20), (1, 0, 5, 30)))
    assert (pairs.was.tolist(), pairs.now.tolist()) == ([1, 0], [1, 0])


few = st.integers(0, 1)
tables = st.lists(st.tuples(few, few, few, st.integers(1, 2)), max_size=7).map(lambda rows: orders(*rows))


@given(tables, tables)
def test_orders_are_paired_as_by_looking_them_up(old: Ints, new: Ints) -> None:
    """Equal orders at both ends first, then in three rounds the first that agrees in fewer and fewer columns."""
    same = [NODE, SOURCE, START, DUE, QTY]
    ours, theirs = (list(enumerate(map(tuple, table[:, same].tolist()))) for table in (old, new))
    was = [-1] * len(new)
    for end in (0, -1):
        while ours and theirs and ours[end][1] == theirs[end][1]:
            was[theirs.pop(end)[0]] = ours.pop(end)[0]
    for columns in (5, 4, 2):
        waiting: dict[tuple[int, ...], deque[int]] = {}
        for row, order in theirs:
            waiting.setdefault(order[:columns], deque()).append(row)
        for row, order in ours:
            if found := waiting.get(order[:columns]):
                was[found.popleft()] = row
        ours = [(row, order) for row, order in ours if row not in was]
        theirs = [(row, order) for row, order in theirs if was[row] < 0]
    pairs = paired(old, new)
    assert pairs.was.tolist() == was
    assert pairs.now.tolist() == [was.index(row) if row in was else -1 for row in range(len(old))]


def settled_without(decided: Decided, want: int, one_by_one: bool) -> Settled:
    """The second pass after one want is gone, every family on its own or those that disturb nobody in one go."""
    case, promised = decided.case, decided.promised
    wants = wants_of(case, promised)
    fewer = Wants(*(np.delete(column, want) for column in wants))
    renewed = np.zeros(case.model.items, np.bool_)
    left = decided.netted.receipt_left.copy()
    again = SecondPass(case, promised, fewer, uses_of(case.model), decided.netted, left, renewed, disturbance_in(case))
    again.bench.one_by_one = one_by_one
    return again.settle(wants.node[[want]])


@pytest.mark.parametrize("seed", range(6))
def test_in_one_go_the_families_are_settled_as_on_their_own(seed: int) -> None:
    decided: Decided = plan(small_factory("plain", seed)).kept["decided"]
    for want in range(wants_of(decided.case, decided.promised).node.size):
        alone, together = (settled_without(decided, want, one_by_one) for one_by_one in (True, False))
        begin, orders_end, pegs_end = decided.netted.orders.shape[0], alone.orders[-1], alone.pegs[-1]
        for name in ("begin", "end", "orders", "pegs", "was", "told", "now", "unserved"):
            assert np.array_equal(getattr(alone, name), getattr(together, name)), name
        for one, other in zip(alone.desk.book, together.desk.book, strict=True):
            assert np.array_equal(one[begin:orders_end], other[begin:orders_end])
        for one, other in zip(alone.desk.pegs, together.desk.pegs, strict=True):
            assert np.array_equal(one[:pegs_end], other[:pegs_end])
        assert np.array_equal(alone.desk.receipt_left, together.desk.receipt_left)
        assert np.array_equal(alone.desk.unit_days, together.desk.unit_days)
