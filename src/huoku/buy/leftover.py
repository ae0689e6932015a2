"""What units that no known need takes are worth: used later with some chance, else salvaged.

A leftover stops costing holding on the day on which it is expected to be used, and gives back its value
times the chance that it is used within a year of the last known need; otherwise it lies until the last
day and gives back its salvage. Without a history there is no expected use.
"""

from typing import NamedTuple

from huoku.buy.terms import Floats, Ints
from huoku.compiled import kernel


class Worth(NamedTuple):
    """Holding and leftover figures of all items, money and quantities per smallest step.

    The expected use of the first ``used_at[p]`` leftover units is ``used_sum[p]`` units; the points of
    item ``i`` are ``first[i]`` to ``first[i + 1] - 1`` (none: no future use), concave and rising.
    """

    holding: Floats  # of one step for one day
    value: Floats  # what one step gives back when it is used later
    salvage: Floats  # what it gives back when it is not
    rate: Floats  # expected future use in steps per day
    first: Ints
    used_at: Floats
    used_sum: Floats


@kernel
def expected_used(worth: Worth, item: int, leftover: float) -> float:
    """How many of the first ``leftover`` units are expected to be used within a year."""
    low, end = worth.first[item], worth.first[item + 1]
    if low == end:
        return 0.0
    if leftover >= worth.used_at[end - 1]:
        return worth.used_sum[end - 1]
    high = end - 1
    while high - low > 1:
        middle = (low + high) // 2
        if worth.used_at[middle] <= leftover:
            low = middle
        else:
            high = middle
    share = (leftover - worth.used_at[low]) / (worth.used_at[high] - worth.used_at[low])
    return worth.used_sum[low] + share * (worth.used_sum[high] - worth.used_sum[low])


@kernel
def leftover_days(worth: Worth, item: int, leftover: float, last_need: int, horizon: int) -> float:
    """Sum over the first ``leftover`` units of the day on which each stops costing holding."""
    rate = worth.rate[item]
    if rate <= 0.0 or worth.first[item] == worth.first[item + 1]:
        return leftover * horizon
    in_time = min(leftover, rate * max(0, horizon - last_need))
    return in_time * (last_need + 0.5 * in_time / rate) + (leftover - in_time) * horizon


@kernel
def leftover_credit(worth: Worth, item: int, leftover: float) -> float:
    """The money that the first ``leftover`` units are expected to give back."""
    used = expected_used(worth, item, leftover)
    return used * worth.value[item] + (leftover - used) * worth.salvage[item]
