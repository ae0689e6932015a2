"""What a source accepts and what it asks for: legal quantities and prices, as flat arrays.

A source is a supplier's offer of an item, or the making of it in the own shop; both have smallest lots,
multiples, a fee for each order and a price, so that one search can choose between them.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from huoku.compiled import kernel

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

NO_LIMIT = 1 << 60
"""A quantity or a day that is never reached."""


class Terms(NamedTuple):
    """The sources of all items. Quantities in the item's smallest step, money per step, days from today.

    The sources of item ``i`` are ``first[i]`` to ``first[i + 1] - 1``; the price tiers of source ``s``
    are ``tier_first[s]`` to ``tier_first[s + 1] - 1``, by rising quantity.
    """

    first: Ints
    is_make: Flags
    lead: Ints
    start_from: Ints  # first and last day on which an order may be placed
    start_to: Ints
    fee: Floats  # for each order: the supplier's fee, or the cost of setting up
    multiple: Ints  # every legal quantity is a multiple of it
    lot_max: Ints  # the largest single order; more is split into several
    tier_first: Ints
    tier_low: Ints  # smallest and largest legal quantity at this price
    tier_high: Ints
    tier_price: Floats
    dominated: Flags  # another source of the item is at least as good in every respect


@kernel
def order_count(terms: Terms, source: int, qty: int) -> int:
    """How many orders a quantity takes, each no larger than ``lot_max``."""
    lot_max = terms.lot_max[source]
    return 1 if 0 < qty <= lot_max else -(-qty // lot_max)


@kernel(inlined=True)
def legal_up(terms: Terms, source: int, wanted: int) -> int:
    """The smallest legal quantity of at least ``wanted``; 0 where the source has none."""
    multiple = terms.multiple[source]
    rounded = -(-wanted // multiple) * multiple
    first, end = terms.tier_first[source], terms.tier_first[source + 1]
    tier = first
    while tier < end and rounded > terms.tier_high[tier]:
        tier += 1
    if tier == end:
        return 0
    qty = max(rounded, terms.tier_low[tier])
    lot_max = terms.lot_max[source]
    if qty > lot_max:
        # Several full lots and a rest below the smallest lot: raise the rest.
        qty = max(qty, -(-qty // lot_max) * terms.tier_low[first])
    return qty


@kernel(inlined=True)
def legal_down(terms: Terms, source: int, wanted: int) -> int:
    """The largest legal quantity of at most ``wanted``; 0 where there is none."""
    multiple = terms.multiple[source]
    rounded = wanted // multiple * multiple
    first = terms.tier_first[source]
    tier = terms.tier_first[source + 1] - 1
    while tier >= first and rounded < terms.tier_low[tier]:
        tier -= 1
    if tier < first:
        return 0
    qty = min(rounded, terms.tier_high[tier])
    lot_max = terms.lot_max[source]
    if qty > lot_max:
        lots = -(-qty // lot_max)
        if qty < lots * terms.tier_low[first]:
            qty = (lots - 1) * lot_max
    return qty


@kernel
def price_at(terms: Terms, source: int, qty: int) -> float:
    """The price of one step when ``qty`` is ordered: all units at the price of their break."""
    for tier in range(terms.tier_first[source + 1] - 1, terms.tier_first[source], -1):
        if qty >= terms.tier_low[tier]:
            return terms.tier_price[tier]
    return terms.tier_price[terms.tier_first[source]]


@kernel
def outlay(terms: Terms, source: int, qty: int) -> float:
    """What a quantity costs: its price, and the fee of each order that it takes."""
    return price_at(terms, source, qty) * qty + terms.fee[source] * order_count(terms, source, qty)


@kernel
def fill_dominated(terms: Terms) -> None:
    """Write which sources need not be searched, because another one is never worse and always there.

    The other one may be asked whenever this one may, delivers as fast, takes every quantity that this one
    takes, and asks no more for it. Of two alike the one that stands first stays.
    """
    for item in range(len(terms.first) - 1):
        for source in range(terms.first[item + 1] - 1, terms.first[item] - 1, -1):
            for other in range(terms.first[item], terms.first[item + 1]):
                if other != source and not terms.dominated[source] and not terms.dominated[other]:
                    terms.dominated[source] = is_never_worse(terms, other, source)


@kernel
def is_never_worse(terms: Terms, source: int, than: int) -> bool:
    """Is ``source`` at least as good as ``than`` for every quantity and day?"""
    if terms.is_make[source] or terms.is_make[than]:
        return False
    if terms.start_from[source] > terms.start_from[than] or terms.start_to[source] < terms.start_to[than]:
        return False
    if terms.lead[source] > terms.lead[than] or terms.fee[source] > terms.fee[than]:
        return False
    if terms.multiple[than] % terms.multiple[source] != 0:
        return False
    first, end = terms.tier_first[source], terms.tier_first[source + 1]
    for tier in range(first, end - 1):
        if (
            terms.tier_price[tier + 1] > terms.tier_price[tier]
            or terms.tier_high[tier] < terms.tier_low[tier + 1] - terms.multiple[source]
        ):
            return False
    for tier in range(terms.tier_first[than], terms.tier_first[than + 1]):
        low = terms.tier_low[tier]
        if low < terms.tier_low[first] or price_at(terms, source, low) > terms.tier_price[tier]:
            return False
    return True


@kernel
def cheapest_price(terms: Terms, item: int) -> float:
    """The lowest price of one step over all sources and breaks of an item; 0 without a source."""
    first, end = terms.tier_first[terms.first[item]], terms.tier_first[terms.first[item + 1]]
    best = 0.0
    for tier in range(first, end):
        if tier == first or terms.tier_price[tier] < best:
            best = terms.tier_price[tier]
    return best
