"""The shares of a family written down: needs of what is there, and transfer orders for what has to be carried."""

from huoku.buy.terms import price_at
from huoku.compiled import kernel
from huoku.plan.decide.columns import (
    COST,
    DUE,
    NEED_FROM,
    NEED_TO,
    NEEDED,
    NODE,
    OTHER_COST,
    OTHER_KIND,
    OVER,
    QTY,
    SOURCE,
    START,
)
from huoku.plan.decide.desk import BOOK, NEEDS, NOTHING, PEGS, At, Desk
from huoku.plan.decide.needs import add_need, clear, collect
from huoku.plan.model.arrays import Model


@kernel
def write_shares(model: Model, desk: Desk, at: At, begin: int, end: int) -> At:
    """Turn the needs of the choices ``begin`` to ``end - 1`` into needs of what their shares name."""
    full = what_is_full(model, desk, at, begin, end)
    if full != NOTHING:
        return At(begin, at.needs, at.orders, at.pegs, at.unserved, full)
    for choice in range(begin, end):
        desk.peg_first[choice], desk.order_first[choice] = at.pegs, at.orders
        wanted, early, late = collect(desk.needs, desk.on_days, choice)
        for day in range(early, late + 1):
            if desk.on_days.first[day] >= 0:
                at = carry(model, desk, at, choice, day, begin)
                at = hand_out(model, desk, at, choice, day, begin)
        if wanted > 0:
            clear(desk.on_days, early, late)
    return At(end, at.needs, at.orders, at.pegs, at.unserved, NOTHING)


@kernel
def what_is_full(model: Model, desk: Desk, at: At, begin: int, end: int) -> int:
    """Which array could be too short for what is to be written."""
    ways, days = model.ways, model.horizon + 1
    rows = 0
    for choice in range(begin, end):
        need = desk.needs.newest[choice]
        while need >= 0:
            rows += 1
            need = desk.needs.next[need]
    orders = 0
    for way in range(ways.first[begin], ways.first[end]):
        for day in range(days):
            if desk.shares.given[(way - ways.first[begin]) * days + day] > 0:
                rows += 1
                orders += ways.hop_first[way + 1] - ways.hop_first[way]
    if at.needs + rows + orders > len(desk.needs.next):
        return NEEDS
    if at.orders + orders > len(desk.book.left):
        return BOOK
    return PEGS if at.pegs + rows + orders > len(desk.pegs.qty) else NOTHING


@kernel
def carry(model: Model, desk: Desk, at: At, choice: int, day: int, begin: int) -> At:
    """Write the transfers of a choice for one day; ``ready`` of a way is then the order that brings it."""
    ways, days = model.ways, model.horizon + 1
    needs, orders, pegs = at.needs, at.orders, at.pegs
    book = desk.book
    for way in range(ways.first[choice], ways.first[choice + 1]):
        index = way - ways.first[begin]
        given = desk.shares.given[index * days + day]
        desk.shares.ready[index] = -1
        if given == 0 or ways.hop_first[way + 1] == ways.hop_first[way]:
            continue
        qty = given // ways.per[way] * ways.each[way]
        due = day
        for hop in range(ways.hop_first[way + 1] - 1, ways.hop_first[way] - 1, -1):
            source, row = ways.hop_source[hop], orders
            start = due - model.terms.lead[source]
            book.orders[row, NODE], book.orders[row, START], book.orders[row, DUE] = ways.hop_node[hop], start, due
            book.orders[row, QTY], book.orders[row, SOURCE], book.orders[row, NEEDED] = qty, source, qty
            book.orders[row, NEED_FROM], book.orders[row, NEED_TO], book.orders[row, OVER] = day, day, 0
            book.orders[row, OTHER_KIND], book.money[row, OTHER_COST] = 0, 0.0
            book.money[row, COST], book.left[row] = price_at(model.terms, source, 1) * qty, 0
            orders += 1
            if hop == ways.hop_first[way + 1] - 1:
                desk.shares.ready[index] = row
            else:
                pegs = write_peg(desk, pegs, row - 1, row, qty, ways.hop_node[hop])
            due = start
            if hop == ways.hop_first[way]:
                target = ways.target[way]
                needs = add_need(desk.needs, needs, target, start, qty, row, target)
    return At(at.node, needs, orders, pegs, at.unserved, at.full)


@kernel
def write_peg(desk: Desk, pegs: int, consumer: int, source: int, qty: int, wish: int) -> int:
    """Write one peg; returns the new count."""
    desk.pegs.consumer[pegs], desk.pegs.source[pegs] = consumer, source
    desk.pegs.qty[pegs], desk.pegs.wish[pegs] = qty, wish
    return pegs + 1


@kernel
def hand_out(model: Model, desk: Desk, at: At, choice: int, day: int, begin: int) -> At:
    """Give each need of one day its part of the shares."""
    ways, days = model.ways, model.horizon + 1
    count, pegs, unserved = at.needs, at.pegs, at.unserved
    need = desk.on_days.first[day]
    while need >= 0:
        rest, by = desk.needs.qty[need], desk.needs.by[need]
        for way in range(ways.first[choice], ways.first[choice + 1]):
            index = way - ways.first[begin]
            taken = min(rest, desk.shares.given[index * days + day]) // ways.per[way] * ways.per[way]
            if taken <= 0:
                continue
            desk.shares.given[index * days + day] -= taken
            rest -= taken
            qty = taken // ways.per[way] * ways.each[way]
            if desk.shares.ready[index] >= 0:
                pegs = write_peg(desk, pegs, by, desk.shares.ready[index], qty, choice)
            else:
                count = add_need(desk.needs, count, ways.target[way], day - ways.lag[way], qty, by, choice)
        if rest > 0:
            unserved += 1
        need = desk.on_days.after[need]
    return At(at.node, count, at.orders, pegs, unserved, at.full)
