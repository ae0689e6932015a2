"""Orders that stand already when a node is settled: a plan that is worked out again keeps what it can."""

from huoku.buy.lot_sizing import Requirement
from huoku.compiled import kernel
from huoku.plan.decide.cells import Cells
from huoku.plan.decide.columns import DUE, NEEDED, OVER, QTY, SOURCE
from huoku.plan.decide.orders import Book
from huoku.plan.model.arrays import Model


@kernel
def limit_beside(
    model: Model, cells: Cells, node: int, book: Book, own: int, ordered: int, required: Requirement, m: int
) -> None:
    """Write what may be made by each need's day beside the orders ``own`` to ``ordered - 1``, now and later.

    Before cover all that is made, what stands included, stays within what the first pass made by each day.
    """
    window = cells.first[node + 1] - cells.first[node]
    total = 0
    for day in range(window):
        total += cells.made[cells.first[node] + day]
    for row in range(own, ordered):
        if model.terms.is_make[book.orders[row, SOURCE]] and book.orders[row, DUE] < window:
            total -= book.orders[row, QTY]
    least, row = total, ordered - 1
    j = m - 1
    for day in range(window - 1, -1, -1):
        least = min(least, total)
        while j >= 0 and required.days[j] >= day:
            if required.days[j] < window:
                required.limit[j] = least
            j -= 1
        total -= cells.made[cells.first[node] + day]
        while row >= own and book.orders[row, DUE] >= day:
            if model.terms.is_make[book.orders[row, SOURCE]] and book.orders[row, DUE] == day:
                total += book.orders[row, QTY]
            row -= 1


@kernel
def by_due_day(book: Book, own: int, ordered: int) -> None:
    """Sort the orders ``own`` to ``ordered - 1`` by due day; those of one day stay as they stand."""
    for end in range(own + 1, ordered):
        row = end
        while row > own and book.orders[row, DUE] < book.orders[row - 1, DUE]:
            for column in range(book.orders.shape[1]):
                other = book.orders[row, column]
                book.orders[row, column] = book.orders[row - 1, column]
                book.orders[row - 1, column] = other
            for column in range(book.money.shape[1]):
                money = book.money[row, column]
                book.money[row, column] = book.money[row - 1, column]
                book.money[row - 1, column] = money
            row -= 1


@kernel
def note_what_is_needed(book: Book, own: int, ordered: int) -> None:
    """Write what of each order is needed and what is left over, once its pegs are known."""
    for row in range(own, ordered):
        book.orders[row, NEEDED], book.orders[row, OVER] = book.orders[row, QTY] - book.left[row], book.left[row]
