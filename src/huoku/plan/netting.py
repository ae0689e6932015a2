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
from numpy.typing import NDArray

from huoku.buy.lot_sizing import Lots, Search, Series, choose_lots, first_uncovered
from huoku.buy.rejected import best_rejected
from huoku.buy.terms import NO_LIMIT, Floats, Ints, price_at
from huoku.compiled import kernel
from huoku.plan.model import Model, buy_start, component_need, lots_of, make_start, part_of, version_on
from huoku.plan.promise import Cells

Small = NDArray[np.int32]

# Columns of ``Netted.orders``.
NODE, START, DUE, QTY, SOURCE, NEEDED, NEED_FROM, NEED_TO, OVER, OTHER_KIND, OTHER_SOURCE, OTHER_QTY = range(12)
# Columns of ``Netted.money``.
COST, OTHER_COST, FIRST_COST = range(3)


class Receipts(NamedTuple):
    """What comes without planning: stock lots (day 0) and open orders, by node, then day.

    The receipts of node ``n`` are ``first[n]`` to ``first[n + 1] - 1``.
    """

    first: Ints
    day: Ints
    qty: Ints


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


class Needs(NamedTuple):
    """What is wanted of each node: chains through one table, the newest need of a node first."""

    newest: Ints  # by node, -1 at the end
    next: Ints
    day: Small
    qty: Ints
    by: Small  # the consumer


class Days(NamedTuple):
    """Work space for one node, by day: the sum of its needs, and the chain of them, oldest first."""

    needed: Ints
    first: Ints
    after: Ints  # by need


class Book(NamedTuple):
    """Orders as they are written: rows as in ``Netted``, and what nobody has taken yet."""

    orders: Ints
    money: Floats
    left: Ints


class Pegs(NamedTuple):
    """Pegs as they are written, see ``Netted``."""

    consumer: Small
    source: Small
    qty: Ints


class Wants(NamedTuple):
    """The needs that come from outside, in the order in which they are served on one day; shape (wants,)."""

    claim: Ints
    node: Ints
    day: Ints
    qty: Ints


@kernel(allocates=True)
def net(
    model: Model, cells: Cells, kept: Ints, receipts: Receipts, wants: Wants, claim_day: Ints, search: Search
) -> Netted:
    """Settle all nodes, parents first.

    ``kept``: the lots of pinned items that the first pass made, by cell. ``claim_day``, by claim: the day on
    which it is served.
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
            if model.pinned[node % model.items]:
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


@kernel
def add_need(needs: Needs, count: int, node: int, day: int, qty: int, by: int) -> int:
    """Write one need; returns the new count."""
    needs.next[count], needs.day[count], needs.qty[count], needs.by[count] = needs.newest[node], day, qty, by
    needs.newest[node] = count
    return count + 1


@kernel
def add_wants(needs: Needs, wants: Wants) -> int:
    """Write the needs from outside; returns how many."""
    count = 0
    for want in range(len(wants.claim)):
        count = add_need(needs, count, wants.node[want], wants.day[want], wants.qty[want], -1 - wants.claim[want])
    return count


@kernel
def collect(needs: Needs, on_days: Days, node: int) -> tuple[int, int, int]:
    """Lay the needs of a node out by day; returns how many, the first and the last day (none: 0, 0, -1)."""
    wanted, early, late = 0, len(on_days.needed), -1
    need = needs.newest[node]
    while need >= 0:
        day = needs.day[need]
        on_days.needed[day] += needs.qty[need]
        on_days.after[need] = on_days.first[day]
        on_days.first[day] = need
        early, late = min(early, day), max(late, day)
        wanted += 1
        need = needs.next[need]
    return wanted, min(early, late + 1), late


@kernel
def promised_lots(model: Model, cells: Cells, node: int, kept: Ints) -> tuple[int, int, int]:
    """Where the lots of the first pass of a node stand in ``kept``, and how many orders they make."""
    low, high = 0, kept.shape[0]
    while low < high:
        middle = (low + high) // 2
        if kept[middle, 0] < cells.first[node]:
            low = middle + 1
        else:
            high = middle
    count, end, source = 0, low, model.make_source[node % model.items]
    while end < kept.shape[0] and kept[end, 0] < cells.first[node + 1]:
        count += lots_of(model, source, kept[end, 1])
        end += 1
    return low, end, count


@kernel
def keep_promised_lots(
    model: Model,
    cells: Cells,
    receipts: Receipts,
    node: int,
    needed: Ints,
    late: int,
    kept: Ints,
    begin: int,
    end: int,
    book: Book,
    row: int,
) -> int:
    """Make the lots of the first pass, each on its day, as long as the days before cover want more."""
    item = node % model.items
    short = largest_shortage(receipts, node, needed, min(cells.first[node + 1] - cells.first[node], late + 1))
    source, made = model.make_source[item], 0
    price, fee = price_at(model.terms, source, 1), model.terms.fee[source]
    for lot in range(begin, end):
        day, qty = kept[lot, 0] - cells.first[node], kept[lot, 1]
        if made >= short:
            break
        first = row
        row = place_order(
            model,
            book,
            row,
            node,
            source,
            make_start(model, item, day, False),
            day,
            qty,
            min(qty, short - made),
            day,
            day,
            0,
        )
        for part in range(first, row):
            book.money[part, COST] = price * book.orders[part, QTY] + fee
        made += qty
    return row


@kernel
def orders_of(model: Model, lots: Lots) -> int:
    """How many orders the chosen lots make."""
    count = 0
    for lot in range(len(lots.qty)):
        count += lots_of(model, lots.source[lot], lots.qty[lot])
    return count


@kernel
def write_orders(model: Model, node: int, series: Series, arrival: Ints, lots: Lots, book: Book, row: int) -> int:
    """Write the chosen lots as orders, each with the best way that was not taken; returns the next row."""
    total = series.cumulative[len(series.cumulative) - 1]
    first = model.terms.first[series.item]
    for lot in range(len(lots.qty)):
        source, qty, need, before = lots.source[lot], lots.qty[lot], lots.need[lot], lots.before[lot]
        due = arrival[need, source - first]
        is_make = model.terms.is_make[source]
        start = due - model.terms.lead[source] if is_make else buy_start(model, source, due)
        reached = min(before + qty, total)
        last = first_uncovered(series, reached - 1, 0)
        other = best_rejected(model.terms, model.worth, series, arrival, need, before, source, qty, lots.cost[lot])
        begin = row
        row = place_order(
            model,
            book,
            row,
            node,
            source,
            start,
            due,
            qty,
            reached - before,
            series.days[need],
            series.days[last],
            before + qty - reached,
        )
        for part in range(begin, row):
            # Of a lot that is split, each order bears its part.
            share = float(book.orders[part, QTY]) / qty
            book.money[part, COST], book.money[part, OTHER_COST] = share * lots.cost[lot], share * other.cost
            book.orders[part, OTHER_KIND], book.orders[part, OTHER_SOURCE] = other.kind, other.source
            book.orders[part, OTHER_QTY] = int(share * other.qty)
            book.money[part, FIRST_COST] = share * other.first_cost
    return row


@kernel
def component_lines(model: Model, orders: Ints, own: int, ordered: int) -> int:
    """How many component needs the orders of a node make at most."""
    count = 0
    for row in range(own, ordered):
        if model.terms.is_make[orders[row, SOURCE]]:
            version = version_on(model.bom, orders[row, NODE] % model.items, orders[row, START])
            count += model.bom.line_first[version + 1] - model.bom.line_first[version]
    return count


@kernel
def add_component_needs(model: Model, node: int, orders: Ints, own: int, ordered: int, needs: Needs, count: int) -> int:
    """What the orders of a node take on their start day is a need of their components."""
    item = node % model.items
    for row in range(own, ordered):
        if not model.terms.is_make[orders[row, SOURCE]]:
            continue
        start = orders[row, START]
        version = version_on(model.bom, item, start)
        for line in range(model.bom.line_first[version], model.bom.line_first[version + 1]):
            qty = component_need(model.bom, line, orders[row, QTY])
            if qty > 0:
                count = add_need(needs, count, node - item + model.bom.component[line], start, qty, row)
    return count


@kernel
def peg(
    needs: Needs,
    on_days: Days,
    early: int,
    late: int,
    receipts: Receipts,
    receipt_left: Ints,
    book: Book,
    own: int,
    ordered: int,
    node: int,
    pegs: Pegs,
    pegged: int,
) -> tuple[int, int]:
    """First in, first out, receipts before orders of the same day. Clears the days for the next node.

    Returns the new number of pegs, and how many needs found nothing that is there in time.
    """
    for row in range(own, ordered):
        book.left[row] = book.orders[row, QTY]
    receipt, receipt_end, row, wrong = receipts.first[node], receipts.first[node + 1], own, 0
    for day in range(early, late + 1):
        need = on_days.first[day]
        while need >= 0:
            rest = needs.qty[need]
            while rest > 0:
                while receipt < receipt_end and receipt_left[receipt] == 0:
                    receipt += 1
                while row < ordered and book.left[row] == 0:
                    row += 1
                if receipt < receipt_end and (row == ordered or receipts.day[receipt] <= book.orders[row, DUE]):
                    taken = min(rest, receipt_left[receipt])
                    receipt_left[receipt] -= taken
                    came, source = receipts.day[receipt], -1 - receipt
                elif row < ordered:
                    taken = min(rest, book.left[row])
                    book.left[row] -= taken
                    came, source = book.orders[row, DUE], row
                else:
                    wrong += 1
                    break
                if came > day:
                    wrong += 1
                pegs.consumer[pegged], pegs.source[pegged], pegs.qty[pegged] = needs.by[need], source, taken
                pegged += 1
                rest -= taken
            need = on_days.after[need]
        on_days.needed[day] = 0
        on_days.first[day] = -1
    return pegged, wrong


@kernel
def days_on_hand(
    model: Model,
    receipts: Receipts,
    receipt_left: Ints,
    book: Book,
    own: int,
    ordered: int,
    node: int,
    pegs: Pegs,
    begin: int,
    end: int,
    claim_day: Ints,
) -> float:
    """Units of a node on hand, summed over the days to the horizon."""
    total = 0.0
    for p in range(begin, end):
        consumer, source = pegs.consumer[p], pegs.source[p]
        used = book.orders[consumer, START] if consumer >= 0 else claim_day[-1 - consumer]
        came = book.orders[source, DUE] if source >= 0 else receipts.day[-1 - source]
        total += float(pegs.qty[p]) * (used - came)
    for receipt in range(receipts.first[node], receipts.first[node + 1]):
        total += float(receipt_left[receipt]) * max(0, model.horizon - receipts.day[receipt])
    for row in range(own, ordered):
        total += float(book.left[row]) * (model.horizon - book.orders[row, DUE])
    return total


@kernel
def largest_shortage(receipts: Receipts, node: int, needed_on: Ints, end: int) -> int:
    """By how much the needs before day ``end`` run ahead of stock and open orders at most."""
    receipt, balance, short = receipts.first[node], 0, 0
    for day in range(end):
        while receipt < receipts.first[node + 1] and receipts.day[receipt] <= day:
            balance += receipts.qty[receipt]
            receipt += 1
        balance -= needed_on[day]
        short = max(short, -balance)
    return short


@kernel
def net_requirement(
    receipts: Receipts,
    orders: Ints,
    own: int,
    ordered: int,
    node: int,
    needed_on: Ints,
    early: int,
    late: int,
    short_day: Ints,
    short_sum: Ints,
) -> tuple[int, int]:
    """Write what new orders have to bring by which day, cumulatively; returns the rows and what is spare.

    Receipts and the orders ``own`` to ``ordered - 1`` are there already. ``spare`` is what is left of
    them after all needs, when the new orders bring exactly the requirement.
    """
    receipt, row, end = receipts.first[node], own, receipts.first[node + 1]
    balance, short, m = 0, 0, 0
    for day in range(late + 1):
        while receipt < end and receipts.day[receipt] <= day:
            balance += receipts.qty[receipt]
            receipt += 1
        while row < ordered and orders[row, DUE] <= day:
            balance += orders[row, QTY]
            row += 1
        if day >= early:
            balance -= needed_on[day]
        if -balance > short:
            short = -balance
            short_day[m], short_sum[m] = day, short
            m += 1
    while receipt < end:
        balance += receipts.qty[receipt]
        receipt += 1
    return m, balance + short


@kernel(allocates=True)
def make_series(
    model: Model, cells: Cells, node: int, short_day: Ints, short_sum: Ints, spare: int, forced: int
) -> Series:
    """The net requirement of a node with its limit: what the first pass made by each day before cover."""
    m = short_day.size
    days_sum = np.zeros(m + 1, np.float64)
    limit = np.full(m, NO_LIMIT, np.int64)
    window = cells.first[node + 1] - cells.first[node]
    made, day, before = 0, 0, 0
    for j in range(m):
        days_sum[j + 1] = days_sum[j] + float(short_sum[j] - before) * short_day[j]
        before = short_sum[j]
        if short_day[j] < window:
            while day <= short_day[j]:
                made += cells.made[cells.first[node] + day]
                day += 1
            limit[j] = made - forced
    return Series(node % model.items, short_day, short_sum, days_sum, limit, spare, model.horizon)


@kernel(allocates=True)
def arrivals(model: Model, series: Series) -> Ints:
    """For each need and source of the item: the day on which what is ordered for it comes; -1: too late."""
    item = series.item
    first, end = model.terms.first[item], model.terms.first[item + 1]
    arrival = np.full((series.days.size, end - first), -1, np.int64)
    fill_arrivals(model, series, first, end, arrival)
    return arrival


@kernel
def fill_arrivals(model: Model, series: Series, first: int, end: int, arrival: Ints) -> None:
    """See ``arrivals``."""
    for need in range(len(series.days)):
        day = series.days[need]
        limited = series.limit[need] < NO_LIMIT
        for source in range(first, end):
            if model.terms.is_make[source]:
                start = make_start(model, series.item, day, not limited)
                if start >= 0:
                    arrival[need, source - first] = start + model.terms.lead[source]
            elif not limited and buy_start(model, source, day) >= 0:
                arrival[need, source - first] = day


@kernel
def place_order(
    model: Model,
    book: Book,
    row: int,
    node: int,
    source: int,
    start: int,
    due: int,
    qty: int,
    needed: int,
    need_from: int,
    need_to: int,
    over: int,
) -> int:
    """Write one quantity as as many orders as its lot rule asks for, alike in size; returns the next row."""
    lots = lots_of(model, source, qty)
    told, orders = 0, book.orders
    for lot in range(lots):
        part = part_of(model, source, qty, lots, lot)
        share = min(needed - told, part)
        told += share
        orders[row, NODE], orders[row, START], orders[row, DUE] = node, start, due
        orders[row, QTY], orders[row, SOURCE], orders[row, NEEDED] = part, source, share
        orders[row, NEED_FROM], orders[row, NEED_TO], orders[row, OVER] = need_from, need_to, min(over, part - share)
        orders[row, OTHER_KIND], book.money[row, COST], book.money[row, OTHER_COST] = 0, 0.0, 0.0
        row += 1
    return row


@kernel(allocates=True)
def longer(array: Ints) -> Ints:
    """A copy with room for as much again."""
    return np.concatenate((array, np.zeros(array.size, np.int64)))


@kernel(allocates=True)
def longer_small(array: Small) -> Small:
    """A copy with room for as much again."""
    return np.concatenate((array, np.zeros(array.size, np.int32)))


@kernel(allocates=True)
def wider(table: Ints) -> Ints:
    """A copy with room for as many rows again."""
    return np.concatenate((table, np.zeros(table.shape, np.int64)))


@kernel(allocates=True)
def wider_money(table: Floats) -> Floats:
    """A copy with room for as many rows again."""
    return np.concatenate((table, np.zeros(table.shape, np.float64)))
