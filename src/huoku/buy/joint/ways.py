"""The ways to buy a part: all of it from one row of the offers, or a split of it over several rows.

Most ways cannot be in a cheapest purchase and are left out before anything is searched.
"""

from typing import NamedTuple

import numpy as np

from huoku.buy.joint.board import Board, cover
from huoku.buy.joint.filling import fill_loss
from huoku.buy.terms import Flags, Floats, Ints


class Ways(NamedTuple):
    """``whole``: rows that may cover their part's need alone, with ``qty``, ``goods`` and ``cost`` (goods less
    salvage) of that. ``parts``: rows that may carry a part of a split, with the most packs of each.
    """

    whole: Ints
    qty: Ints
    goods: Floats
    cost: Floats
    parts: Ints
    packs: Ints

    def without_splits(self) -> "Ways":
        """Only whole purchases."""
        return self.taken(np.ones(self.whole.size, bool), np.zeros(self.parts.size, bool))

    def taken(self, whole: Flags, parts: Flags) -> "Ways":
        """Some of the ways alone."""
        of_whole = self.whole[whole], self.qty[whole], self.goods[whole], self.cost[whole]
        return Ways(*of_whole, self.parts[parts], self.packs[parts])


def ways_of(board: Board) -> Ways:
    """The ways of buying that some cheapest purchase may use."""
    parts, packs = _splitting(board)
    return _covering(board)._replace(parts=parts, packs=packs)


def _covering(board: Board) -> Ways:
    """Whole purchases: of one vendor's, the cheapest, and those that fill its order with less loss than filling does.

    More goods than another way are worth no more than what filling a minimum order with them would lose.
    """
    offers = board.offers
    qty = cover(board)
    goods = qty * offers.price
    cost = goods - (qty - board.need[offers.part]) * board.salvage[offers.part]
    rows = np.flatnonzero((qty >= board.need[offers.part]) & (board.need[offers.part] > 0))
    rows = rows[np.lexsort((rows, -goods[rows], cost[rows], offers.vendor[rows], offers.part[rows]))]
    loss = np.where(board.vendors.min_value > 0, fill_loss(board), 0.0)
    kept: list[int] = []
    alike: list[int] = []  # of those, the ones of the same part and vendor
    for row in rows.tolist():
        vendor = offers.vendor[row]
        if alike and (offers.part[alike[0]], offers.vendor[alike[0]]) != (offers.part[row], vendor):
            alike = []
        if all(cost[row] < cost[one] + loss[vendor] * max(0.0, goods[row] - goods[one]) for one in alike):
            alike.append(row)
            kept.append(row)
    which = np.array(kept, np.int64)
    nothing = np.zeros(0, np.int64)
    return Ways(which, qty[which], goods[which], cost[which], nothing, nothing)


def _splitting(board: Board) -> tuple[Ints, Ints]:
    """Rows for splits, and the most packs of each.

    With prices that fall with the quantity a split pays only where packs do not fit the need, where a vendor
    has too little at its best price, or where it helps to reach a minimum order value.
    """
    offers, need = board.offers, board.need[board.offers.part]
    whole = np.full((board.need.size, board.vendors.fee.size), np.inf)
    fits = (offers.low <= need) & (need <= offers.high)
    np.minimum.at(whole, (offers.part[fits], offers.vendor[fits]), offers.price[fits])
    scarce = (offers.high < need) & (offers.price < whole[offers.part, offers.vendor])
    odd = (offers.multiple > 1) & (need >= offers.multiple) & (need % offers.multiple != 0)
    splits = np.zeros(board.need.size, bool)
    np.logical_or.at(splits, offers.part, odd | scarce | (board.vendors.min_value[offers.vendor] > 0))
    packs = np.minimum(offers.high, need - 1) // offers.multiple
    rows = np.flatnonzero(splits[offers.part] & (packs * offers.multiple >= offers.low))
    kept = [_needed(board, rows[offers.part[rows] == part], packs) for part in range(board.need.size)]
    chosen = np.concatenate([rows[:0], *kept])
    return chosen, packs[chosen]


def _needed(board: Board, rows: Ints, packs: Ints) -> Ints:
    """Of the rows of one part, those that no other row of the same vendor replaces.

    Another one does if it is never worse in price, lowest and highest quantity, and pack, and if the vendor sells
    the quantities of both together at no higher price.
    """
    offers = board.offers
    most = packs * offers.multiple
    a, b = rows[:, None], rows[None, :]
    cheap = (
        (offers.vendor[a] == offers.vendor[b])
        & (offers.price[b] <= offers.price[a])
        & (offers.multiple[a] % offers.multiple[b] == 0)
    )
    follows = cheap & (offers.low[b] <= offers.high[a] + offers.multiple[a]) & (offers.high[b] > offers.high[a])
    endless = offers.high[rows] >= board.need[offers.part[rows]]
    for place in np.argsort(-offers.high[rows], kind="stable"):
        endless[place] |= bool((follows[place] & endless).any())
    as_good = cheap & (offers.low[b] <= offers.low[a]) & (most[b] >= most[a]) & endless[None, :]
    # Of two alike the first stays.
    return rows[~(as_good & ~(as_good.T & (a <= b))).any(axis=1)]
