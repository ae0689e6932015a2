"""The shares of a family: what each way provides of its choice by day, and what serving it all costs."""

from huoku.buy.leftover import leftover_credit, leftover_days
from huoku.buy.lot_sizing import FULL, Search, cheapest
from huoku.buy.terms import price_at
from huoku.compiled import kernel
from huoku.plan.decide.cells import Cells
from huoku.plan.decide.choosing import alternative_of, leaves_on
from huoku.plan.decide.desk import Desk
from huoku.plan.decide.needs import clear, collect
from huoku.plan.decide.requirement import fill_arrivals, make_series, net_requirement
from huoku.plan.model.arrays import Model, Receipts, in_any_amount, is_apart

IMPOSSIBLE = 1e15
"""The money of what no order can serve."""


@kernel
def clear_shares(model: Model, desk: Desk, begin: int, end: int, last: int) -> None:
    """Begin with nothing given, and asked only what is wanted of the nodes themselves."""
    days, shares = model.horizon + 1, desk.shares
    for at in range((last - end) * days):
        shares.asked[at] = 0
    for node in range(end, last):
        need = desk.needs.newest[node]
        while need >= 0:
            shares.asked[(node - end) * days + desk.needs.day[need]] += desk.needs.qty[need]
            need = desk.needs.next[need]
    for at in range((model.ways.first[end] - model.ways.first[begin]) * days):
        shares.given[at] = 0
        shares.bound[at] = 0


@kernel
def give(model: Model, desk: Desk, way: int, day: int, qty: int, begin: int, end: int) -> None:
    """Have a way provide so much more (or less) of its choice on a day."""
    days = model.horizon + 1
    desk.shares.given[(way - model.ways.first[begin]) * days + day] += qty
    on = max(0, day - model.ways.lag[way])
    taken = qty // model.ways.per[way] * model.ways.each[way]
    desk.shares.asked[(model.ways.target[way] - end) * days + on] += taken


@kernel
def is_enough(model: Model, way: int, day: int) -> bool:
    """Can a way provide any amount on a day?"""
    return in_any_amount(model, model.ways.target[way] // model.locations, leaves_on(model, way, day))


@kernel
def give_first(model: Model, cells: Cells, desk: Desk, choice: int, begin: int, end: int) -> None:
    """What the promises took stays; the rest goes to the first way that has enough."""
    ways, shares, days = model.ways, desk.shares, model.horizon + 1
    first, last = ways.first[choice], ways.first[choice + 1]
    window = cells.first[choice + 1] - cells.first[choice]
    apart = is_apart(ways, choice)
    for way in range(first, last):
        shares.ready[way - ways.first[begin]] = 0
    wanted, early, late = collect(desk.needs, desk.on_days, choice)
    for day in range(late + 1):
        rest = desk.on_days.needed[day]
        served_by = alternative_of(model, cells, choice, day) if day < window else -1
        for way in range(first, last):
            at = way - ways.first[begin]
            if day < window:
                shares.ready[at] += cells.moved[cells.way_first[way] + day]
            if apart and ways.alternative[way] != served_by:
                continue
            taken = min(rest, shares.ready[at]) // ways.per[way] * ways.per[way]
            if taken > 0 and leaves_on(model, way, day) >= 0:
                give(model, desk, way, day, taken, begin, end)
                shares.bound[at * days + day] += taken
                shares.ready[at] -= taken
                rest -= taken
        if rest > 0:
            chosen = first
            while chosen < last and not (
                is_enough(model, chosen, day)
                and ways.per[chosen] == 1
                and (served_by < 0 or ways.alternative[chosen] == served_by)
            ):
                chosen += 1
            give(model, desk, chosen if chosen < last else last - 1, day, rest, begin, end)
    if wanted > 0:
        clear(desk.on_days, early, late)


@kernel
def has_source(model: Model, node: int) -> bool:
    """Can the node's item be bought or made?"""
    item = node // model.locations
    return model.terms.first[item + 1] > model.terms.first[item]


@kernel
def spare_of(model: Model, receipts: Receipts, desk: Desk, node: int, end: int) -> int:
    """What is left of a node's stock and open orders after all that is asked of it; below 0: so much is short."""
    days, total = model.horizon + 1, 0
    for receipt in range(receipts.first[node], receipts.first[node + 1]):
        total += receipts.qty[receipt]
    for day in range(days):
        total -= desk.shares.asked[(node - end) * days + day]
    return total


@kernel
def use_up_expiring(model: Model, receipts: Receipts, desk: Desk, choice: int, begin: int, end: int) -> None:
    """Use own lots that expire, or are reserved for this, before anything else of the same place."""
    ways, days = model.ways, model.horizon + 1
    first, last = ways.first[choice], ways.first[choice + 1]
    base = first - ways.first[begin]
    pieces = 0
    while first + pieces < last and not has_source(model, ways.target[first + pieces]):
        pieces += 1
    if pieces == 0:
        return
    for at in range(pieces):
        desk.shares.ready[base + at] = spare_of(model, receipts, desk, ways.target[first + at], end)
    for day in range(days):
        for at in range(pieces):
            comes = receipts.day[receipts.first[ways.target[first + at]]] if desk.shares.ready[base + at] > 0 else days
            if comes > leaves_on(model, first + at, day):
                continue
            for other in range(first + pieces, last):
                if ways.alternative[other] != ways.alternative[first + at]:
                    continue
                row = (other - ways.first[begin]) * days + day
                open_to = desk.shares.given[row] - desk.shares.bound[row]
                taken = min(open_to, desk.shares.ready[base + at]) // ways.per[other] * ways.per[other]
                if taken > 0:
                    give(model, desk, other, day, -taken, begin, end)
                    give(model, desk, first + at, day, taken, begin, end)
                    desk.shares.ready[base + at] -= taken


@kernel
def reckon(model: Model, cells: Cells, receipts: Receipts, search: Search, desk: Desk, node: int, end: int) -> bool:
    """Write what serving all that is asked of a node costs; false where there is no room to find out.

    The orders' money, holding of everything from its coming to its use, and less what a leftover gives back. What
    the receipts cost by coming is left out: it is the same whatever is asked.
    """
    days, item, paper = model.horizon + 1, node // model.locations, desk.paper
    needed, by_day, late = desk.on_days.needed, 0.0, -1
    for day in range(days):
        needed[day] = desk.shares.asked[(node - end) * days + day]
        if needed[day] > 0:
            by_day += float(needed[day]) * day
            late = day
    lasts, required = model.lasts[item], paper.required
    m, spare = net_requirement(
        receipts, desk.book.orders, 0, 0, node, needed, 0, late, lasts, required.days, required.cumulative
    )
    for day in range(late + 1):
        needed[day] = 0
    money = 0.0
    if m > 0:
        money = IMPOSSIBLE
        series = make_series(model, cells, node, m, paper.required, spare, 0)
        if has_source(model, node):
            fill_arrivals(model, series, paper.arrival)
            money = cheapest(model.terms, model.worth, series, paper.arrival, search, desk.room)
            if money == float(FULL):
                return False
            money = min(money, IMPOSSIBLE)
        by_day -= paper.required.days_sum[m]
    by_day += leftover_days(model.worth, item, float(spare), max(late, 0), model.horizon)
    money += model.worth.holding[item] * by_day - leftover_credit(model.worth, item, float(spare))
    desk.shares.money[node - end] = money
    return True


@kernel
def carrying(model: Model, way: int) -> float:
    """Money for carrying what a way takes, for one step of what is wanted."""
    money = 0.0
    for hop in range(model.ways.hop_first[way], model.ways.hop_first[way + 1]):
        money += price_at(model.terms, model.ways.hop_source[hop], 1)
    return money * model.ways.each[way] / model.ways.per[way]


@kernel
def movable(model: Model, desk: Desk, choice: int, other: int, way: int, begin: int) -> int:
    """How much of what ``other`` provides could come by ``way``."""
    days, first, total = model.horizon + 1, model.ways.first[begin], 0
    for day in range(days):
        row = (other - first) * days + day
        if desk.shares.given[row] > desk.shares.bound[row] and may_take_over(
            model, desk, choice, other, way, day, begin
        ):
            total += packs_of(model, desk.shares.given[row] - desk.shares.bound[row], other, way)
    return total


@kernel
def may_serve(model: Model, desk: Desk, choice: int, way: int, day: int) -> bool:
    """May a way serve a choice on a day? One that takes whole packs: only where one need is served by it."""
    if leaves_on(model, way, day) < 0:
        return False
    if model.ways.per[way] == 1:
        return True
    count, need = 0, desk.needs.newest[choice]
    while need >= 0:
        count += 1 if desk.needs.day[need] == day else 0
        need = desk.needs.next[need]
    return count == 1


@kernel
def may_take_over(model: Model, desk: Desk, choice: int, other: int, way: int, day: int, begin: int) -> bool:
    """May a way take over what another one provides on a day? Another alternative only all that is wanted on it."""
    ways, days = model.ways, model.horizon + 1
    if ways.alternative[way] != ways.alternative[other]:
        for third in range(ways.first[choice], ways.first[choice + 1]):
            row = (third - ways.first[begin]) * days + day
            if desk.shares.bound[row] > 0 or (third != other and desk.shares.given[row] > 0):
                return False
    return may_serve(model, desk, choice, way, day)


@kernel
def packs_of(model: Model, qty: int, other: int, way: int) -> int:
    """The largest quantity up to ``qty`` that is whole both ways."""
    per, of_other = model.ways.per[way], model.ways.per[other]
    if of_other % per == 0:
        per = of_other
    elif per % of_other != 0:
        per *= of_other
    return qty // per * per


@kernel
def for_last_lot(model: Model, desk: Desk, other: int, begin: int) -> int:
    """How much of what a way provides, beyond the promises, would have to come by its last order, since it perishes."""
    days, first, total, last = model.horizon + 1, model.ways.first[begin], 0, -1
    lasts = model.lasts[model.ways.target[other] // model.locations]
    for day in range(days - 1, -1, -1):
        row = (other - first) * days + day
        open_to = desk.shares.given[row] - desk.shares.bound[row]
        last = max(last, day) if open_to > 0 else last
        if open_to > 0 and day >= last - lasts:
            total += open_to
    return total


@kernel
def shift(
    model: Model, desk: Desk, choice: int, other: int, way: int, qty: int, begin: int, end: int, is_from_the_end: bool
) -> int:
    """Move up to ``qty`` from ``other`` to ``way``, the first days first, or the last; remember and return what moved.

    Another alternative takes over whole days.
    """
    days, first, rest = model.horizon + 1, model.ways.first[begin], qty
    for position in range(days):
        day = days - 1 - position if is_from_the_end else position
        row = (other - first) * days + day
        desk.shares.moved[day] = 0
        if rest <= 0 or not may_take_over(model, desk, choice, other, way, day, begin):
            continue
        open_to = desk.shares.given[row] - desk.shares.bound[row]
        taken = packs_of(model, min(rest, open_to), other, way)
        if taken > 0 and (taken == open_to or model.ways.alternative[way] == model.ways.alternative[other]):
            give(model, desk, other, day, -taken, begin, end)
            give(model, desk, way, day, taken, begin, end)
            desk.shares.moved[day] = taken
            rest -= taken
    return qty - rest


@kernel
def unshift(model: Model, desk: Desk, other: int, way: int, begin: int, end: int) -> None:
    """Take the last ``shift`` back."""
    for day in range(model.horizon + 1):
        taken = desk.shares.moved[day]
        if taken > 0:
            give(model, desk, way, day, -taken, begin, end)
            give(model, desk, other, day, taken, begin, end)
