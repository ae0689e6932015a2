"""The desk of the second pass: everything that it writes, in arrays that Python makes and lengthens.

Kernels make no arrays. Where one is full they stop before the node at hand, say which, and are called again
with a longer one.
"""

from typing import NamedTuple

import numpy as np

from huoku.buy.lot_sizing import Requirement, Room, Search, room_for, tiers_of_items
from huoku.buy.terms import NO_LIMIT, Floats, Ints
from huoku.plan.decide.needs import Days, Needs
from huoku.plan.decide.orders import Book
from huoku.plan.decide.paper import Paper
from huoku.plan.decide.pegs import Pegs
from huoku.plan.model.arrays import Model

NOTHING, NEEDS, BOOK, PEGS, STATES = range(5)
"""What has no room left."""


class Shares(NamedTuple):
    """How a family's needs are shared out: see ``sharing``."""

    asked: Ints  # by node of the family and day: what is wanted of it
    given: Ints  # by way of the family and day: what of its choice it provides
    bound: Ints  # the same, what of it the promises fixed
    ready: Ints  # by way: scratch
    moved: Ints  # by day: what the last move moved
    money: Floats  # by node of the family: what serving what is asked of it costs
    asked_before: Ints  # ``asked`` and ``given`` as they were before several moves were tried together
    given_before: Ints


class Desk(NamedTuple):
    """See above."""

    needs: Needs
    on_days: Days
    book: Book
    pegs: Pegs
    peg_first: Ints  # by node
    order_first: Ints  # by node
    standing: Ints  # one number: so many orders of the next node stand in the book already, by due day
    receipt_left: Ints
    unit_days: Floats
    paper: Paper
    room: Room
    shares: Shares


class At(NamedTuple):
    """How far the second pass is, and what stopped it."""

    node: int
    needs: int
    orders: int
    pegs: int
    unserved: int
    full: int


def desk_for(model: Model, receipt_qty: Ints, orders: int, search: Search) -> Desk:
    """An empty desk for a factory with so many receipts, with room for so many orders and for what they take."""
    nodes, days, ways = model.items * model.locations, model.horizon + 1, model.ways.target.size
    room = orders * (1 + -(-model.bom.component.size // max(1, model.items)))
    small = (np.zeros(room, np.int32) for _ in iter(int, 1))
    wish = np.zeros(room if ways else 0, np.int32)
    sources = int(np.diff(model.terms.first).max(initial=1))
    most_tiers = int(np.diff(tiers_of_items(model.terms)).max(initial=1))
    family, family_ways = _largest_family(model)
    return Desk(
        needs=Needs(
            np.full(nodes, -1, np.int64),
            np.zeros(room, np.int64),
            next(small),
            np.zeros(room, np.int64),
            next(small),
            wish,
        ),
        on_days=Days(np.zeros(days, np.int64), np.full(days, -1, np.int64), np.zeros(room, np.int64)),
        book=Book(np.zeros((orders, 12), np.int64), np.zeros((orders, 3), np.float64), np.zeros(orders, np.int64)),
        pegs=Pegs(next(small), next(small), np.zeros(room, np.int64), wish.copy()),
        peg_first=np.zeros(nodes + 1, np.int64),
        order_first=np.zeros(nodes + 1, np.int64),
        standing=np.zeros(1, np.int64),
        receipt_left=receipt_qty.copy(),
        unit_days=np.zeros(nodes, np.float64),
        paper=Paper(
            Requirement(
                np.zeros(days, np.int64),
                np.zeros(days, np.int64),
                np.zeros(days + 1, np.float64),
                np.full(days, NO_LIMIT, np.int64),
            ),
            np.zeros((days, sources), np.int64),
        ),
        room=room_for(days, most_tiers, search, 1024),
        shares=Shares(
            np.zeros(family * days, np.int64),
            np.zeros(family_ways * days, np.int64),
            np.zeros(family_ways * days, np.int64),
            np.zeros(family_ways, np.int64),
            np.zeros(days, np.int64),
            np.zeros(family, np.float64),
            np.zeros(family * days, np.int64),
            np.zeros(family_ways * days, np.int64),
        ),
    )


def _largest_family(model: Model) -> tuple[int, int]:
    """The most nodes and the most ways of any one family that has ways."""
    ways = model.ways
    if ways.target.size == 0:
        return 0, 0
    node = np.repeat(np.arange(ways.first.size - 1), np.diff(ways.first))
    item = node // model.locations
    ends, counts = np.unique(ways.family_end[item], return_counts=True)
    begins = np.searchsorted(ways.family_end, ends)
    return int(((ends - begins) * model.locations).max()), int(counts.max())


def lengthened(desk: Desk, full: int, search: Search) -> Desk:
    """The desk with twice the room of what is full."""
    if full == NEEDS:
        needs, on_days = desk.needs, desk.on_days
        return desk._replace(
            needs=Needs(needs.newest, *(_longer(column) for column in needs[1:])),
            on_days=on_days._replace(after=_longer(on_days.after)),
        )
    if full == BOOK:
        return desk._replace(book=Book(*(_longer(column) for column in desk.book)))
    if full == PEGS:
        return desk._replace(pegs=Pegs(*(_longer(column) for column in desk.pegs)))
    # The slots are as many as before; what is offered depends on the tiers, and stays.
    states, slots = desk.room.states, desk.room.states.slots
    room = room_for(slots.shape[0] - 1, slots.shape[1] - 1, search, 4 * states.supply.size)
    return desk._replace(room=room._replace(offers=desk.room.offers))


def _longer(array: np.ndarray) -> np.ndarray:
    return np.concatenate((array, np.zeros_like(array)))
