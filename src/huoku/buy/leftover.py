"""What units that no known need takes are worth: used later with some chance, else salvaged.

A year's use of an item is uncertain: it is given as a few futures, each with its chance. In each the item is used
evenly over the year after the last known need; a leftover unit stops costing holding on the day on which it is used,
and one that is used within that year gives back its value. The others lie until the last day of the plan and give
back their salvage. Without futures there is no later use. The planner, the options of a need and the risk limit of
the owner all reckon with these functions.
"""

from typing import NamedTuple

from huoku.buy.terms import Floats, Ints
from huoku.compiled import kernel

YEAR_DAYS = 365.0
TAIL = 0.10
"""The bad futures whose mean is the conditional value at risk: the dearest tenth."""
NO_LIMIT_OF_MONEY = float("inf")


class Limits(NamedTuple):
    """What the owner does not want to go beyond with one purchase.

    ``risk``: money by which the dearest tenth of futures may exceed the expected cost. ``excess``: the part of a
    purchase that may be left over.
    """

    risk: float = NO_LIMIT_OF_MONEY
    excess: float = 1.0


class Worth(NamedTuple):
    """Holding and leftover figures of all items, money and quantities per smallest step.

    The futures of item ``i`` are ``first[i]`` to ``first[i + 1] - 1`` (none: no later use), by rising ``amount``,
    the steps used within a year; their ``chance`` adds up to 1.
    """

    holding: Floats  # of one step for one day
    value: Floats  # what one step gives back when it is used later
    salvage: Floats  # what it gives back when it is not
    first: Ints
    amount: Floats
    chance: Floats
    limits: Limits


@kernel
def expected_used(worth: Worth, item: int, leftover: float) -> float:
    """How many of the first ``leftover`` units are expected to be used within a year."""
    used = 0.0
    for future in range(worth.first[item], worth.first[item + 1]):
        used += worth.chance[future] * min(leftover, worth.amount[future])
    return used


@kernel
def days_held(leftover: float, amount: float, days: float) -> float:
    """Days in stock, summed over the first ``leftover`` units, where ``amount`` are used evenly within a year.

    What is not used within the year, or within ``days``, stays for all ``days``.
    """
    in_time = min(leftover, amount * min(days, YEAR_DAYS) / YEAR_DAYS)
    if in_time <= 0.0:
        return leftover * days
    return in_time * 0.5 * in_time * YEAR_DAYS / amount + (leftover - in_time) * days


@kernel
def leftover_days(worth: Worth, item: int, leftover: float, last_need: int, horizon: int) -> float:
    """Sum over the first ``leftover`` units of the day on which each is expected to stop costing holding."""
    days = float(max(0, horizon - last_need))
    if worth.first[item] == worth.first[item + 1]:
        return leftover * horizon
    held = 0.0
    for future in range(worth.first[item], worth.first[item + 1]):
        held += worth.chance[future] * days_held(leftover, worth.amount[future], days)
    return held + leftover * (horizon - days)


@kernel
def leftover_credit(worth: Worth, item: int, leftover: float) -> float:
    """The money that the first ``leftover`` units are expected to give back."""
    used = expected_used(worth, item, leftover)
    return used * worth.value[item] + (leftover - used) * worth.salvage[item]


@kernel
def future_cost(worth: Worth, item: int, future: int, leftover: float, days: float) -> float:
    """What the first ``leftover`` units cost in one future: holding, less what they give back."""
    amount = worth.amount[future]
    used = min(leftover, amount)
    held = worth.holding[item] * days_held(leftover, amount, days)
    return held - used * worth.value[item] - (leftover - used) * worth.salvage[item]


@kernel
def leftover_risk(worth: Worth, item: int, spare: float, over: float, days: float) -> float:
    """By how much ``over`` more units than ``spare`` cost more in the dearest tenth of futures than expected.

    The less is used, the dearer: so the dearest tenth are the first futures.
    """
    expected, dear, seen = 0.0, 0.0, 0.0
    for future in range(worth.first[item], worth.first[item + 1]):
        chance = worth.chance[future]
        cost = future_cost(worth, item, future, spare + over, days) - future_cost(worth, item, future, spare, days)
        expected += chance * cost
        dear += cost * max(0.0, min(chance, TAIL - seen))
        seen += chance
    return 0.0 if seen <= 0.0 else dear / TAIL - expected


@kernel
def beyond_limits(worth: Worth, item: int, spare: float, over: float, qty: float, days: float) -> float:
    """Money by which a purchase of ``qty`` that leaves ``over`` units beside ``spare`` breaks the owner's limits."""
    limits = worth.limits
    beyond = max(0.0, over - limits.excess * qty) * worth.value[item]
    if limits.risk < NO_LIMIT_OF_MONEY:
        beyond += max(0.0, leftover_risk(worth, item, spare, over, days) - limits.risk)
    return beyond
