"""A good joint purchase at once: which vendors to use, each part from one of them.

From all vendors, and from each one alone, vendors are opened, closed and exchanged as long as that saves money.
Source: the add, drop and interchange heuristics of facility location (Kuehn & Hamburger 1963; Feldman, Lehrer & Ray
1966; Teitz & Bart 1968). What lacks to a minimum order value is counted at the cheapest money that fills it, and
filled at the end (``filling``).
"""

from typing import NamedTuple

import numpy as np

from huoku.buy.joint.board import Board
from huoku.buy.joint.filling import fill_loss, filled
from huoku.buy.joint.ways import Ways
from huoku.buy.terms import Flags, Floats, Ints

SAVES = 1e-9
"""A change must save more money than this: rounding is no saving."""


class Table(NamedTuple):
    """The cheapest whole way of each part at each vendor, shape (parts, vendors); cost inf where there is none."""

    cost: Floats
    goods: Floats
    way: Ints


def start_from(board: Board, ways: Ways) -> Ints | None:
    """Quantities by row of the offers for a good purchase of each part from one vendor; None where a part needs two."""
    table = _cheapest(board, ways)
    if not np.isfinite(table.cost.min(axis=1, initial=np.inf)).all():
        return None
    loss = fill_loss(board)
    able = np.flatnonzero(np.isfinite(table.cost).all(axis=0))
    every: Flags = np.asarray(np.isfinite(table.cost).any(axis=0))
    begins = [every, *(_alone(int(vendor), every.size) for vendor in able)]
    tried = [_descended(board, table, loss, begin) for begin in begins]
    _, opened = min(tried, key=lambda one: one[0])
    vendor_of = np.where(opened, table.cost, np.inf).argmin(axis=1)
    way = table.way[np.arange(vendor_of.size), vendor_of]
    qty = np.zeros(board.offers.part.size, np.int64)
    qty[ways.whole[way]] = ways.qty[way]
    return filled(board, qty)


def _cheapest(board: Board, ways: Ways) -> Table:
    """The table of the wanted parts."""
    shape = board.need.size, board.vendors.fee.size
    order = np.lexsort((np.arange(ways.whole.size), ways.cost))[::-1]  # the cheapest of a cell is written last
    row = ways.whole[order]
    place = board.offers.part[row], board.offers.vendor[row]
    table = Table(np.full(shape, np.inf), np.zeros(shape), np.full(shape, -1))
    table.cost[place], table.goods[place], table.way[place] = ways.cost[order], ways.goods[order], order
    wanted = board.need > 0
    return Table(table.cost[wanted], table.goods[wanted], table.way[wanted])


def _descended(board: Board, table: Table, loss: Floats, opened: Flags) -> tuple[float, Flags]:
    """Open, close and exchange vendors, each time the change that saves most, until none saves."""
    best = _cost(board, table, loss, opened)
    while True:
        for ways in (_switched(opened), _exchanged(opened)):
            costs = [_cost(board, table, loss, way) for way in ways]
            if min(costs, default=best) < best - SAVES:
                best = min(costs)
                opened = ways[costs.index(best)]
                break
        else:
            return best, opened


def _cost(board: Board, table: Table, loss: Floats, opened: Flags) -> float:
    """The money where each part is bought at the cheapest of the opened vendors; inf where one cannot be."""
    costs = np.where(opened, table.cost, np.inf)
    vendor = costs.argmin(axis=1)
    parts = np.arange(vendor.size)
    goods = np.bincount(vendor, table.goods[parts, vendor], opened.size)
    used = goods > 0
    lacking = np.maximum(board.vendors.min_value - goods, 0.0)[used] @ loss[used]
    return float(costs[parts, vendor].sum() + board.vendors.fee[used].sum() + lacking)


def _alone(vendor: int, vendors: int) -> Flags:
    alone = np.zeros(vendors, bool)
    alone[vendor] = True
    return alone


def _switched(opened: Flags) -> list[Flags]:
    """One vendor opened or closed."""
    return [opened ^ (np.arange(opened.size) == vendor) for vendor in range(opened.size)]


def _exchanged(opened: Flags) -> list[Flags]:
    """One vendor closed and another opened."""
    vendors = np.arange(opened.size)
    return [
        opened ^ ((vendors == out) | (vendors == into))
        for out in np.flatnonzero(opened)
        for into in np.flatnonzero(~opened)
    ]
