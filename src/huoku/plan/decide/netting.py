"""The second pass: which orders serve the promises at the least money, level by level.

With the days fixed by the first pass, each node is settled once all its parents are: its needs are
netted against stock and open orders, the rest is brought by orders that ``buy.lot_sizing`` chooses, and
every need is pegged to its source, first in, first out.

Why both passes fit: the needs of a node are, cumulatively, never larger here than they were in the first
pass. On the days before its cover a node makes, cumulatively, no more than the first pass made (the limit
that the lot sizes obey; making exactly that is always possible), so the needs of its components are no
larger either. From its cover on there is no limit, because its components are then past their own.
Where lots cannot be moved without changing what they take (fixed scrap, rounding, a BOM that changes by
date) the node is ``pinned``: before cover it makes the lots of the first pass as they were.
"""

from typing import NamedTuple

import numpy as np

from huoku.buy.lot_sizing import Search, choose_lots
from huoku.buy.terms import Floats, Ints
from huoku.compiled import kernel
from huoku.plan.decide.columns import NEEDED, OVER, QTY
from huoku.plan.decide.growing import Small, longer, longer_small, wider, wider_money
from huoku.plan.decide.needs import Days, Needs, add_component_needs, add_wants, collect, component_lines
from huoku.plan.decide.orders import Book, keep_promised_lots, orders_of, promised_lots, write_orders
from huoku.plan.decide.pegs import Pegs, days_on_hand, peg
from huoku.plan.decide.promise import Cells
from huoku.plan.decide.requirement import arrivals, make_series, net_requirement
from huoku.plan.decide.shop_orders import drop_unneeded_lots, laid_lots, orders_of_lots, write_laid_lots
from huoku.plan.model.arrays import (
    Model,
    Receipts,
    Wants,
)
from huoku.plan.model.shop import has_work


class Netted(NamedTuple):
    """What the second pass decided.

    A peg says that ``peg_qty`` of a need comes from a source. Consumers and sources of 0 or more are
    orders; a consumer of -1 - c is claim c, a source of -1 - r is receipt r. The pegs of node ``n`` are
    ``peg_first[n]`` to ``peg_first[n + 1] - 1``, by day.
    """

    orders: Ints  # (orders, 12)
    money: Floats  # (orders, 3)
    peg_first: Ints
    peg_consumer: Small
    peg_source: Small
    peg_qty: Ints
    receipt_left: Ints  # what no need took
    order_left: Ints
    unit_days: Floats  # by node: units on hand, summed over days
    unserved: int  # needs that no order could serve; anything but 0 is a fault of the planner


@kernel(allocates=True)
def net(
    model: Model,
    cells: Cells,
    kept: Ints,
    made: Ints,
    receipts: Receipts,
    wants: Wants,
    claim_day: Ints,
    search: Search,
) -> Netted:
    """Settle all nodes, parents first.

    ``kept``: the lots of pinned items that the first pass made, by cell; ``made``: those that take operations,
    whose orders are written into them. ``claim_day``, by claim: the day on which it is served.
    """
    nodes = model.items * model.locations
    days = model.horizon + 1
    room = max(64, 2 * wants.claim.size)
    needs = Needs(
        np.full(nodes, -1, np.int64),
        np.zeros(room, np.int64),
        np.zeros(room, np.int32),
        np.zeros(room, np.int64),
        np.zeros(room, np.int32),
    )
    count = add_wants(needs, wants)
    book = Book(np.zeros((room, 12), np.int64), np.zeros((room, 3), np.float64), np.zeros(room, np.int64))
    pegs = Pegs(np.zeros(room, np.int32), np.zeros(room, np.int32), np.zeros(room, np.int64))
    on_days = Days(np.zeros(days, np.int64), np.full(days, -1, np.int64), np.zeros(room, np.int64))
    short_day, short_sum = np.empty(days, np.int64), np.empty(days, np.int64)
    peg_first = np.zeros(nodes + 1, np.int64)
    receipt_left = receipts.qty.copy()
    unit_days = np.zeros(nodes, np.float64)
    ordered, pegged, unserved = 0, 0, 0
    for node in range(nodes):
        peg_first[node] = pegged
        own, forced_end = ordered, ordered
        wanted, early, late = collect(needs, on_days, node)
        if wanted > 0:
            if has_work(model.shop, node % model.items):
                begin, end = laid_lots(cells, node, made)
                drop_unneeded_lots(cells, receipts, node, on_days.needed, late, made, begin, end)
                while ordered + orders_of_lots(model, node % model.items, made, begin, end) > book.left.size:
                    book = Book(wider(book.orders), wider_money(book.money), longer(book.left))
                ordered = write_laid_lots(model, cells, node, made, begin, end, book, ordered)
            elif model.pinned[node % model.items]:
                begin, end, lot_orders = promised_lots(model, cells, node, kept)
                while ordered + lot_orders > book.left.size:
                    book = Book(wider(book.orders), wider_money(book.money), longer(book.left))
                ordered = keep_promised_lots(
                    model, cells, receipts, node, on_days.needed, late, kept, begin, end, book, ordered
                )
            forced_end, forced = ordered, 0
            for row in range(own, ordered):
                forced += book.orders[row, QTY]
            m, spare = net_requirement(
                receipts, book.orders, own, ordered, node, on_days.needed, early, late, short_day, short_sum
            )
            if m > 0:
                series = make_series(model, cells, node, short_day[:m], short_sum[:m], spare, forced)
                arrival = arrivals(model, series)
                lots = choose_lots(model.terms, model.worth, series, arrival, search)
                while ordered + orders_of(model, lots) > book.left.size:
                    book = Book(wider(book.orders), wider_money(book.money), longer(book.left))
                ordered = write_orders(model, node, series, arrival, lots, book, ordered)
                if lots.qty.sum() < short_sum[m - 1]:
                    unserved += 1
            while count + component_lines(model, book.orders, own, ordered) > needs.next.size:
                needs = Needs(
                    needs.newest, longer(needs.next), longer_small(needs.day), longer(needs.qty), longer_small(needs.by)
                )
                on_days = Days(on_days.needed, on_days.first, longer(on_days.after))
            count = add_component_needs(model, node, book.orders, own, ordered, needs, count)
        coming = receipts.first[node + 1] - receipts.first[node] + ordered - own
        while pegged + wanted + coming > pegs.qty.size:
            pegs = Pegs(longer_small(pegs.consumer), longer_small(pegs.source), longer(pegs.qty))
        pegged, wrong = peg(needs, on_days, early, late, receipts, receipt_left, book, own, ordered, node, pegs, pegged)
        unserved += wrong
        for row in range(own, forced_end):
            book.orders[row, OVER] = book.left[row]
            if has_work(model.shop, node % model.items):
                book.orders[row, NEEDED] = book.orders[row, QTY] - book.left[row]
        unit_days[node] = days_on_hand(
            model, receipts, receipt_left, book, own, ordered, node, pegs, peg_first[node], pegged, claim_day
        )
    peg_first[nodes] = pegged
    return Netted(
        book.orders[:ordered],
        book.money[:ordered],
        peg_first,
        pegs.consumer[:pegged],
        pegs.source[:pegged],
        pegs.qty[:pegged],
        receipt_left,
        book.left[:ordered],
        unit_days,
        unserved,
    )
