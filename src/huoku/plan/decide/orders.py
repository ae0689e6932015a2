"""Orders as they are written: the lots that were chosen, and those that the promises fixed."""

from typing import NamedTuple

from huoku.buy.lot_sizing import Lots, Series, first_uncovered
from huoku.buy.rejected import best_rejected, covered_by
from huoku.buy.terms import Floats, Ints, price_at
from huoku.compiled import kernel
from huoku.plan.decide.cells import Cells
from huoku.plan.decide.columns import (
    COST,
    DUE,
    FIRST_COST,
    NEED_FROM,
    NEED_TO,
    NEEDED,
    NODE,
    OTHER_COST,
    OTHER_KIND,
    OTHER_QTY,
    OTHER_SOURCE,
    OVER,
    QTY,
    SOURCE,
    START,
)
from huoku.plan.decide.requirement import largest_shortage
from huoku.plan.model.arrays import (
    Model,
    Receipts,
    buy_start,
    lots_of,
    make_start,
    part_of,
)


class Book(NamedTuple):
    """Orders as they are written: rows as in ``Netted``, and what nobody has taken yet."""

    orders: Ints
    money: Floats
    left: Ints


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
    count, end, source = 0, low, model.make_source[node // model.locations]
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
    """Make the lots of the first pass, each on its day, as long as the days before cover want more.

    Of what does not last all of them: a surplus may not be good any more when it could stand in.
    """
    item = node // model.locations
    perishes = model.lasts[item] <= model.horizon
    short = largest_shortage(receipts, node, needed, min(cells.first[node + 1] - cells.first[node], late + 1))
    source, made = model.make_source[item], 0
    price, fee = price_at(model.terms, source, 1), model.terms.fee[source]
    for lot in range(begin, end):
        day, qty = kept[lot, 0] - cells.first[node], kept[lot, 1]
        if made >= short and not perishes:
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
            max(0, min(qty, short - made)),
            day,
            day,
            0,
        )
        for part in range(first, row):
            book.money[part, COST] = price * book.orders[part, QTY] + fee
        made += qty
    return row


@kernel
def orders_of(model: Model, lots: Lots, count: int) -> int:
    """How many orders the first ``count`` chosen lots make."""
    orders = 0
    for lot in range(count):
        orders += lots_of(model, lots.source[lot], lots.qty[lot])
    return orders


@kernel
def write_orders(
    model: Model, node: int, series: Series, arrival: Ints, lots: Lots, count: int, book: Book, row: int
) -> int:
    """Write the first ``count`` chosen lots as orders, each with the best way not taken; returns the next row."""
    first = model.terms.first[series.item]
    for lot in range(count):
        source, qty, need, before = lots.source[lot], lots.qty[lot], lots.need[lot], lots.before[lot]
        due = arrival[need, source - first]
        is_make = model.terms.is_make[source]
        start = due - model.terms.lead[source] if is_make else buy_start(model, source, due)
        reached = covered_by(series, before + qty, due)  # what perishes before the next need serves none
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
            series.required.days[need],
            series.required.days[last],
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
