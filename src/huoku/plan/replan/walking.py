"""Families settled again one after the other, and what follows from each of them."""

from typing import NamedTuple

from huoku.buy.terms import Flags, Ints
from huoku.compiled import kernel
from huoku.plan.decide.columns import NODE, SOURCE, START
from huoku.plan.decide.desk import NEEDS, NOTHING, At, Desk
from huoku.plan.decide.netting import Given, settle
from huoku.plan.model.arrays import Model, Wants, version_on
from huoku.plan.model.shop import has_work
from huoku.plan.replan.gathering import Users, gather
from huoku.plan.replan.pairing import Paired, agree, pair


class Round(NamedTuple):
    """How far the second pass is. By the first item of a family: is it to be settled (``waiting``), was it (``done``)?

    ``pairs``, by row of the book: which of the orders that stand now is which of those before.
    """

    waiting: Flags
    done: Flags
    pairs: Paired


@kernel
def walk(
    given: Given,
    desk: Desk,
    wants: Wants,
    users: Users,
    round: Round,
    renewed: Flags,
    free_from: int,
    at: At,
) -> At:
    """Settle what waits from ``at`` on, as long as there is room, up to the first node that needs a choice.

    That is one whose best orders differ from those it had before the day ``free_from``: see ``settle_steadily``. Where
    the factory has one place and nothing stands in for anything, so that each item is a family and a node of its own.
    """
    model, receipts = given.model, given.receipts
    for node in range(at.node, model.items):
        if not round.waiting[node]:
            continue
        count = gather(model, wants, users, desk.book.orders, desk.needs, node, node + 1)
        if count < 0:
            return At(node, 0, at.orders, at.pegs, at.unserved, NEEDS)
        for receipt in range(receipts.first[node], receipts.first[node + 1]):
            desk.receipt_left[receipt] = receipts.qty[receipt]
        begun = At(node, count, at.orders, at.pegs, at.unserved, NOTHING)
        found = settle(given, desk, begun)
        if found.full != NOTHING:
            return At(node, 0, at.orders, at.pegs, at.unserved, found.full)
        if not (renewed[node] or model.pinned[node] or has_work(model.shop, node)) and disturbs(
            desk.book.orders, users.rows[node, 0], users.rows[node, 1], at.orders, found.orders, free_from
        ):
            return begun
        note(model, users, desk.book.orders, round, node, at.orders, found.orders)
        at = found
    return At(model.items, 0, at.orders, at.pegs, at.unserved, NOTHING)


@kernel
def disturbs(orders: Ints, begin: int, end: int, first: int, last: int, free_from: int) -> bool:
    """Do the orders ``first`` to ``last - 1`` differ from ``begin`` to ``end - 1`` in what starts before ``free_from``?

    Where there were none, nobody has been told anything.
    """
    if begin == end:
        return False
    row = first
    for old in range(begin, end):
        if orders[old, START] < free_from:
            while row < last and orders[row, START] >= free_from:
                row += 1
            if row == last or not agree(orders, old, orders, row, 5):
                return True
            row += 1
    while row < last and orders[row, START] >= free_from:
        row += 1
    return row < last


@kernel
def note(model: Model, users: Users, orders: Ints, round: Round, family: int, first: int, last: int) -> None:
    """Note that a family was settled again, its orders now being ``first`` to ``last - 1``.

    Where they come out otherwise, the families of what they take wait to be settled, too.
    """
    round.waiting[family], round.done[family] = False, True
    begin, end = users.rows[family, 0], users.rows[family, 1]
    pair(orders, begin, end, orders, first, last, round.pairs)
    for row in range(begin, end):
        now = round.pairs.now[row]
        if now < 0 or not agree(orders, row, orders, now, 5):
            wake_components(model, users, orders, row, round)
    for row in range(first, last):
        was = round.pairs.was[row]
        if was < 0 or not agree(orders, was, orders, row, 5):
            wake_components(model, users, orders, row, round)
    users.rows[family, 0], users.rows[family, 1] = first, last


@kernel
def wake_components(model: Model, users: Users, orders: Ints, row: int, round: Round) -> None:
    """Have the families of all that one order takes settled again; those of its own family have been."""
    if not model.terms.is_make[orders[row, SOURCE]]:
        return
    version = version_on(model.bom, orders[row, NODE] // model.locations, orders[row, START])
    for line in range(model.bom.line_first[version], model.bom.line_first[version + 1]):
        family = users.family[model.bom.component[line]]
        if not round.done[family]:
            round.waiting[family] = True
