"""The second pass: which orders serve the promises at the least money, level by level.

With the days fixed by the first pass, each node is settled once all its parents are: its needs are
netted against stock and open orders, the rest is brought by orders that ``buy.lot_sizing`` chooses, and
every need is pegged to its source, first in, first out. Where several things may serve the same need, the
family is shared out first (see ``sharing``).

Why both passes fit: the needs of a node are, cumulatively, never larger here than they were in the first
pass. On the days before its cover a node makes, cumulatively, no more than the first pass made (the limit
that the lot sizes obey; making exactly that is always possible), so the needs of its components are no
larger either. From its cover on there is no limit, because its components are then past their own.
Where lots cannot be moved without changing what they take (fixed scrap, rounding, a BOM that changes by
date, a component that is not the same on every day) the node is ``pinned``: before cover it makes the lots of
the first pass as they were.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import NamedTuple

import numpy as np

from huoku.buy.lot_sizing import FULL, Search, find_lots
from huoku.buy.terms import Flags, Floats, Ints
from huoku.compiled import kernel, use_compiled
from huoku.plan.decide.cells import Cells
from huoku.plan.decide.columns import NEEDED, OVER, QTY
from huoku.plan.decide.desk import BOOK, NEEDS, NOTHING, PEGS, STATES, At, Desk, desk_for, lengthened
from huoku.plan.decide.needs import add_component_needs, add_wants, clear, collect, component_lines
from huoku.plan.decide.orders import keep_promised_lots, orders_of, promised_lots, write_orders
from huoku.plan.decide.pegs import days_on_hand, peg
from huoku.plan.decide.requirement import fill_arrivals, make_series, net_requirement
from huoku.plan.decide.service import Promised
from huoku.plan.decide.sharing import share_out
from huoku.plan.decide.shop_orders import drop_unneeded_lots, laid_lots, orders_of_lots, write_laid_lots
from huoku.plan.decide.small import Small
from huoku.plan.decide.standing import by_due_day, limit_beside, note_what_is_needed
from huoku.plan.model.arrays import Model, Receipts, Wants, is_choice
from huoku.plan.model.build import Case
from huoku.plan.model.shop import has_work

FEW_FAMILIES = 300
"""So many families are shared out in seconds without the compiler, which would need minutes for it once."""

MOST_ORDERS = 8
"""Most factories need no more orders for each item and claim. Room that nothing is written to costs nothing, while a
desk that has to be lengthened is copied."""


class Netted(NamedTuple):
    """What the second pass decided.

    A peg says that ``peg_qty`` of a need comes from a source. Consumers and sources of 0 or more are
    orders; a consumer of -1 - c is claim c, a source of -1 - r is receipt r. The pegs of node ``n`` are
    ``peg_first[n]`` to ``peg_first[n + 1] - 1``, by day, its orders ``order_first[n]`` to
    ``order_first[n + 1] - 1`` (those that carry something stand with the choice that asked for it). ``peg_wish`` is
    the node that was wanted; empty in a factory where nothing stands in for anything.
    """

    orders: Ints  # (orders, 12)
    money: Floats  # (orders, 3)
    order_first: Ints
    peg_first: Ints
    peg_consumer: Small
    peg_source: Small
    peg_qty: Ints
    peg_wish: Small
    receipt_left: Ints  # what no need took
    order_left: Ints
    unit_days: Floats  # by node: units on hand, summed over days
    unserved: int  # needs that no order could serve; anything but 0 is a fault of the planner


class Given(NamedTuple):
    """What the second pass goes by.

    ``kept``: the lots of pinned items that the first pass made, by cell; ``made``: those that take operations,
    whose orders are written into them. ``claim_day``, by claim: the day on which it is served.
    """

    model: Model
    cells: Cells
    kept: Ints
    made: Ints
    receipts: Receipts
    claim_day: Ints
    search: Search


def given_by(case: Case, promised: Promised) -> Given:
    """What the second pass goes by once the promises are made; ``case`` as it was promised."""
    return Given(
        case.model,
        promised.cells,
        promised.lots,
        promised.made.lots,
        case.incoming.receipts,
        promised.promises.day,
        Search(),
    )


def net(given: Given, wants: Wants) -> Netted:
    """Settle all nodes, parents first."""
    model, cells, receipts, search = given.model, given.cells, given.receipts, given.search
    desk = desk_for(model, receipts.qty, MOST_ORDERS * (model.items + wants.claim.size), search)
    at = At(0, add_wants(desk.needs, wants), 0, 0, 0, NOTHING)
    nodes = model.items * model.locations
    is_wanted_only, sharing = choices(model), way_of_sharing(model)
    while at.node < nodes:
        if is_wanted_only[at.node]:
            with sharing():
                at = share_out(model, cells, receipts, search, desk, at)
        else:
            at = net_on(given, desk, at, nodes)
        if at.full != NOTHING:
            desk = lengthened(desk, at.full, search)
    desk.peg_first[nodes], desk.order_first[nodes] = at.pegs, at.orders
    pegs = desk.pegs
    return Netted(
        desk.book.orders[: at.orders],
        desk.book.money[: at.orders],
        desk.order_first,
        desk.peg_first,
        pegs.consumer[: at.pegs],
        pegs.source[: at.pegs],
        pegs.qty[: at.pegs],
        pegs.wish[: at.pegs],
        desk.receipt_left,
        desk.book.left[: at.orders],
        desk.unit_days,
        at.unserved,
    )


def choices(model: Model) -> Flags:
    """By node: does something else provide what is wanted of it?"""
    return np.diff(model.ways.first) > 0


def way_of_sharing(model: Model) -> Callable[[], AbstractContextManager[object]]:
    """Families are shared out as all else is worked out; few of them without the compiler."""
    families = np.unique(model.ways.family_end[choices(model)[:: model.locations]])
    return partial(use_compiled, False) if families.size <= FEW_FAMILIES else nullcontext


@kernel
def net_on(given: Given, desk: Desk, at: At, end: int) -> At:
    """Settle nodes from ``at`` to ``end - 1``, as long as there is room, up to the next family to be shared out."""
    at = At(at.node, at.needs, at.orders, at.pegs, at.unserved, NOTHING)
    while at.node < end and at.full == NOTHING and not is_choice(given.model, at.node):
        at = settle(given, desk, at)
    return at


@kernel
def settle(given: Given, desk: Desk, at: At) -> At:
    """Settle one node, or change nothing and say what is full."""
    model, cells, receipts, made = given.model, given.cells, given.receipts, given.made
    node, own, unserved = at.node, at.orders, at.unserved
    book, needs, on_days, paper = desk.book, desk.needs, desk.on_days, desk.paper
    standing = desk.standing[0]
    forced_end, ordered = own, own + standing
    wanted, early, late = collect(needs, on_days, node)
    if wanted > 0:
        if has_work(model.shop, node // model.locations):
            begin, end = laid_lots(cells, node, made)
            drop_unneeded_lots(model, cells, receipts, node, on_days.needed, late, made, begin, end)
            if ordered + orders_of_lots(model, node // model.locations, made, begin, end) > len(book.left):
                clear(on_days, early, late)
                return At(node, at.needs, own, at.pegs, unserved, BOOK)
            ordered = write_laid_lots(model, cells, node, made, begin, end, book, own)
        elif model.pinned[node // model.locations]:
            begin, end, lot_orders = promised_lots(model, cells, node, given.kept)
            if ordered + lot_orders > len(book.left):
                clear(on_days, early, late)
                return At(node, at.needs, own, at.pegs, unserved, BOOK)
            ordered = keep_promised_lots(
                model, cells, receipts, node, on_days.needed, late, given.kept, begin, end, book, own
            )
        forced_end, forced = ordered, 0
        for row in range(own, ordered):
            forced += book.orders[row, QTY]
        m, spare = net_requirement(
            receipts,
            book.orders,
            own,
            ordered,
            node,
            on_days.needed,
            early,
            late,
            model.lasts[node // model.locations],
            paper.required.days,
            paper.required.cumulative,
        )
        if m > 0:
            series = make_series(model, cells, node, m, paper.required, spare, forced)
            if standing > 0:
                limit_beside(model, cells, node, book, own, ordered, paper.required, m)
            fill_arrivals(model, series, paper.arrival)
            count = find_lots(model.terms, model.worth, series, paper.arrival, given.search, desk.room)
            full = STATES if count == FULL else NOTHING
            if full == NOTHING and ordered + orders_of(model, desk.room.lots, count) > len(book.left):
                full = BOOK
            if full != NOTHING:
                clear(on_days, early, late)
                return At(node, at.needs, own, at.pegs, unserved, full)
            lots = desk.room.lots
            ordered = write_orders(model, node, series, paper.arrival, lots, count, book, ordered)
            brought = lots.before[count - 1] + lots.qty[count - 1] if count > 0 else 0
            if brought < paper.required.cumulative[m - 1] and model.lasts[node // model.locations] > model.horizon:
                unserved += 1
    if standing > 0:
        by_due_day(book, own, ordered)
    if at.needs + component_lines(model, book.orders, own, ordered) > len(needs.next):
        clear(on_days, early, late)
        return At(node, at.needs, own, at.pegs, at.unserved, NEEDS)
    coming = receipts.first[node + 1] - receipts.first[node] + ordered - own
    if at.pegs + wanted + coming > len(desk.pegs.qty):
        clear(on_days, early, late)
        return At(node, at.needs, own, at.pegs, at.unserved, PEGS)
    desk.peg_first[node], desk.order_first[node] = at.pegs, own
    count = add_component_needs(model, node, book.orders, own, ordered, needs, at.needs)
    pegged, wrong = peg(
        model, needs, on_days, early, late, receipts, desk.receipt_left, book, own, ordered, node, desk.pegs, at.pegs
    )
    for row in range(own, forced_end):
        book.orders[row, OVER] = book.left[row]
        if has_work(model.shop, node // model.locations) or model.lasts[node // model.locations] <= model.horizon:
            book.orders[row, NEEDED] = book.orders[row, QTY] - book.left[row]
    if standing > 0:
        note_what_is_needed(book, own, ordered)
    desk.unit_days[node] = days_on_hand(
        model, receipts, desk.receipt_left, book, own, ordered, node, desk.pegs, at.pegs, pegged, given.claim_day
    )
    return At(node + 1, count, ordered, pegged, unserved + wrong, NOTHING)
