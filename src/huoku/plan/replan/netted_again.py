"""The second pass after a change: families that it touches are settled again, parents first, all else stays.

What is wanted of a touched family is gathered from the claims and from the orders that stand. Where its own orders
come out otherwise, the families of their components are touched too. Of the orders that a node had, those that may
stay are tried as they are beside the best orders free of them: see ``steadiness``.
"""

from collections.abc import Iterator
from heapq import heapify, heappop, heappush
from typing import NamedTuple

import numpy as np

from huoku.buy.lot_sizing import Search
from huoku.buy.terms import Flags, Ints
from huoku.plan.decide.columns import DUE, NODE, QTY, SOURCE, START
from huoku.plan.decide.desk import BOOK, NEEDS, NOTHING, At, Desk, desk_for, lengthened
from huoku.plan.decide.netting import Netted, choices, net_on, way_of_sharing
from huoku.plan.decide.orders import Book
from huoku.plan.decide.service import Promised
from huoku.plan.decide.sharing import share_out
from huoku.plan.model.arrays import Wants
from huoku.plan.model.build import Case
from huoku.plan.model.shop import has_work
from huoku.plan.replan.gathering import gather, users_of
from huoku.plan.replan.steadiness import Disturbance, paired
from huoku.plan.tell.ordered import price_tiers

ROOM = 4096
"""So many orders more than there were fit on the desk at first."""


class Family(NamedTuple):
    """A family that was settled again: its items, and where its orders and pegs stand on the desk.

    ``was``: for each of its orders, the row of the old one that it is, changed perhaps; -1: it is new.
    """

    begin: int
    end: int
    orders: tuple[int, int]
    pegs: tuple[int, int]
    was: Ints


class Settled(NamedTuple):
    """The families that were settled again, by rising item, on the desk where they were; ``unserved``: see ``Netted``.

    ``now``: by row of the book, where the order that was the same before stands now.
    """

    families: list[Family]
    desk: Desk
    now: Ints
    unserved: int


class Written(NamedTuple):
    """What settling one node wrote, and how far it came."""

    found: At
    columns: list[np.ndarray]


class SecondPass:
    """One second pass on a plan that stands."""

    def __init__(
        self, case: Case, promised: Promised, wants: Wants, before: Netted, left: Ints, renewed: Flags,
        disturbance: Disturbance,
    ):  # fmt: skip
        """``left``, by receipt: what no need took of it; ``renewed``, by item: do other terms hold, so that none stays?"""
        self.case, self.model, self.promised, self.wants = case, case.model, promised, wants
        self.before, self.renewed, self.disturbance = before, renewed, disturbance
        self.search = Search()
        self.users = users_of(self.model, wants, before.order_first)
        self.desk = self._desk(left)
        self.at = At(0, 0, before.orders.shape[0], 0, 0, NOTHING)
        self.now = np.arange(before.orders.shape[0])
        self.tried = 0  # so many orders the last try of a node made
        self.is_wanted_only, self.sharing = choices(self.model), way_of_sharing(self.model)

    def _desk(self, left: Ints) -> Desk:
        before = self.before
        desk = desk_for(self.model, self.case.incoming.receipts.qty, 0, self.search)
        room = min(ROOM, 64 + before.orders.shape[0])
        book = Book(
            np.concatenate((before.orders, np.zeros((room, before.orders.shape[1]), np.int64))),
            np.concatenate((before.money, np.zeros((room, before.money.shape[1])))),
            np.concatenate((before.order_left, np.zeros(room, np.int64))),
        )
        return desk._replace(book=book, receipt_left=left, unit_days=before.unit_days.copy())

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
        return Settled(done, self.desk, self.now, self.at.unserved)

    def _settle_family(self, begin: int, end: int) -> tuple[tuple[int, int], tuple[int, int]]:
        """Settle its nodes; returns where their orders and pegs stand on the desk."""
        model, receipts = self.model, self.case.incoming.receipts
        places = model.locations
        while True:
            count = gather(model, self.wants, self.users, self.desk.book.orders, self.desk.needs, begin, end)
            if count >= 0:
                break
            self.desk = lengthened(self.desk, NEEDS, self.search)
        come = slice(receipts.first[begin * places], receipts.first[end * places])
        self.desk.receipt_left[come] = receipts.qty[come]
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
                self.at = self._on(self.at, self.at.node + 1)
            else:
                self.at = self._steadily(self.at)
        return (first, self.at.orders), (pegs, self.at.pegs)

    def _shared_out(self, at: At) -> At:
        """The choices of a family shared out."""
        while True:
            with self.sharing():
                found = share_out(
                    self.model, self.promised.cells, self.case.incoming.receipts, self.search, self.desk, at
                )
            if found.full == NOTHING:
                return found
            self.desk = lengthened(self.desk, found.full, self.search)

    def _on(self, at: At, end: int) -> At:
        """The nodes from ``at`` to ``end - 1`` settled."""
        while at.node < end:
            at = self._net(at, end)
            if at.full != NOTHING:
                self.desk = lengthened(self.desk, at.full, self.search)
        return at

    def _net(self, at: At, end: int) -> At:
        """See ``net_on``."""
        promised, receipts = self.promised, self.case.incoming.receipts
        day = promised.promises.day
        return net_on(
            self.model,
            promised.cells,
            promised.lots,
            promised.made.lots,
            receipts,
            day,
            self.search,
            self.desk,
            at,
            end,
        )

    def _steadily(self, at: At) -> At:
        """One node settled: with those of its old orders that the money lets stay."""
        node, item = at.node, at.node // self.model.locations
        old = self._old_orders(node)
        if self.renewed[item] or self.model.pinned[item] or has_work(self.model.shop, item) or old.size == 0:
            return self._on(at, node + 1)
        least, seen = np.inf, list[Ints]()
        for standing in self._may_stay(at, old):
            if any(np.array_equal(standing, other) for other in seen):
                continue
            seen.append(standing)
            found, money, disturbance = self._tried(at, old, standing)
            if money + disturbance < least:
                least, best = money + disturbance, self._written(at, found)
            if len(seen) == 1 and disturbance == 0.0:
                break  # the best orders there are disturb nobody
        return self._written_back(at, best)

    def _written(self, at: At, found: At) -> Written:
        """A copy of what settling one node wrote."""
        return Written(found, [column[rows].copy() for column, rows in self._places(at, found)])

    def _written_back(self, at: At, written: Written) -> At:
        """Put that copy back."""
        for (column, rows), was in zip(self._places(at, written.found), written.columns, strict=True):
            column[rows] = was
        return written.found

    def _places(self, at: At, found: At) -> list[tuple[np.ndarray, slice]]:
        """The rows of all columns that settling one node writes."""
        desk, receipts = self.desk, self.case.incoming.receipts
        node, come = slice(at.node, at.node + 1), slice(receipts.first[at.node], receipts.first[at.node + 1])
        orders, pegs = slice(at.orders, found.orders), slice(at.pegs, found.pegs)
        return [
            *((column, orders) for column in desk.book),
            *((column, pegs) for column in desk.pegs if column.size),
            (desk.receipt_left, come),
            *((column, node) for column in (desk.unit_days, desk.peg_first, desk.order_first)),
        ]

    def _old_orders(self, node: int) -> Ints:
        """Rows of the book: what the node had on order, by due day; what is carried is not among it."""
        begin, end = self.users.rows[self.users.family[node // self.model.locations]].tolist()
        rows = np.arange(begin, end)
        mine = self.desk.book.orders[begin:end]
        rows = rows[(mine[:, NODE] == node) & (self.case.sources.origin[mine[:, SOURCE]] < 0)]
        return rows[np.argsort(self.desk.book.orders[rows, DUE], kind="stable")]

    def _may_stay(self, at: At, old: Ints) -> Iterator[Ints]:
        """Rows of the book to try as they stand: none, all, those of them that are needed, those that start soon."""
        yield old[:0]
        yield old
        yield self._needed(at, old)
        orders = self.desk.book.orders
        yield old[orders[old, START] < self.disturbance.earliest + self.disturbance.days]

    def _needed(self, at: At, old: Ints) -> Ints:
        """Without the orders that nobody took anything of when all of them stood, which was tried last."""
        orders, left = self.desk.book.orders, self.desk.book.left
        idle = np.arange(at.orders, at.orders + self.tried)
        idle = idle[left[idle] == orders[idle, QTY]]
        pairs = paired(orders[old], orders[idle])
        return np.delete(old, pairs.same_old)

    def _tried(self, at: At, old: Ints, standing: Ints) -> tuple[At, float, float]:
        """One node settled with some of its old orders standing; what that costs, and what the changes cost."""
        receipts, node = self.case.incoming.receipts, at.node
        come = slice(receipts.first[node], receipts.first[node + 1])
        while True:
            rows = slice(at.orders, at.orders + standing.size)
            while rows.stop > self.desk.book.left.size:
                self.desk = lengthened(self.desk, BOOK, self.search)
            book = self.desk.book
            book.orders[rows], book.money[rows] = book.orders[standing], book.money[standing]
            self.desk.standing[0] = standing.size
            self.desk.receipt_left[come] = receipts.qty[come]
            found = self._net(at, node + 1)
            if found.full == NOTHING:
                break
            self.desk = lengthened(self.desk, found.full, self.search)
        self.desk.standing[0] = 0
        self.tried = found.orders - at.orders
        orders = self.desk.book.orders
        new = orders[at.orders : found.orders]
        money = self._money(node, new, come, slice(at.orders, found.orders))
        if found.unserved > at.unserved:
            money = np.inf  # what stands leaves no room for what is missing
        return found, money, self.disturbance.between(orders[old], new)

    def _money(self, node: int, orders: Ints, come: slice, rows: slice) -> float:
        """What a node costs: orders, fees and holding, less what is left of it is worth."""
        terms, worth, item = self.model.terms, self.model.worth, node // self.model.locations
        source, qty = orders[:, SOURCE], orders[:, QTY]
        spent = (terms.tier_price[price_tiers(terms, source, qty)] * qty + terms.fee[source]).sum()
        left = float(self.desk.receipt_left[come].sum() + self.desk.book.left[rows].sum())
        points = slice(worth.first[item], worth.first[item + 1])
        used = (
            float(np.interp(left, worth.used_at[points], worth.used_sum[points])) if points.stop > points.start else 0.0
        )
        back = used * worth.value[item] + (left - used) * worth.salvage[item]
        return float(spent + self.desk.unit_days[node] * worth.holding[item] - back)

    def _compared(self, first: int, orders: tuple[int, int], pegs: tuple[int, int]) -> tuple[Family, Ints]:
        """A family beside what it was, and the items of which its orders take anything else; notes where orders went."""
        begin, end = self.users.rows[first].tolist()
        book = self.desk.book.orders
        old, new = book[begin:end], book[slice(*orders)]
        pairs = paired(old, new)
        was = np.full(new.shape[0], -1)
        was[pairs.same_new], was[pairs.like_new] = begin + pairs.same_old, begin + pairs.like_old
        self.now[begin:end] = -1
        self.now[begin + pairs.same_old] = orders[0] + pairs.same_new
        self.users.rows[first] = orders
        changed = np.concatenate((np.delete(old, pairs.same_old, axis=0), np.delete(new, pairs.same_new, axis=0)))
        family = Family(first, int(self.model.ways.family_end[first]), orders, pegs, was)
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
