"""Is one more lot worth having? What it would spare in shortage, against what holding it and being left with it cost.

For one review of many parts, on the spreads of their use. A lot ordered now serves ``lead`` periods later; not
ordering it now leaves the choice open for the next review. So one period's gain is weighed against one period's cost:

    shortage x (units newly short in that period without the lot - with it)
        >  unit cost x (holding x units left over in that period that the lot adds
                        + write-down x units of it that a year leaves unused)

Units newly short in a period are those short over ``lead`` + 1 periods less those short over ``lead`` periods, so both
sides follow from spreads of sums alone, without their joint law.

Where every demand must be served, a lot that is not ordered now is ordered when somebody waits for it: a large part of
what a used lot leaves over comes then too. So only a share of it counts against ordering now, while a lot that nobody
would have asked for counts in full.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from huoku.sense.demand import Spread

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Outlook(NamedTuple):
    """The use of each part over the times that matter for an order placed now.

    ``next_year_of``: that of a year, of some parts. It is asked of those alone for which holding does not forbid a lot,
    for a year is the dearest to foretell.
    """

    before_arrival: Spread  # the periods until it arrives
    to_arrival: Spread  # these and the first period that it can serve
    next_year_of: Callable[[Ints], Spread]


@dataclass(frozen=True, slots=True)
class Stakes:
    """What is at stake in each period, as parts of a unit's cost.

    ``holding`` per unit on hand; ``write_down`` per unit that a year would leave unused; ``leftover_share``: how much
    of what a used lot leaves over counts, 0 to 1 (1 where a demand may be declined).
    """

    holding: float
    write_down: float
    leftover_share: float


def lots_worth_ordering(
    position: Floats, lot: Floats, outlook: Outlook, *, unit_cost: Floats, shortage: Floats, stakes: Stakes
) -> Floats:
    """How many lots of each part to order now, one after the other as long as the next one is worth it.

    Parameters
    ----------
    position : shape (parts,), units
        On hand + on order - backlog.
    lot : shape (parts,), units
        A legal order quantity, above 0.
    unit_cost, shortage : shape (parts,), money per unit
        ``shortage`` is the price of a unit that cannot be served in its period.

    Returns
    -------
    Whole numbers, shape (parts,).
    """
    first = position[:, None] + lot[:, None] * np.arange(2)
    is_open = (_gain(first, outlook, shortage) > _held_price(first, outlook, unit_cost, stakes))[:, 0]
    lots, rows = np.zeros_like(position), np.flatnonzero(is_open)
    if not rows.size:
        return lots
    year = outlook.next_year_of(rows)
    at_once = 2
    while is_open.any():
        ladder = (position + lots * lot)[:, None] + lot[:, None] * np.arange(at_once + 1)
        price = _held_price(ladder, outlook, unit_cost, stakes)
        price[rows] += _unused_price(ladder[rows], lot[rows], year, unit_cost[rows], stakes)
        is_worth = _gain(ladder, outlook, shortage) > price
        steps = np.where(is_worth.all(axis=1), at_once, np.argmin(is_worth, axis=1))
        lots += np.where(is_open, steps, 0)
        is_open &= steps == at_once
        at_once *= 2  # most parts need no lot, a few many
    return lots


def _gain(ladder: Floats, outlook: Outlook, shortage: Floats) -> Floats:
    newly_short = outlook.to_arrival.short(ladder) - outlook.before_arrival.short(ladder)
    # What a difference of sums misses by rounding is no shortage.
    return shortage[:, None] * np.maximum(0.0, -np.diff(newly_short, axis=1) - 1e-9)


def _held_price(ladder: Floats, outlook: Outlook, unit_cost: Floats, stakes: Stakes) -> Floats:
    return unit_cost[:, None] * stakes.holding * np.diff(outlook.to_arrival.left(ladder), axis=1)


def _unused_price(ladder: Floats, lot: Floats, year: Spread, unit_cost: Floats, stakes: Stakes) -> Floats:
    left = np.diff(year.left(ladder), axis=1)
    unasked = lot[:, None] * year.at_most(ladder[:, :-1])
    unused = stakes.leftover_share * left + (1.0 - stakes.leftover_share) * unasked
    return unit_cost[:, None] * stakes.write_down * unused
