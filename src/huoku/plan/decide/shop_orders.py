"""Orders that take operations: the lots of the first pass as they were laid, less those that nobody needs."""

from huoku.buy.terms import Ints, price_at
from huoku.compiled import kernel
from huoku.plan.decide.cells import Cells
from huoku.plan.decide.columns import COST, QTY
from huoku.plan.decide.orders import Book, place_order
from huoku.plan.model.arrays import Model, Receipts, lots_of
from huoku.plan.model.floor import CELL, LOT_QTY, LOT_START, ORDER

NOT_NEEDED = -2
"""In the column ORDER: a lot that became no order."""


@kernel
def laid_lots(cells: Cells, node: int, made: Ints) -> tuple[int, int]:
    """Where the lots of a node stand: the first one, and the one after the last."""
    low, high = 0, made.shape[0]
    while low < high:
        middle = (low + high) // 2
        if made[middle, CELL] < cells.first[node]:
            low = middle + 1
        else:
            high = middle
    end = low
    while end < made.shape[0] and made[end, CELL] < cells.first[node + 1]:
        end += 1
    return low, end


@kernel
def drop_unneeded_lots(
    model: Model,
    cells: Cells,
    receipts: Receipts,
    node: int,
    needed: Ints,
    late: int,
    made: Ints,
    begin: int,
    end: int,
) -> None:
    """Mark the lots without which every need is still met; the latest are looked at first.

    Each try made what it lacked; a surplus of one may have become enough for another. Of what does not last all
    lots stay, for a surplus may not be good any more when it could stand in.
    """
    if model.lasts[node // model.locations] <= model.horizon:
        return
    window = min(cells.first[node + 1] - cells.first[node], late + 1)
    receipt, lot, balance = receipts.first[node + 1] - 1, end - 1, 0
    for row in range(begin, end):
        balance += made[row, LOT_QTY]
    for row in range(receipts.first[node], receipts.first[node + 1]):
        balance += receipts.qty[row]
    for day in range(window):
        balance -= needed[day]
    spare = balance  # the least that is on hand from this day to the end of the window
    for day in range(cells.first[node + 1] - cells.first[node] - 1, -1, -1):
        while receipt >= receipts.first[node] and receipts.day[receipt] > day:
            balance -= receipts.qty[receipt]
            receipt -= 1
        if day < window:
            spare = min(spare, balance)
            balance += needed[day]
        while lot >= begin and made[lot, CELL] - cells.first[node] == day:
            qty = made[lot, LOT_QTY]
            balance -= qty
            if day >= window or spare >= qty:
                made[lot, ORDER] = NOT_NEEDED
                spare -= qty
            lot -= 1


@kernel
def orders_of_lots(model: Model, item: int, made: Ints, begin: int, end: int) -> int:
    """How many orders the lots of an item make that are needed."""
    count = 0
    for lot in range(begin, end):
        if made[lot, ORDER] != NOT_NEEDED:
            count += lots_of(model, model.make_source[item], made[lot, LOT_QTY])
    return count


@kernel
def write_laid_lots(
    model: Model, cells: Cells, node: int, made: Ints, begin: int, end: int, book: Book, row: int
) -> int:
    """Write the needed lots as orders, and with each lot its first order; returns the next row."""
    item = node // model.locations
    source = model.make_source[item]
    price, fee = price_at(model.terms, source, 1), model.terms.fee[source]
    for lot in range(begin, end):
        if made[lot, ORDER] == NOT_NEEDED:
            continue
        due, qty, first = made[lot, CELL] - cells.first[node], made[lot, LOT_QTY], row
        made[lot, ORDER] = row
        row = place_order(model, book, row, node, source, made[lot, LOT_START], due, qty, qty, due, due, 0)
        for part in range(first, row):
            book.money[part, COST] = price * book.orders[part, QTY] + fee
    return row
