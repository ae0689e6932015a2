"""What leftovers give back: real outlets with their terms, the best way to use them, and what closed cases taught.

An outlet is a way out: back to the supplier, resale, a promotion, scrap. Each pays a share of the value, takes no more
than so much, may cost a fee, is open for a time, and may pay less with every month of waiting.
"""

from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

PRIOR_CASES = 4.0
"""What an outlet is said to pay weighs as so many closed cases."""


class Outlets(NamedTuple):
    """The ways out of many leftovers, all of shape (leftovers, places); a place with limit 0 is none."""

    share: Floats  # of the value, paid for each unit today; negative where getting rid of it costs
    fee: Floats  # money, once
    limit: Floats  # units it takes at most
    least: Floats  # units it takes at least, if any
    open_months: Floats  # a buy-back right ends
    fade: Floats  # of the share, lost with each month of waiting

    def share_after(self, months: float) -> Floats:
        """What each pays after so many months; a cost does not fade."""
        return np.where(self.share > 0.0, self.share * (1.0 - self.fade) ** months, self.share)

    def taken(self, rows: NDArray[np.int64]) -> "Outlets":
        """Those of some leftovers."""
        return Outlets(*(column[rows] for column in self))


class Disposals(NamedTuple):
    """``money``: what comes back of each leftover, fees paid. ``units``: how many go where, (leftovers, places)."""

    money: Floats
    units: Floats


def best_disposals(units: Floats, unit_value: Floats, outlets: Outlets, months: float = 0.0) -> Disposals:
    """The most money for each leftover, ``months`` from now; keeping a unit for nothing is always open.

    Every set of outlets is tried: with its fees paid and its least quantities met, the units go where they bring most.
    What has neither a fee nor a least quantity is in every set. Cost: 2 to the number of the others that are open.

    Parameters
    ----------
    units, unit_value : shape (leftovers,)
        How many are left over, and the money that one is worth.
    """
    is_open = (outlets.open_months >= months) & (outlets.limit > 0)
    asks = is_open & ((outlets.fee > 0) | (outlets.least > 0))
    number = asks.sum(axis=1)
    nth = np.where(asks, asks.cumsum(axis=1) - 1, -1)
    best = Disposals(np.zeros(units.size), np.zeros(outlets.share.shape))
    most = int(number.max(initial=0))
    for chosen in (some for size in range(most + 1) for some in combinations(range(most), size)):
        rows = np.flatnonzero(number > max(chosen, default=-1))
        used = (is_open & ~asks)[rows] | np.isin(nth[rows], chosen)
        tried = _filled(units[rows], unit_value[rows], outlets.taken(rows), used, months)
        better = tried.money > best.money[rows] + 1e-9
        best.money[rows[better]], best.units[rows[better]] = tried.money[better], tried.units[better]
    return best


def _filled(units: Floats, unit_value: Floats, outlets: Outlets, used: Flags, months: float) -> Disposals:
    """All ``used`` outlets take their least, the dearest first what is left; no money at all where that cannot be."""
    share = outlets.share_after(months)
    least = np.where(used, outlets.least, 0.0)
    room = np.where(used & (share > 0.0), outlets.limit - outlets.least, 0.0)
    rest = units - least.sum(axis=1)
    can_be = (rest >= 0) & ~(used & (outlets.least > outlets.limit)).any(axis=1)
    money, placed = np.zeros(units.size), least
    every = np.arange(units.size)
    for place in np.argsort(-share, axis=1, kind="stable").T:
        more = np.minimum(np.maximum(rest, 0.0), room[every, place])
        rest = rest - more
        placed[every, place] += more
        fee = np.where(used[every, place], outlets.fee[every, place], 0.0)
        money += placed[every, place] * unit_value * share[every, place] - fee
    return Disposals(np.where(can_be, money, -np.inf), placed)


def learnt_share(share: Floats, cases: Floats, sum_of_shares: Floats) -> Floats:
    """What outlets pay, drawn from what was said towards what closed cases brought; all of the same shape.

    Each case is one vote, whatever its size: (4 x share + sum of the cases' shares) / (4 + cases).
    """
    return (PRIOR_CASES * share + sum_of_shares) / (PRIOR_CASES + cases)
