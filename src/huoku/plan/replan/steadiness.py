"""What it costs to change an order that was planned, and which of the old orders of a node may stay.

A supplier has been called, a shelf has been cleared: an order that is changed, dropped or new costs a part of its
value, ``change_rate`` where it starts today and less the later it starts, nothing from ``change_days`` on. So money
decides whether a plan stays as it was told, and what staying costs beyond the best plan is bounded by that part.
"""

from typing import NamedTuple

from huoku.buy.terms import Floats, Ints
from huoku.compiled import kernel
from huoku.plan.decide.columns import DUE, NODE, QTY, START
from huoku.plan.replan.pairing import SAME, paired


class Disturbance(NamedTuple):
    """What changes cost. ``unit_value``: by item, of one step; ``earliest``: the first day that can be changed."""

    rate: float
    days: int
    unit_value: Floats
    earliest: int
    locations: int

    def between(self, old: Ints, new: Ints) -> float:
        """What it costs to make ``new`` of ``old``: what moved counts in full, a changed quantity by what changed."""
        if self.days == 0 or self.rate == 0.0:
            return 0.0
        old, new = (orders[orders[:, START] < self.earliest + self.days] for orders in (old, new))
        if old.size == new.size and (old[:, SAME] == new[:, SAME]).all():
            return 0.0
        return float(change_value(self, old, new, *paired(old, new)) * self.rate)

    @property
    def free_from(self) -> int:
        """From this start day on changes cost nothing."""
        return self.earliest + self.days if self.rate > 0.0 else 0


@kernel
def change_value(change: Disturbance, old: Ints, new: Ints, was: Ints, now: Ints) -> float:
    """The value of what is changed, less the later it starts. ``was`` and ``now``: see ``Paired``."""
    value = 0.0
    for row in range(len(old)):
        pair, qty = now[row], old[row, QTY]
        if pair >= 0 and old[row, START] == new[pair, START] and old[row, DUE] == new[pair, DUE]:
            qty = abs(new[pair, QTY] - qty)
        value += near_value(change, old, row, qty)
    for row in range(len(new)):
        if was[row] < 0:
            value += near_value(change, new, row, new[row, QTY])
    return value


@kernel
def near_value(change: Disturbance, orders: Ints, row: int, qty: int) -> float:
    """The value of so much of an order that starts in less than ``change.days``, less the later it starts."""
    nearness = min(1.0, 1.0 - (orders[row, START] - change.earliest) / change.days)
    value: float = qty * change.unit_value[orders[row, NODE] // change.locations] * nearness
    return value
