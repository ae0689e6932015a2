"""One node settled again: with the best orders, or with those of its old ones that the money lets stay."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from huoku.buy.terms import Flags, Floats, Ints
from huoku.plan.decide.columns import DUE, NODE, QTY, SOURCE, START
from huoku.plan.decide.desk import BOOK, NOTHING, At, Desk, lengthened
from huoku.plan.decide.netting import choices, given_by, net_on
from huoku.plan.decide.service import Promised
from huoku.plan.model.build import Case
from huoku.plan.model.shop import has_work
from huoku.plan.replan.gathering import Users
from huoku.plan.replan.node_money import node_money
from huoku.plan.replan.pairing import SAME, paired
from huoku.plan.replan.steadiness import Disturbance


class Written(NamedTuple):
    """What settling one node wrote, and how far it came."""

    found: At
    columns: list[np.ndarray]


class Bench:
    """Where nodes are settled one after the other. ``desk`` is replaced where it has to be longer."""

    def __init__(
        self,
        case: Case,
        promised: Promised,
        users: Users,
        desk: Desk,
        money: Floats,
        renewed: Flags,
        disturbance: Disturbance,
    ):
        """``money``: that of the orders that stood.

        ``renewed``, by item: do other terms hold, so that no order of it stays?
        """
        self.case, self.model, self.promised, self.users = case, case.model, promised, users
        self.desk, self.money, self.renewed, self.disturbance = desk, money, renewed, disturbance
        self.given = given_by(case, promised)
        self.tried = 0  # so many orders the last try of a node made
        self.one_by_one = bool(choices(self.model).any()) or self.model.locations > 1

    def lengthen(self, full: int) -> None:
        """Make more room of what is full."""
        self.desk = lengthened(self.desk, full, self.given.search)

    def settle(self, at: At, end: int) -> At:
        """The nodes from ``at`` to ``end - 1`` settled."""
        while at.node < end:
            at = self._net(at, end)
            if at.full != NOTHING:
                self.lengthen(at.full)
        return at

    def _net(self, at: At, end: int) -> At:
        """See ``net_on``."""
        return net_on(self.given, self.desk, at, end)

    def settle_steadily(self, at: At) -> At:
        """One node settled: with those of its old orders that the money lets stay."""
        node, item = at.node, at.node // self.model.locations
        old = self._old_orders(node)
        if self.renewed[item] or self.model.pinned[item] or has_work(self.model.shop, item) or old.size == 0:
            return self.settle(at, node + 1)
        found = self._tried(at, old, old[:0])
        if self._disturbance(at, found, old) == 0.0:
            return found  # the best orders there are disturb nobody
        least, best = self._cost(at, found, old), self._written(at, found)
        for standing in self._may_stay(at, old):
            found = self._tried(at, old, standing)
            cost = self._cost(at, found, old)
            if cost < least:
                least, best = cost, self._written(at, found)
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
        mine = self.desk.book.orders[begin:end]
        if self.one_by_one:
            rows = np.flatnonzero((mine[:, NODE] == node) & (self.case.sources.origin[mine[:, SOURCE]] < 0))
        else:
            rows = np.arange(end - begin)
        found: Ints = begin + rows[np.argsort(mine[rows, DUE], kind="stable")]
        return found

    def _may_stay(self, at: At, old: Ints) -> Iterator[Ints]:
        """Rows of the book to try as they stand: all, those of them that are needed, those that start soon."""
        old = self._within_the_first_pass(at.node, old)
        yield old
        needed = self._needed(at, old)
        if needed.size < old.size:
            yield needed
        soon = old[self.desk.book.orders[old, START] < self.disturbance.earliest + self.disturbance.days]
        if 0 < soon.size < old.size:
            yield soon

    def _within_the_first_pass(self, node: int, old: Ints) -> Ints:
        """Those by which no more is made before cover than the first pass made: for so much there are components."""
        cells, orders = self.promised.cells, self.desk.book.orders
        made = np.cumsum(cells.made[cells.first[node] : cells.first[node + 1]])
        stays, total = np.ones(old.size, np.bool_), 0
        for at, row in enumerate(old.tolist()):
            if self.model.terms.is_make[orders[row, SOURCE]] and orders[row, DUE] < made.size:
                stays[at] = total + orders[row, QTY] <= made[orders[row, DUE]]
                total += int(orders[row, QTY]) * int(stays[at])
        return old[stays]

    def _needed(self, at: At, old: Ints) -> Ints:
        """Without the orders that nobody took anything of when all of them stood, which was tried last."""
        orders, left = self.desk.book.orders, self.desk.book.left
        idle = np.arange(at.orders, at.orders + self.tried)
        idle = idle[left[idle] == orders[idle, QTY]]
        if idle.size == 0:
            return old
        now = paired(orders[old], orders[idle]).now
        needed: Ints = old[(now < 0) | (orders[old][:, SAME] != orders[idle[now]][:, SAME]).any(axis=1)]
        return needed

    def _tried(self, at: At, old: Ints, standing: Ints) -> At:
        """One node settled with some of its old orders standing."""
        receipts, node = self.case.incoming.receipts, at.node
        come = slice(receipts.first[node], receipts.first[node + 1])
        while True:
            rows = slice(at.orders, at.orders + standing.size)
            while rows.stop > self.desk.book.left.size:
                self.lengthen(BOOK)
            book = self.desk.book
            book.orders[rows], book.money[rows] = book.orders[standing], self.money[standing]
            self.desk.standing[0] = standing.size
            self.desk.receipt_left[come] = receipts.qty[come]
            found = self._net(at, node + 1)
            if found.full == NOTHING:
                break
            self.lengthen(found.full)
        self.desk.standing[0] = 0
        self.tried = found.orders - at.orders
        return found

    def _disturbance(self, at: At, found: At, old: Ints) -> float:
        orders = self.desk.book.orders
        return self.disturbance.between(orders[old], orders[at.orders : found.orders])

    def _cost(self, at: At, found: At, old: Ints) -> float:
        """What the node costs and what changing its orders costs; without end where something is not served."""
        if found.unserved > at.unserved:
            return np.inf
        model, desk, receipts = self.model, self.desk, self.given.receipts
        rows, come = slice(at.orders, found.orders), slice(receipts.first[at.node], receipts.first[at.node + 1])
        money = node_money(
            model.terms,
            model.worth,
            at.node // model.locations,
            desk.book.orders[rows],
            desk.book.left[rows],
            int(desk.receipt_left[come].sum()),
            float(desk.unit_days[at.node]),
            model.horizon,
        )
        return float(money) + self._disturbance(at, found, old)
