"""What is wanted together and who offers it: a board's parts, the vendors' prices, and what a purchase costs.

Each vendor that is bought from costs a fee, and may ask for a minimum order value over all its parts. So the
cheapest offer of each part is not the cheapest purchase: the money lies in choosing the vendors together.
"""

from typing import NamedTuple

import numpy as np

from huoku.buy.terms import Floats, Ints


class Offers(NamedTuple):
    """One row for each price tier of each offer; all of shape (rows,).

    A quantity is legal in a row if it is a multiple of ``multiple`` from ``low`` to ``high``, which are such multiples
    themselves; all of it costs ``price`` a unit. ``high`` of an offer's last tier is what the vendor can deliver.
    """

    part: Ints
    vendor: Ints
    multiple: Ints
    low: Ints
    high: Ints
    price: Floats

    def taken(self, rows: Ints) -> "Offers":
        """Some of the rows, in the order in which they are named."""
        return Offers(
            part=self.part[rows],
            vendor=self.vendor[rows],
            multiple=self.multiple[rows],
            low=self.low[rows],
            high=self.high[rows],
            price=self.price[rows],
        )


class Vendors(NamedTuple):
    """What each vendor asks once, however many parts are bought from it; shape (vendors,), money."""

    fee: Floats
    min_value: Floats


class Board(NamedTuple):
    """What has to be bought together.

    ``need`` and ``salvage`` have shape (parts,): units wanted, and the money that a unit beyond the need gives back.
    """

    need: Ints
    salvage: Floats
    offers: Offers
    vendors: Vendors


class Money(NamedTuple):
    """What a purchase costs: ``cost`` is ``goods`` and ``fees`` less ``salvage`` of what is left."""

    goods: float
    fees: float
    salvage: float

    @property
    def cost(self) -> float:
        return self.goods + self.fees - self.salvage


def spent(board: Board, qty: Ints) -> Floats:
    """The money for goods at each vendor, shape (vendors,), for quantities by row of the offers."""
    return np.bincount(board.offers.vendor, qty * board.offers.price, board.vendors.fee.size).astype(np.float64)


def bought(board: Board, qty: Ints) -> Ints:
    """How much of each part is bought, shape (parts,)."""
    return np.bincount(board.offers.part, qty, board.need.size).astype(np.int64)


def reckoned(board: Board, qty: Ints) -> Money:
    """The money of a purchase."""
    goods = spent(board, qty)
    left = bought(board, qty) - board.need
    return Money(float(goods.sum()), float(board.vendors.fee[goods > 0].sum()), float(left @ board.salvage))


def short_of(board: Board, qty: Ints) -> Floats:
    """The money that lacks at each vendor to its minimum order value; 0 at vendors that are not bought from."""
    goods = spent(board, qty)
    return np.maximum(board.vendors.min_value - goods, 0.0) * (goods > 0)


def is_legal(board: Board, qty: Ints) -> bool:
    """Does a purchase cover every need with quantities that the vendors accept?"""
    offers = board.offers
    ordered = qty > 0
    fits = (qty >= offers.low) & (qty <= offers.high) & (qty % offers.multiple == 0)
    enough = bought(board, qty) >= board.need
    return bool((fits | ~ordered).all() and enough.all() and (short_of(board, qty) <= 1e-6).all())


def cover(board: Board) -> Ints:
    """By row: the smallest legal quantity that meets the need alone, or the largest where none does."""
    offers = board.offers
    whole = -(-board.need[offers.part] // offers.multiple) * offers.multiple
    return np.minimum(np.maximum(whole, offers.low), offers.high)
