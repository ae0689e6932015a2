"""The second pass after a change: families that it touches are settled again, parents first, all else stays.

What is wanted of a touched family is gathered from the claims and from the orders that stand. Where its own orders
come out otherwise, the families of their components are touched too. Of the orders that a node had, those that may
stay are tried as they are beside the best orders free of them: see ``node_again``.
"""

from heapq import heapify, heappop, heappush
from typing import NamedTuple

import numpy as np

from huoku.buy.lot_sizing import Search
from huoku.buy.terms import Flags, Ints
from huoku.plan.decide.columns import NODE, SOURCE, START
from huoku.plan.decide.desk import NEEDS, NOTHING, At, Desk, desk_for
from huoku.plan.decide.netting import Netted, choices, way_of_sharing
from huoku.plan.decide.orders import Book
from huoku.plan.decide.service import Promised
from huoku.plan.decide.sharing import share_out
from huoku.plan.model.arrays import Wants
from huoku.plan.model.build import Case
from huoku.plan.replan.gathering import gather, users_of
from huoku.plan.replan.node_again import Bench
from huoku.plan.replan.steadiness import Disturbance, paired

ROOM = 4096
"""So many orders more than there were fit on the desk at first."""


class Family(NamedTuple):
    """A family that was settled again: its items, and where its orders and pegs stand on the desk.

    ``was``: for each of its orders, the row of the old one that it is, changed perhaps; -1: it is new. ``told``: that
    row where nothing of it has changed at all; else -1.
    """

    begin: int
    end: int
    orders: tuple[int, int]
    pegs: tuple[int, int]
    was: Ints
    told: Ints


class Settled(NamedTuple):
    """The families that were settled again, by rising item, on the desk where they were; ``unserved``: see ``Netted``.

    ``now``: by row of the book, where the order that was the same before stands now.
    """

    families: list[Family]
    desk: Desk
    now: Ints
    unserved: int


def desk_like(case: Case, before: Netted, left: Ints) -> Desk:
    """A desk on which the orders of a plan stand already, with room for more. ``left``: see ``SecondPass``."""
    desk = desk_for(case.model, case.incoming.receipts.qty, 0, Search())
    room = min(ROOM, 64 + before.orders.shape[0])
    book = Book(
        np.concatenate((before.orders, np.zeros((room, before.orders.shape[1]), np.int64))),
        np.concatenate((before.money, np.zeros((room, before.money.shape[1])))),
        np.concatenate((before.order_left, np.zeros(room, np.int64))),
    )
    return desk._replace(book=book, receipt_left=left, unit_days=before.unit_days.copy())


class SecondPass:
    """One second pass on a plan that stands."""

    def __init__(
        self,
        case: Case,
        promised: Promised,
        wants: Wants,
        before: Netted,
        left: Ints,
        renewed: Flags,
        disturbance: Disturbance,
    ):
        """``left``, by receipt: what nobody took; ``renewed``: see ``Bench``."""
        self.case, self.model, self.promised, self.wants = case, case.model, promised, wants
        self.users = users_of(self.model, wants, before.order_first)
        desk = desk_like(case, before, left)
        self.bench = Bench(case, promised, self.users, desk, renewed, disturbance)
        self.at = At(0, 0, before.orders.shape[0], 0, 0, NOTHING)
        self.now = np.arange(before.orders.shape[0])
        self.is_wanted_only, self.sharing = choices(self.model), way_of_sharing(self.model)

    def settle(self, touched: Ints) -> Settled:
        """Settle the families of the ``touched`` nodes, and whatever follows from them."""
        model = self.model
        family_of = self.users.family
        waiting = np.unique(family_of[touched // model.locations]).tolist()
        heapify(waiting)
        known, done = set(waiting), []
        while waiting:
            begin = heappop(waiting)
            orders, pegs = self._settle_family(begin, int(model.ways.family_end[begin]))
            family, components = self._compared(begin, orders, pegs)
            done.append(family)
            for follows in np.unique(family_of[components]).tolist():
                if follows not in known:
                    known.add(follows)
                    heappush(waiting, follows)
        return Settled(done, self.bench.desk, self.now, self.at.unserved)

    def _settle_family(self, begin: int, end: int) -> tuple[tuple[int, int], tuple[int, int]]:
        """Settle its nodes; returns where their orders and pegs stand on the desk."""
        model, receipts = self.model, self.case.incoming.receipts
        places = model.locations
        while True:
            count = gather(
                model, self.wants, self.users, self.bench.desk.book.orders, self.bench.desk.needs, begin, end
            )
            if count >= 0:
                break
            self.bench.lengthen(NEEDS)
        come = slice(receipts.first[begin * places], receipts.first[end * places])
        self.bench.desk.receipt_left[come] = receipts.qty[come]
        first, pegs = self.at.orders, self.at.pegs
        self.at = self.at._replace(node=begin * places, needs=count)
        # In a family that makes one of its items of another a second try would leave needs of the first behind.
        within = (
            self.users.family[self.users.parent[self.users.parent_first[begin] : self.users.parent_first[end]]] == begin
        ).any()
        while self.at.node < end * places:
            if self.is_wanted_only[self.at.node]:
                self.at = self._shared_out(self.at)
            elif within:
                self.at = self.bench.settle(self.at, self.at.node + 1)
            else:
                self.at = self.bench.settle_steadily(self.at)
        return (first, self.at.orders), (pegs, self.at.pegs)

    def _shared_out(self, at: At) -> At:
        """The choices of a family shared out."""
        while True:
            with self.sharing():
                found = share_out(
                    self.model, self.promised.cells, self.case.incoming.receipts, self.bench.search, self.bench.desk, at
                )
            if found.full == NOTHING:
                return found
            self.bench.lengthen(found.full)

    def _compared(self, first: int, orders: tuple[int, int], pegs: tuple[int, int]) -> tuple[Family, Ints]:
        """A family beside what it was, and the items of which its orders take anything else. Notes where orders are."""
        begin, end = self.users.rows[first].tolist()
        book = self.bench.desk.book.orders
        old, new = book[begin:end], book[slice(*orders)]
        pairs = paired(old, new)
        was = np.full(new.shape[0], -1)
        was[pairs.same_new], was[pairs.like_new] = begin + pairs.same_old, begin + pairs.like_old
        told, money = was.copy(), self.bench.desk.book.money
        told[(new != book[was]).any(axis=1) | (money[slice(*orders)] != money[was]).any(axis=1)] = -1
        self.now[begin:end] = -1
        self.now[begin + pairs.same_old] = orders[0] + pairs.same_new
        self.users.rows[first] = orders
        changed = np.concatenate((old[pairs.like_old], old[pairs.gone], new[pairs.like_new], new[pairs.added]))
        family = Family(first, int(self.model.ways.family_end[first]), orders, pegs, was, told)
        return family, self._components(changed)

    def _components(self, orders: Ints) -> Ints:
        """The items that these orders take."""
        bom, made = self.model.bom, orders[self.model.terms.is_make[orders[:, SOURCE]]]
        item, start = made[:, NODE] // self.model.locations, made[:, START]
        version = bom.first[item]
        while (ended := start > bom.start_to[version]).any():
            version = version + ended
        lines = [bom.component[bom.line_first[at] : bom.line_first[at + 1]] for at in np.unique(version).tolist()]
        return np.unique(np.concatenate([np.zeros(0, np.int64), *lines]))
