"""What it costs to change an order that was planned, and which of the old orders of a node may stay.

A supplier has been called, a shelf has been cleared: an order that is changed, dropped or new costs a part of its
value, ``change_rate`` where it starts today and less the later it starts, nothing from ``change_days`` on. So money
decides whether a plan stays as it was told, and what staying costs beyond the best plan is bounded by that part.
"""

from typing import NamedTuple

import numpy as np

from huoku.buy.terms import Floats, Ints
from huoku.plan.decide.columns import DUE, NODE, QTY, START
from huoku.plan.replan.pairing import SAME, paired


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
        was, now = paired(old, new)
        row = np.flatnonzero(was >= 0)
        left, right = old[was[row]], new[row]
        moved = (left[:, [START, DUE]] != right[:, [START, DUE]]).any(axis=1)
        changed = np.where(moved, left[:, QTY], np.abs(right[:, QTY] - left[:, QTY]))
        gone, added = old[now < 0], new[was < 0]
        return self.of(left, changed) + self.of(gone, gone[:, QTY]) + self.of(added, added[:, QTY])

    @property
    def free_from(self) -> int:
        """From this start day on changes cost nothing."""
        return self.earliest + self.days if self.rate > 0.0 else 0
