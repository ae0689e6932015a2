"""Rows of splits of which a cheapest purchase takes one at most: the price tiers of what one vendor sells in one pack.

Where prices fall from tier to tier without a gap and the last one covers the need, two orders in two tiers are never
cheaper than one order of both quantities. The model is much tighter for knowing that.
"""

from typing import NamedTuple

import numpy as np

from huoku.buy.joint.board import Board
from huoku.buy.joint.ways import Ways
from huoku.buy.terms import Ints


class Chains(NamedTuple):
    """``of_row``: the chain of each row of a split; ``part`` and ``vendor`` of each chain."""

    of_row: Ints
    part: Ints
    vendor: Ints

    def beside(self, board: Board, ways: Ways) -> tuple[Ints, Ints]:
        """The pairs of a chain and a whole way of the same part and vendor: both together are never needed."""
        row = ways.whole
        alike = self.part[:, None] == board.offers.part[row]
        alike &= self.vendor[:, None] == board.offers.vendor[row]
        chain, way = np.nonzero(alike)
        return chain, way


def chains_of(board: Board, ways: Ways) -> Chains:
    """The chains of the rows of splits; a row that is in none is one by itself."""
    offers, rows = board.offers, ways.parts
    order = np.lexsort(
        (offers.high[rows], offers.low[rows], offers.multiple[rows], offers.vendor[rows], offers.part[rows])
    )
    keys = np.column_stack((offers.part[rows], offers.vendor[rows], offers.multiple[rows]))[order]
    begins = np.flatnonzero(np.r_[True, (keys[1:] != keys[:-1]).any(axis=1)][: rows.size])
    of_row = np.zeros(rows.size, np.int64)
    chains = 0
    for places in np.split(order, begins[1:]):
        is_one = _is_one_chain(board, rows[places])
        of_row[places] = chains + (0 if is_one else np.arange(places.size))
        chains += 1 if is_one else places.size
    first = np.unique(of_row, return_index=True)[1]
    return Chains(of_row, offers.part[rows[first]], offers.vendor[rows[first]])


def _is_one_chain(board: Board, rows: Ints) -> bool:
    """Do the prices of these rows, by rising quantity, fall to the need and beyond without a gap?"""
    offers = board.offers
    price, low, high = offers.price[rows], offers.low[rows], np.maximum.accumulate(offers.high[rows])
    falls = np.diff(price) <= 0
    follows = low[1:] <= high[:-1] + offers.multiple[rows[1:]]
    return bool(rows.size and falls.all() and follows.all() and high[-1] >= board.need[offers.part[rows[0]]])
