"""What it costs to change an order that was planned, and which of the old orders of a node may stay.

A supplier has been called, a shelf has been cleared: an order that is changed, dropped or new costs a part of its
value, ``change_rate`` where it starts today and less the later it starts, nothing from ``change_days`` on. So money
decides whether a plan stays as it was told, and what staying costs beyond the best plan is bounded by that part.
"""

from collections import deque
from typing import NamedTuple

import numpy as np

from huoku.buy.terms import Floats, Ints
from huoku.plan.decide.columns import DUE, NODE, QTY, SOURCE, START

SAME = [NODE, SOURCE, START, DUE, QTY]
"""An order that agrees in all of these is the same; one that agrees in all but the quantity has been changed."""


class Paired(NamedTuple):
    """Which of the new orders is which of the old ones: positions in both tables, pairs of equal shape."""

    same_old: Ints
    same_new: Ints
    like_old: Ints  # changed, yet the same order to a person
    like_new: Ints
    gone: Ints
    added: Ints


def paired(old: Ints, new: Ints) -> Paired:
    """Pair two tables of orders of the same nodes.

    The equal ones first, then those of one source and start and due day, then those of one source in turn.
    """
    ours, theirs = old[:, SAME], new[:, SAME]
    head = _equal_rows(ours, theirs)
    tail = _equal_rows(ours[head:][::-1], theirs[head:][::-1])
    before, after = ours[head : len(ours) - tail], theirs[head : len(theirs) - tail]
    rounds = [np.stack((np.arange(head), np.arange(head)), axis=1)]
    rounds.append(
        np.stack((np.arange(len(ours) - tail, len(ours)), np.arange(len(theirs) - tail, len(theirs))), axis=1)
    )
    left, right = list(enumerate(map(tuple, before.tolist()), head)), list(enumerate(map(tuple, after.tolist()), head))
    for columns in (5, 4, 2):
        pairs, left, right = _agreeing(left, right, columns)
        rounds.append(np.array(pairs, np.int64).reshape(-1, 2))
    same, like = np.concatenate(rounds[:3]), np.concatenate(rounds[3:])
    gone, added = (np.array([at for at, _ in rest], np.int64) for rest in (left, right))
    return Paired(same[:, 0], same[:, 1], like[:, 0], like[:, 1], gone, added)


def _equal_rows(ours: Ints, theirs: Ints) -> int:
    """With how many equal rows do both tables begin?"""
    rows = min(len(ours), len(theirs))
    differs = (ours[:rows] != theirs[:rows]).any(axis=1)
    return int(differs.argmax()) if differs.any() else rows


Numbered = list[tuple[int, tuple[int, ...]]]


def _agreeing(left: Numbered, right: Numbered, columns: int) -> tuple[list[tuple[int, int]], Numbered, Numbered]:
    """Pairs of positions that agree in the first columns, the first with the first, and what is left on both sides."""
    waiting: dict[tuple[int, ...], deque[int]] = {}
    for at, row in right:
        waiting.setdefault(row[:columns], deque()).append(at)
    pairs, rest = [], []
    for at, row in left:
        same = waiting.get(row[:columns])
        if same:
            pairs.append((at, same.popleft()))
        else:
            rest.append((at, row))
    taken = {at for _, at in pairs}
    return pairs, rest, [(at, row) for at, row in right if at not in taken]


class Disturbance(NamedTuple):
    """What changes cost. ``unit_value``: by item, of one step; ``earliest``: the first day that can be changed."""

    rate: float
    days: int
    unit_value: Floats
    earliest: int
    locations: int

    def of(self, orders: Ints, qty: Ints) -> float:
        """The money that changing these quantities of orders costs."""
        if orders.shape[0] == 0 or self.rate == 0.0:
            return 0.0
        nearness = np.clip(1.0 - (orders[:, START] - self.earliest) / self.days, 0.0, 1.0) if self.days else 0.0
        value = qty * self.unit_value[orders[:, NODE] // self.locations]
        return float((value * nearness).sum() * self.rate)

    def between(self, old: Ints, new: Ints) -> float:
        """What it costs to make ``new`` of ``old``: what moved counts in full, a changed quantity by what changed."""
        old, new = (orders[orders[:, START] < self.earliest + self.days] for orders in (old, new))
        if old.size == new.size and (old[:, SAME] == new[:, SAME]).all():
            return 0.0
        pairs = paired(old, new)
        left, right = old[pairs.like_old], new[pairs.like_new]
        moved = (left[:, [START, DUE]] != right[:, [START, DUE]]).any(axis=1)
        changed = np.where(moved, left[:, QTY], np.abs(right[:, QTY] - left[:, QTY]))
        gone, added = old[pairs.gone], new[pairs.added]
        return self.of(left, changed) + self.of(gone, gone[:, QTY]) + self.of(added, added[:, QTY])
