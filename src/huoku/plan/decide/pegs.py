"""Each need pegged to its source, first in, first out; and what stays on hand for how long."""

from typing import NamedTuple

from huoku.buy.terms import Ints
from huoku.compiled import kernel
from huoku.plan.decide.columns import DUE, QTY, START
from huoku.plan.decide.needs import Days, Needs
from huoku.plan.decide.orders import Book
from huoku.plan.decide.small import Small
from huoku.plan.model.arrays import (
    Model,
    Receipts,
)


class Pegs(NamedTuple):
    """Pegs as they are written, see ``Netted``."""

    consumer: Small
    source: Small
    qty: Ints
    wish: Small


@kernel
def peg(
    model: Model,
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
    lasts = model.lasts[node // model.locations]
    for day in range(early, late + 1):
        need = on_days.first[day]
        while need >= 0:
            rest = needs.qty[need]
            while rest > 0:
                while receipt < receipt_end and receipt_left[receipt] == 0:
                    receipt += 1
                while row < ordered and (book.left[row] == 0 or book.orders[row, DUE] + lasts < day):
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
                if len(pegs.wish) > 0:
                    pegs.wish[pegged] = needs.wish[need]
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
    total, orders, consumers, sources, taken = 0.0, book.orders, pegs.consumer, pegs.source, pegs.qty
    for p in range(begin, end):
        consumer, source = consumers[p], sources[p]
        used = orders[consumer, START] if consumer >= 0 else claim_day[-1 - consumer]
        came = orders[source, DUE] if source >= 0 else receipts.day[-1 - source]
        total += float(taken[p]) * (used - came)
    for receipt in range(receipts.first[node], receipts.first[node + 1]):
        total += float(receipt_left[receipt]) * max(0, model.horizon - receipts.day[receipt])
    for row in range(own, ordered):
        total += float(book.left[row]) * (model.horizon - book.orders[row, DUE])
    return total
