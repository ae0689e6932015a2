"""Lot sizes and sources of one item: a cheapest way through the cumulative supply.

The needs of an item are brought together over time; an order is placed only for a day on which stock
would run short; and quantity, source and price break are chosen together by money: purchase, fees,
holding of each unit from its arrival to the day it is needed, and what a leftover gives back.

States are (first day that is not covered yet, cumulative supply). From a state, each source that can
deliver by that day offers some quantities: its smallest lot, covers of the next needs rounded up and
down to legal quantities, each price break, all that remains, and what leaves room for another source's
smallest lot. The best few states of each day are kept. Source: Wagner & Whitin (1958), extended to
sources, minimum lots, multiples, all-unit breaks and leftover value. With few needs this is exact in nearly all
cases; tests compare it with every possible way on small cases.
"""

from typing import NamedTuple

import numpy as np

from huoku.buy.leftover import NO_LIMIT_OF_MONEY, Worth, beyond_limits, leftover_credit, leftover_days
from huoku.buy.terms import (
    NO_LIMIT,
    Flags,
    Floats,
    Ints,
    Terms,
    cheapest_price,
    legal_down,
    legal_up,
    order_count,
    price_at,
)
from huoku.compiled import kernel


class Search(NamedTuple):
    """How wide the search is: states kept for each day, and how many next needs are tried as covers.

    A series of at most ``exact_needs`` needs, whose total is at most ``exact_lots`` times the smallest
    multiple of its sources, is searched in full: every legal quantity, every state.
    """

    exact_needs: int = 10
    exact_lots: int = 40
    kept_short: int = 6
    kept_long: int = 1
    long_from: int = 13  # a series with so many needs is a long one
    covers_short: int = 10
    covers_long: int = 6


class Requirement(NamedTuple):
    """What new orders have to bring of one item by which day, and what they may.

    Arrays of at least ``Series.length``; ``days`` rising, ``cumulative`` strictly rising. ``days_sum[j]`` is the sum
    over all units before need ``j`` of their need day; it is longer by one. ``limit[j]`` is the largest cumulative
    supply that may be made by day ``days[j]``: what the promises were computed with, before the first day on which
    everything can be had; ``NO_LIMIT`` after it.
    """

    days: Ints
    cumulative: Ints
    days_sum: Floats
    limit: Ints


class Series(NamedTuple):
    """The net requirement of one item: its first ``length`` needs.

    ``spare`` units are left of stock and open orders anyway. What comes is good for ``lasts`` days more.
    """

    item: int
    length: int
    required: Requirement
    spare: int
    horizon: int
    lasts: int


class Lots(NamedTuple):
    """Orders chosen for one item, in the order of their days; shape (orders,)."""

    need: Ints  # index of the need that the order is for
    before: Ints  # cumulative supply before it
    source: Ints
    qty: Ints
    cost: Floats  # money of this order: purchase, fee, holding, less what its leftover gives back


FULL = -2
BOTHER = 1e-4
"""Of equally cheap ways the one with fewer orders: each order weighs so much more (money)."""


BROKEN = 1e6
"""Money beyond the owner's limits weighs so much: they are broken only where there is no way to keep them."""


class States(NamedTuple):
    """Work space of the search. A row of the first four is one state; row 0 is the beginning.

    ``slots[j]`` names the best states whose first uncovered need is ``j``, the first places being taken first; its last
    place is for the state that makes all it may, which never runs into a dead end.
    """

    supply: Ints
    cost: Floats
    done: Flags
    step_of: Ints  # (states, 4): the state it came from, the need ordered for, the source, the quantity
    slots: Ints  # at least (m + 1, kept + 1)


@kernel(inlined=True)
def days_to_unit(worth: Worth, series: Series, need: int, supply: int) -> float:
    """Holding accounts: the sum of need days of the first ``supply`` units, leftovers included.

    ``need`` is the first need that ``supply`` does not cover (m where it covers all).
    """
    last, required = series.length, series.required
    if need < last:
        before = required.cumulative[need - 1] if need > 0 else 0
        return required.days_sum[need] + float(supply - before) * required.days[need]
    total = required.cumulative[last - 1]
    spare = float(series.spare)
    over = float(supply - total)
    last_need = series.required.days[last - 1]
    return (
        series.required.days_sum[last]
        + leftover_days(worth, series.item, spare + over, last_need, series.horizon)
        - leftover_days(worth, series.item, spare, last_need, series.horizon)
    )


@kernel
def good_until(series: Series, last: int) -> int:
    """The cumulative need up to day ``last``."""
    need = 0
    while need < series.length and series.required.days[need] <= last:
        need += 1
    return series.required.cumulative[need - 1] if need > 0 else 0


@kernel(inlined=True)
def reach(series: Series, supply: int, arrival: int) -> int:
    """The cumulative need that a supply can serve whose last order comes on day ``arrival``: the rest perishes."""
    if series.lasts < NO_LIMIT and arrival + series.lasts < series.horizon:
        return min(supply, good_until(series, arrival + series.lasts))
    return supply


@kernel(inlined=True)
def first_uncovered(series: Series, supply: int, start: int) -> int:
    """The first need, from ``start`` on, that a cumulative supply does not cover."""
    # Most answers are near: leap ahead in growing steps, then halve.
    low, high, step, end, cumulative = start, start, 1, series.length, series.required.cumulative
    while high < end and cumulative[high] <= supply:
        low = high + 1
        high += step
        step *= 2
    high = min(high, end)
    while low < high:
        middle = (low + high) // 2
        if cumulative[middle] > supply:
            high = middle
        else:
            low = middle + 1
    return low


@kernel
def lot_cost(
    terms: Terms, worth: Worth, series: Series, need: int, before: int, arrival: int, source: int, qty: int
) -> float:
    """The money of one order that comes on day ``arrival`` when ``before`` units have come already."""
    after = reach(series, before + qty, arrival)
    covered = first_uncovered(series, after, need)
    return money_of(
        terms,
        worth,
        series,
        days_to_unit(worth, series, need, before),
        before,
        arrival,
        source,
        qty,
        covered,
        after,
    )


@kernel(inlined=True)
def money_of(
    terms: Terms,
    worth: Worth,
    series: Series,
    days_before: float,
    before: int,
    arrival: int,
    source: int,
    qty: int,
    covered: int,
    after: int,
) -> float:
    """``lot_cost`` where the days of the units before and the first need left uncovered are known.

    ``after`` is below ``before + qty`` where the rest perishes.
    """
    cost = price_at(terms, source, qty) * qty + terms.fee[source] * order_count(terms, source, qty)
    days = days_to_unit(worth, series, covered, after) - days_before
    cost += worth.holding[series.item] * (days - float(after - before) * arrival)
    if after < before + qty:
        perished = float(before + qty - after)
        cost += perished * (worth.holding[series.item] * (series.horizon - arrival) - worth.salvage[series.item])
    if covered == series.length:
        over = after - series.required.cumulative[covered - 1]
        spare = float(series.spare)
        cost -= leftover_credit(worth, series.item, spare + over) - leftover_credit(worth, series.item, spare)
    return cost


@kernel
def worthwhile(terms: Terms, worth: Worth, series: Series, need: int) -> int:
    """The last need that an order for ``need`` may be worth covering.

    Units held for a later need save at most a fee, the difference of prices, and a smallest lot's money
    and holding; from where their own holding costs more, covering further is pointless.
    """
    item, holding = series.item, worth.holding[series.item]
    cumulative, days = series.required.cumulative, series.required.days
    low, high, saved = 0.0, 0.0, 0.0
    to_the_end = holding * (series.horizon - days[need])
    for source in range(terms.first[item], terms.first[item + 1]):
        first, last = terms.tier_first[source], terms.tier_first[source + 1] - 1
        dear, cheap = terms.tier_price[first], terms.tier_price[last]
        if source == terms.first[item] or cheap < low:
            low = cheap
        high = max(high, dear)
        smallest = terms.tier_low[first]
        saved = max(saved, terms.fee[source] + ((dear + to_the_end) * smallest if smallest > 1 else 0.0))
    held, units = 0.0, float(cumulative[need] - (cumulative[need - 1] if need > 0 else 0))
    target = need
    while target + 1 < series.length:
        more = float(cumulative[target + 1] - cumulative[target])
        held += holding * more * (days[target + 1] - days[need])
        units += more
        if held > saved + (high - low) * units:
            break
        target += 1
    return target


@kernel
def offered(
    terms: Terms, series: Series, source: int, need: int, furthest: int, before: int, covers: int, out: Ints
) -> int:
    """Write the quantities worth trying from one source into ``out`` and return how many they are.

    ``furthest`` is the last need worth covering; ``covers`` 0 asks for every legal quantity up to all
    that remains.
    """
    first, end = terms.first[series.item], terms.first[series.item + 1]
    cumulative = series.required.cumulative
    total, room = cumulative[series.length - 1], series.required.limit[need] - before
    count = 0
    packed = terms.multiple[source] > 1  # otherwise up and down are the same, but for breaks
    # Covers of the next needs, each the first that the one before leaves open, then in growing steps.
    target, step, largest = need, 1, 0
    for cover in range(covers):
        if target > furthest:
            break
        if cover == covers - 1:
            target = furthest  # of a fee against holding alone, the best lot lies near there
        wanted = cumulative[target] - before
        down, up = legal_down(terms, source, wanted), legal_up(terms, source, wanted)
        if down > largest:
            out[count] = down
            count += 1
        if up > max(down, largest):
            out[count] = up
            count += 1
        largest = max(down, up, largest)
        target = max(target + step, first_uncovered(series, before + largest, target))
        if 3 * cover >= covers:
            step += 1 + step // 2
    rest = total - before
    if furthest < series.length - 1 and covers > 0:
        rest = 0  # nobody would hold so much
    if covers == 0:
        for lots in range(1, rest // terms.multiple[source] + 1):
            out[count] = legal_up(terms, source, lots * terms.multiple[source])
            count += 1
    if rest > largest:
        out[count] = legal_up(terms, source, rest)
        count += 1
        if packed:
            out[count] = legal_down(terms, source, rest)
            count += 1
    smallest = out[0] if count > 0 else 0
    for tier in range(terms.tier_first[source], terms.tier_first[source + 1]):
        if terms.tier_low[tier] != smallest:
            out[count] = terms.tier_low[tier]
            count += 1
    # Leave room for a smallest lot or a price break of another source, or of this one.
    for other in range(first, end):
        if terms.dominated[other]:
            continue
        for tier in range(terms.tier_first[other], terms.tier_first[other + 1]):
            if rest > terms.tier_low[tier]:
                out[count] = legal_up(terms, source, rest - terms.tier_low[tier])
                count += 1
                if packed:
                    out[count] = legal_down(terms, source, rest - terms.tier_low[tier])
                    count += 1
    # All that may be made: see ``Series.limit``. It stands last, for its slot.
    out[count] = 0
    if series.required.limit[need] < NO_LIMIT and terms.is_make[source] and legal_up(terms, source, room) == room:
        out[count] = room
    return count + 1


@kernel
def has_state(slots: Ints, covered: int, kept: int) -> bool:
    """Is there any state whose first uncovered need this is?"""
    return bool(slots[covered, 0] >= 0 or slots[covered, kept] >= 0)


@kernel(inlined=True)
def next_state(slots: Ints, need: int, kept: int, supply: Ints, done: Flags) -> int:
    """The untouched state of a need with the least supply; -1 for none."""
    state = -1
    for slot in range(kept):
        other = slots[need, slot]
        if other < 0:
            break
        if not done[other] and (state < 0 or supply[other] < supply[state]):
            state = other
    other = slots[need, kept]
    if other >= 0 and not done[other] and (state < 0 or supply[other] < supply[state]):
        state = other
    return state


@kernel(inlined=True)
def slot_for(
    slots: Ints, covered: int, usable: int, supply: Ints, cost: Floats, after: int, price: float, unit: float
) -> int:
    """Where a new state goes among those that cover as much: -1 where it is no better than they are.

    It replaces a dearer state of equal supply, takes a free slot, or replaces the worst one. ``unit`` is
    what one more unit of supply is worth at least, so that states of different supply compare.
    """
    worst, worst_score = -1, 0.0
    for slot in range(usable):
        held = slots[covered, slot]
        if held < 0:
            return slot
        if supply[held] == after:
            return slot if price < cost[held] else -1
        score = cost[held] - unit * supply[held]
        if worst < 0 or score > worst_score:
            worst, worst_score = slot, score
    return worst if price - unit * after < worst_score else -1


@kernel(inlined=True)
def limit_slot(slots: Ints, covered: int, place: int, supply: Ints, cost: Floats, after: int, price: float) -> int:
    """The slot of the state that makes all it may: the one with the largest supply, then the cheapest."""
    held = slots[covered, place]
    if held < 0 or supply[held] < after or (supply[held] == after and price < cost[held]):
        return place
    return -1


class Width(NamedTuple):
    """How wide the search of one series is: states kept for each day, needs tried as covers (0: every quantity)."""

    kept: int
    covers: int


@kernel
def width_of(terms: Terms, series: Series, search: Search) -> Width:
    """The width for a series: see ``Search``."""
    m = series.length
    first, end = terms.first[series.item], terms.first[series.item + 1]
    finest = terms.multiple[first]
    for source in range(first + 1, end):
        finest = min(finest, terms.multiple[source])
    lots = series.required.cumulative[m - 1] // finest
    if m <= search.exact_needs and lots <= search.exact_lots:
        return Width(lots + 1, 0)
    if m >= search.long_from:
        return Width(search.kept_long, search.covers_long)
    # So many prices compete for the slots of a need.
    tiers = terms.tier_first[end] - terms.tier_first[first]
    return Width(max(search.kept_short, tiers), search.covers_short)


class Room(NamedTuple):
    """Work space of ``search_lots`` and of what it finds."""

    states: States
    offers: Ints
    lots: Lots


def room_for(needs: int, most_tiers: int, search: Search, states: int) -> Room:
    """Room for series of at most ``needs`` needs of items with at most ``most_tiers`` price tiers."""
    kept = max(search.exact_lots + 1, search.kept_short, search.kept_long, most_tiers)
    covers = max(search.covers_short, search.covers_long)
    return Room(
        States(
            np.zeros(states, np.int64),
            np.zeros(states, np.float64),
            np.zeros(states, np.bool_),
            np.zeros((states, 4), np.int64),
            np.zeros((needs + 1, kept + 1), np.int64),
        ),
        np.zeros(2 * covers + 3 * most_tiers + 3 + search.exact_lots, np.int64),
        Lots._make([*np.zeros((4, states), np.int64), np.zeros(states, np.float64)]),
    )


def choose_lots(terms: Terms, worth: Worth, series: Series, arrival: Ints, search: Search) -> Lots:
    """The cheapest orders that cover a net requirement, as far as the search looks.

    ``arrival[j, s]`` is the day on which source ``s`` (counted from the item's first) brings what is
    ordered for need ``j``: at most ``days[j]``; -1 where it cannot.
    Errors: none; no orders where no source can serve a need.
    Cost: O(m * states * sources * covers * log m).
    """
    needs, most_tiers, states = series.length, int(np.diff(tiers_of_items(terms)).max()), 1024
    while True:
        room = room_for(needs, most_tiers, search, states)
        count = find_lots(terms, worth, series, arrival, search, room)
        if count != FULL:
            return Lots._make(column[:count] for column in room.lots)
        states *= 4


def tiers_of_items(terms: Terms) -> Ints:
    """Where the price tiers of each item begin; one more than there are items."""
    return terms.tier_first[terms.first]


@kernel
def find_lots(terms: Terms, worth: Worth, series: Series, arrival: Ints, search: Search, room: Room) -> int:
    """``choose_lots`` into ``room.lots``: returns how many, or ``FULL``."""
    width = width_of(terms, series, search)
    end = search_lots(terms, worth, series, arrival, width, room.offers, room.states)
    if end == FULL:
        return end
    count = way_to(end, room.states, room.lots)
    if count > 0 and is_limited(worth):
        lots, last = room.lots, count - 1
        after = lots.before[last] + lots.qty[last]
        lots.cost[last] -= weight_of_limits(terms, worth, series, lots.source[last], lots.qty[last], after)
    return count


@kernel
def is_limited(worth: Worth) -> bool:
    """Has the owner set a limit to what a purchase may leave?"""
    return worth.limits.risk < NO_LIMIT_OF_MONEY or worth.limits.excess < 1.0


@kernel
def weight_of_limits(terms: Terms, worth: Worth, series: Series, source: int, qty: int, after: int) -> float:
    """What breaking the owner's limits weighs for the order that covers the last need; own lots know no limit."""
    if terms.is_make[source]:
        return 0.0
    m = series.length
    over = float(after - series.required.cumulative[m - 1])
    days = float(max(0, series.horizon - series.required.days[m - 1]))
    return BROKEN * beyond_limits(worth, series.item, float(series.spare), over, float(qty), days)


@kernel
def cheapest(terms: Terms, worth: Worth, series: Series, arrival: Ints, search: Search, room: Room) -> float:
    """The money of the best orders (see ``Lots.cost``); infinite without any, ``FULL`` without room."""
    width = width_of(terms, series, search)
    end = search_lots(terms, worth, series, arrival, width, room.offers, room.states)
    if end == FULL:
        return float(FULL)
    return room.states.cost[end] if end >= 0 else np.inf


@kernel
def search_lots(
    terms: Terms, worth: Worth, series: Series, arrival: Ints, width: Width, offers: Ints, states: States
) -> int:
    """Walk through the states day by day; returns the cheapest final one, -1 for none, ``FULL`` for no room."""
    m = series.length
    first = terms.first[series.item]
    sources = terms.first[series.item + 1] - first
    best_price = cheapest_price(terms, series.item)
    slots, supply, cost, done, step_of = states.slots, states.supply, states.cost, states.done, states.step_of
    kept, covers, limited = width.kept, width.covers, is_limited(worth)
    for covered in range(m + 1):
        for slot in range(kept + 1):
            slots[covered, slot] = -1
    slots[0, 0] = 0
    supply[0], cost[0], done[0] = 0, 0.0, False
    size = 1
    for need in range(m):
        if not has_state(slots, need, kept):
            continue
        furthest = worthwhile(terms, worth, series, need) if covers > 0 else m - 1
        while True:
            state = next_state(slots, need, kept, supply, done)
            if state < 0:
                break
            done[state] = True
            before, room = supply[state], series.required.limit[need] - supply[state]
            days_before = days_to_unit(worth, series, need, before)
            for s in range(sources):
                if arrival[need, s] < 0 or terms.dominated[first + s]:
                    continue
                source, comes = first + s, arrival[need, s]
                perishes = series.lasts < NO_LIMIT and comes + series.lasts < series.horizon
                count = offered(terms, series, source, need, furthest, before, covers, offers)
                for index in range(count):
                    qty = offers[index]
                    if qty <= 0 or qty > room:
                        continue
                    after = before + qty
                    if perishes:
                        after = min(after, good_until(series, comes + series.lasts))
                        if after <= before:
                            continue
                    covered = first_uncovered(series, after, need)
                    price = cost[state] + BOTHER
                    price += money_of(terms, worth, series, days_before, before, comes, source, qty, covered, after)
                    if limited and covered == m:
                        price += weight_of_limits(terms, worth, series, source, qty, after)
                    if index == count - 1:
                        place = limit_slot(slots, covered, kept, supply, cost, after, price)
                    else:
                        usable, unit = (1, 0.0) if covered == m else (kept, best_price)
                        place = slot_for(slots, covered, usable, supply, cost, after, price, unit)
                    if place < 0:
                        continue
                    if size == len(supply):
                        return FULL
                    supply[size], cost[size], done[size] = after, price, False
                    step_of[size, 0], step_of[size, 1], step_of[size, 2], step_of[size, 3] = state, need, source, qty
                    slots[covered, place] = size
                    size += 1
    end = -1
    for slot in range(kept + 1):
        state = slots[m, slot]
        if state >= 0 and (end < 0 or cost[state] < cost[end]):
            end = state
    return end


@kernel
def way_to(end: int, states: States, lots: Lots) -> int:
    """Write the orders on the way to a state, and return how many; none where there is no way (``end`` -1)."""
    count, state = 0, end
    while state > 0:
        count += 1
        state = states.step_of[state, 0]
    at, state = count, end
    while state > 0:
        at -= 1
        parent = states.step_of[state, 0]
        lots.need[at], lots.source[at] = states.step_of[state, 1], states.step_of[state, 2]
        lots.before[at], lots.qty[at] = states.supply[parent], states.step_of[state, 3]
        lots.cost[at] = states.cost[state] - states.cost[parent] - BOTHER
        state = parent
    return count
