"""The best way that was not taken: for each order, what the next best would have cost.

Every order's reason names it. Ways are compared for the same need: what else an order covers is credited
at the cheapest price. A way that looks cheaper by this yardstick is no alternative: it would have made a
later order dearer, which the search has seen.
"""

from typing import NamedTuple

from huoku.buy.leftover import Worth
from huoku.buy.lot_sizing import Series, first_uncovered, is_limited, lot_cost, reach, weight_of_limits
from huoku.buy.terms import NO_LIMIT, Ints, Terms, cheapest_price, legal_up, price_at
from huoku.compiled import kernel

NONE, OTHER_SOURCE, OTHER_QUANTITY, IN_TWO, TOO_LATE, BEYOND_LIMITS = 0, 1, 2, 3, 4, 5


class Rejected(NamedTuple):
    """``kind`` is one of the constants above. ``cost`` compares with the order's own cost.

    For ``IN_TWO``, ``qty`` covers the first need alone at ``first_cost``, and the rest is ordered when it is
    needed. For
    ``TOO_LATE`` the source is cheaper but cannot deliver in time, for ``BEYOND_LIMITS`` it is cheaper but leaves more
    than the owner's limits allow.
    """

    kind: int
    source: int
    qty: int
    cost: float
    first_cost: float


@kernel
def covered_by(series: Series, supply: int, arrival: int) -> int:
    """How much of the known need a cumulative supply covers whose last order comes on day ``arrival``."""
    return min(reach(series, supply, arrival), series.required.cumulative[series.length - 1])


@kernel
def is_beyond(terms: Terms, worth: Worth, series: Series, source: int, qty: int, after: int) -> bool:
    """Would this order leave more than the owner's limits allow?"""
    if not is_limited(worth) or after < series.required.cumulative[series.length - 1]:
        return False
    return weight_of_limits(terms, worth, series, source, qty, after) > 0.0


@kernel
def best_rejected(
    terms: Terms,
    worth: Worth,
    series: Series,
    arrival: Ints,
    need: int,
    before: int,
    source: int,
    qty: int,
    cost: float,
) -> Rejected:
    """The cheapest other way to cover what an order covers. Arguments as in ``lot_sizing``."""
    item = series.item
    first, end = terms.first[item], terms.first[item + 1]
    unit = cheapest_price(terms, item)
    reached = covered_by(series, before + qty, arrival[need, source - first])
    wanted = reached - before
    best = Rejected(NONE, -1, 0, 0.0, 0.0)
    for other in range(first, end):
        tiers = terms.tier_first[other + 1] - terms.tier_first[other]
        for choice in range(tiers + 1):
            tried = legal_up(terms, other, wanted)
            if choice > 0:
                tried = max(tried, terms.tier_low[terms.tier_first[other] + choice - 1])
            if tried == 0 or (other == source and tried == qty) or tried > series.required.limit[need] - before:
                continue
            if arrival[need, other - first] < 0:
                # In time, it would have been the choice: worth telling.
                money = price_at(terms, other, tried) * tried + terms.fee[other]
                if money < cost and (best.kind != TOO_LATE or money < best.cost):
                    best = Rejected(TOO_LATE, other, tried, money, 0.0)
                continue
            covered = covered_by(series, before + tried, arrival[need, other - first])
            if covered <= before:
                continue
            money = lot_cost(terms, worth, series, need, before, arrival[need, other - first], other, tried)
            money -= unit * (covered - reached)
            if money < cost and best.kind < TOO_LATE and is_beyond(terms, worth, series, other, tried, before + tried):
                best = Rejected(BEYOND_LIMITS, other, tried, money, 0.0)
            if money >= cost and best.kind < TOO_LATE and (best.kind == NONE or money < best.cost):
                kind = OTHER_QUANTITY if other == source else OTHER_SOURCE
                best = Rejected(kind, other, tried, money, 0.0)
    part = legal_up(terms, source, min(series.required.cumulative[need], reached) - before)
    if best.kind < TOO_LATE and 0 < part < min(qty, wanted):
        later = first_uncovered(series, before + part, need)
        if series.required.limit[later] >= NO_LIMIT:
            money = lot_cost(terms, worth, series, need, before, arrival[need, source - first], source, part)
            rest, rest_cost = 0, 0.0
            for other in range(first, end):
                tried = legal_up(terms, other, reached - before - part)
                if tried == 0 or arrival[later, other - first] < 0:
                    continue
                dear = lot_cost(terms, worth, series, later, before + part, arrival[later, other - first], other, tried)
                dear -= unit * (covered_by(series, before + part + tried, arrival[later, other - first]) - reached)
                if rest == 0 or dear < rest_cost:
                    rest, rest_cost = tried, dear
            if rest > 0 and money + rest_cost >= cost and (best.kind == NONE or money + rest_cost < best.cost):
                best = Rejected(IN_TWO, source, part, money + rest_cost, money)
    return best
