"""The second pass after a change: families that it touches are settled again, parents first, all else stays.

What is wanted of a touched family is gathered from the claims and from the orders that stand. Where its own orders
come out otherwise, the families of their components are touched too. Most families disturb nobody: ``walking`` goes
through them. Of the orders that another one had, those that may stay are tried as they are beside the best orders free
of them: see ``node_again``.
"""

from typing import NamedTuple

import numpy as np

from huoku.buy.lot_sizing import Search
from huoku.buy.terms import Flags, Ints
from huoku.plan.decide.columns import NODE
from huoku.plan.decide.desk import NEEDS, NOTHING, At, Desk, desk_for
from huoku.plan.decide.netting import Netted, choices, way_of_sharing
from huoku.plan.decide.orders import Book
from huoku.plan.decide.service import Promised
from huoku.plan.decide.sharing import share_out
from huoku.plan.model.arrays import Wants
from huoku.plan.model.build import Case
from huoku.plan.replan.gathering import Uses, gather, users_of
from huoku.plan.replan.node_again import Bench
from huoku.plan.replan.pairing import SAME, Paired
from huoku.plan.replan.ragged import ROOM, with_room
from huoku.plan.replan.steadiness import Disturbance
from huoku.plan.replan.walking import Round, note, walk


class Settled(NamedTuple):
    """The families that were settled again, by rising item, on the desk where they were; ``unserved``: see ``Netted``.

    ``begin`` and ``end``, by family: its items. ``orders`` and ``pegs``, by family: where theirs begin on the desk, and
    where those of the last one end. By order that they have now: ``was``, the row of the old one that it is, changed
    perhaps, -1 where it is new; ``told``, that row where nothing of it or of its terms has changed at all, else -1.
    ``now``, by order before: the row of the book where the same order stands now, -1 where it is gone or has changed.
    """

    begin: Ints
    end: Ints
    orders: Ints
    pegs: Ints
    desk: Desk
    was: Ints
    told: Ints
    now: Ints
    unserved: int


def desk_like(case: Case, before: Netted, left: Ints) -> Desk:
    """A desk on which the orders of a plan stand already, with room for more. ``left``: see ``SecondPass``.

    Their money, and what is left of them, stays where it is: no kernel asks for it.
    """
    rows = before.orders.shape[0]
    room = min(ROOM, 64 + rows)
    desk = desk_for(case.model, case.incoming.receipts.qty, case.model.items + room, Search())
    money, order_left = (
        np.empty((rows + room, *column.shape[1:]), column.dtype) for column in (desk.book.money, desk.book.left)
    )
    book = Book(with_room(before.orders, room), money, order_left)
    for column in book:
        column[rows:] = 0
    return desk._replace(book=book, receipt_left=left, unit_days=before.unit_days.copy())


class SecondPass:
    """One second pass on a plan that stands."""

    def __init__(
        self,
        case: Case,
        promised: Promised,
        wants: Wants,
        uses: Uses,
        before: Netted,
        left: Ints,
        renewed: Flags,
        disturbance: Disturbance,
    ):
        """``left``, by receipt: what nobody took; ``renewed``: see ``Bench``."""
        self.case, self.model, self.promised, self.wants = case, case.model, promised, wants
        self.users = users_of(self.model, uses, wants, before.order_first)
        desk = desk_like(case, before, left)
        self.bench = Bench(case, promised, self.users, desk, before.money, renewed, disturbance)
        self.at = At(0, 0, before.orders.shape[0], 0, 0, NOTHING)
        self.stood = before.orders.shape[0]
        self.round = Round(
            np.zeros(self.model.items, np.bool_),
            np.zeros(self.model.items, np.bool_),
            Paired(np.empty(desk.book.left.size, np.int64), np.arange(self.stood)),
        )
        self.is_wanted_only, self.sharing = choices(self.model), way_of_sharing(self.model)

    def settle(self, touched: Ints) -> Settled:
        """Settle the families of the ``touched`` nodes, and whatever follows from them."""
        model, waiting = self.model, self.round.waiting
        waiting[self.users.family[touched // model.locations]] = True
        while waiting.any():
            begin = int(waiting.argmax())
            if not self.bench.one_by_one:
                begin = self._walked(begin)
            if begin < model.items:
                first = self.at.orders
                self._settle_family(begin, int(model.ways.family_end[begin]))
                orders = self.bench.desk.book.orders
                note(model, self.users, orders, self._round_with_room(), begin, first, self.at.orders)
        return self._settled()

    def _walked(self, begin: int) -> int:
        """Settle what disturbs nobody, from ``begin`` on; returns the first item that does, or how many there are."""
        bench = self.bench
        self.at = self.at._replace(node=begin)
        while True:
            self.at = walk(
                bench.given,
                bench.desk,
                self.wants,
                self.users,
                self._round_with_room(),
                bench.renewed,
                bench.disturbance.free_from,
                self.at,
            )
            if self.at.full == NOTHING:
                return self.at.node
            bench.lengthen(self.at.full)

    def _round_with_room(self) -> Round:
        """The round, with room for as many pairs as there is for orders."""
        pairs, room = self.round.pairs, self.bench.desk.book.left.size
        if pairs.was.size < room:
            was = np.concatenate((pairs.was, np.empty(room - pairs.was.size, np.int64)))
            self.round = self.round._replace(pairs=pairs._replace(was=was))
        return self.round

    def _settled(self) -> Settled:
        """What was settled again, and how its orders stand to those before."""
        desk, at, places = self.bench.desk, self.at, self.model.locations
        begin = np.flatnonzero(self.round.done)
        new = slice(self.stood, at.orders)
        was, now = self.round.pairs.was[new], self.round.pairs.now
        equal = (desk.book.orders[new] == desk.book.orders[was]).T
        is_same = (was >= 0) & equal[SAME].all(axis=0)
        is_told = is_same & equal.all(axis=0)
        # What is said of an order may name terms that neither it nor its money shows.
        is_told &= ~self.bench.renewed[desk.book.orders[new, NODE] // places]
        is_told[is_told] = (desk.book.money[new][is_told] == self.bench.money[was[is_told]]).all(axis=1)
        now[was[(was >= 0) & ~is_same]] = -1
        return Settled(
            begin,
            self.model.ways.family_end[begin],
            np.append(desk.order_first[begin * places], at.orders),
            np.append(desk.peg_first[begin * places], at.pegs),
            desk,
            was,
            np.where(is_told, was, -1),
            now,
            at.unserved,
        )

    def _settle_family(self, begin: int, end: int) -> None:
        """Settle its nodes."""
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

    def _shared_out(self, at: At) -> At:
        """The choices of a family shared out."""
        given = self.bench.given
        while True:
            with self.sharing():
                found = share_out(given.model, given.cells, given.receipts, given.search, self.bench.desk, at)
            if found.full == NOTHING:
                return found
            self.bench.lengthen(found.full)
