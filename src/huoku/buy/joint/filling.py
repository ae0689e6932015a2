"""Reaching a vendor's minimum order value: what more is bought, and what that loses.

A unit beyond the need gives back its salvage, so of each unit of money that fills an order a part is lost: the same
for all units of one row. The best filling takes the row with the least loss as far as whole packs go, and ends
with the pack that overshoots least dearly.
"""

import numpy as np

from huoku.buy.joint.board import Board, short_of
from huoku.buy.terms import Floats, Ints


def loss_of_rows(board: Board) -> Floats:
    """The part of each unit of money that is lost on units beyond the need, by row of the offers."""
    offers = board.offers
    with np.errstate(divide="ignore", invalid="ignore"):
        loss = 1.0 - board.salvage[offers.part] / offers.price
    return np.where(offers.price > 0, loss, np.inf)


def fill_loss(board: Board) -> Floats:
    """The least that a unit of money loses which only fills an order, shape (vendors,): 0.9 where 10 % come back.

    A row whose smallest lot costs more than the whole minimum order overshoots it, and loses on all of that. Never more
    than all: so much is lost by paying a higher price for the same.
    """
    offers, least = board.offers, np.ones(board.vendors.fee.size)
    asked = np.maximum(board.vendors.min_value[offers.vendor], 1e-9)
    overshoot = np.maximum(1.0, offers.low * offers.price / asked)
    np.minimum.at(least, offers.vendor, loss_of_rows(board) * overshoot)
    return least


def filled(board: Board, qty: Ints) -> Ints | None:
    """The purchase with every used vendor brought to its minimum order value; None where it cannot be."""
    qty = qty.copy()
    for vendor in np.flatnonzero(short_of(board, qty) > 1e-9):
        more = _filling(board, qty, int(vendor), float(short_of(board, qty)[vendor]))
        if more is None:
            return None
        qty += more
    return qty


def _filling(board: Board, qty: Ints, vendor: int, lacking: float) -> Ints | None:
    """What to add at one vendor: whole packs of one row without overshooting, then of one row what still lacks."""
    offers = board.offers
    rows = np.flatnonzero((offers.vendor == vendor) & (offers.price > 0))
    multiple, price = offers.multiple[rows], offers.price[rows]
    pack = multiple * price
    begun = qty[rows] > 0
    room = np.where(begun, offers.high[rows] - qty[rows], 0) // multiple
    loss = np.maximum(price - board.salvage[offers.part[rows]], 0.0)
    bulk = np.minimum(np.floor(lacking / pack + 1e-9).astype(np.int64), room)
    rest = np.maximum(lacking - bulk * pack, 0.0)
    # By bulk row and by last row: how many packs the last one takes, from nothing at least its smallest lot.
    last = np.ceil(rest[:, None] / pack[None, :] - 1e-9).astype(np.int64)
    smallest = np.where(begun, 0, -(-offers.low[rows] // multiple))
    last = np.where(last > 0, np.maximum(last, smallest[None, :]), 0)
    most = np.where(begun, room, offers.high[rows] // multiple)[None, :] - np.diag(bulk)
    lost = (bulk * multiple * loss)[:, None] + last * (multiple * loss)[None, :]
    lost = np.where(last <= most, lost, np.inf)
    if not rows.size or not np.isfinite(lost).any():
        return None
    first, second = np.unravel_index(int(lost.argmin()), lost.shape)
    more = np.zeros_like(qty)
    more[rows[first]] += bulk[first] * multiple[first]
    more[rows[second]] += last[first, second] * multiple[second]
    return more
