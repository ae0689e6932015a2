"""One need under a minimum order: how much, by when, what its units are worth, and how much more may be used."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from huoku.buy.leftover import YEAR_DAYS
from huoku.buy.terms import Floats, Terms, legal_up, price_at
from huoku.compiled import kernel


class FutureUse(NamedTuple):
    """How much may be used beyond the need within ``days``, as a few possible futures; shape (futures,) each.

    In each future ``amount`` units are used, evenly over the days, and ``chance`` is how likely it is; the chances add
    up to 1. ``event`` units are used besides, ``event_day`` days after the need: a later need that may come.
    The planner reckons its leftovers with the same futures (``buy.leftover``).
    """

    amount: Floats
    chance: Floats
    event: Floats
    event_day: float = 0.0
    days: float = YEAR_DAYS

    def with_event(self, qty: float, chance: float, day: float) -> "FutureUse":
        """The same futures, each with and without a later need of so many units, so many days after this one."""
        nothing = np.zeros(self.amount.size)
        return FutureUse(
            amount=np.concatenate((self.amount, self.amount)),
            chance=np.concatenate((self.chance * chance, self.chance * (1.0 - chance))),
            event=np.concatenate((nothing + qty, nothing)),
            event_day=day,
            days=self.days,
        )


def no_use() -> FutureUse:
    """Nothing is known to use any more of it."""
    return FutureUse(np.zeros(1), np.ones(1), np.zeros(1))


def use_of_quantiles(levels: ArrayLike, amounts: ArrayLike, days: float = YEAR_DAYS) -> FutureUse:
    """Futures from quantiles: each amount stands for the levels nearer to it than to its neighbours.

    ``levels`` rising between 0 and 1, ``amounts`` the use that is not exceeded with that chance; both of one shape.
    """
    level, amount = np.asarray(levels, float), np.asarray(amounts, float)
    edges = np.concatenate(([0.0], (level[1:] + level[:-1]) / 2.0, [1.0]))
    return FutureUse(amount, np.diff(edges), np.zeros(amount.size), days=days)


def use_of_odds(units: ArrayLike, odds: ArrayLike, days: float = YEAR_DAYS) -> FutureUse:
    """Futures from the odds that use reaches each of ``units``, rising from 0; ``odds`` falling from 1.

    Use between two points is taken as their middle, use beyond the last point as the last point.
    """
    unit, odd = np.asarray(units, float), np.asarray(odds, float)
    amount = np.append((unit[1:] + unit[:-1]) / 2.0, unit[-1])
    chance = np.append(odd[:-1] - odd[1:], odd[-1])
    nothing = 1.0 - odd[0]
    return FutureUse(
        np.concatenate(([0.0], amount)), np.concatenate(([nothing], chance)), np.zeros(amount.size + 1), days=days
    )


@dataclass(frozen=True)
class Case:
    """A need and all that its options are weighed with. Quantities in the item's smallest step, days from today.

    ``value`` is what a unit saves that is used later after all: the price that need not be paid then. ``salvage`` is
    what an unused one gives back, ``holding`` what a unit costs for a year in stock. ``late`` is money for each day
    after ``due``, ``forgone`` what declining the customer's order would lose before this item is paid for; None where
    there is no order to decline. ``kept``: so many days after the need the plan ends, and what is not used until then
    gives back its salvage. ``spare``: units that are left anyway, and are used first.
    """

    need: int
    due: int
    terms: Terms
    item: int
    value: float
    salvage: float
    holding: float
    late: float
    forgone: float | None
    use: FutureUse
    kept: float = YEAR_DAYS
    spare: float = 0.0

    def lateness(self, day: int) -> float:
        """What it costs to have the item on ``day``."""
        return self.late * max(0, day - self.due)

    @cached_property
    def sources(self) -> list[int]:
        """The numbers of the suppliers' offers in ``terms`` that hold on the day on which an order has to start."""
        terms, found = self.terms, []
        for source in range(int(terms.first[self.item]), int(terms.first[self.item + 1])):
            start = max(0, self.due - int(terms.lead[source]))
            if not terms.is_make[source] and terms.start_from[source] <= start <= terms.start_to[source]:
                found.append(source)
        return found

    @cached_property
    def main(self) -> int:
        """The offer with the lowest unit price for what covers the need: the one whose minimum is the question.

        -1 where nobody takes such an order.
        """
        return main_offer(self.terms, self.item, self.due, self.need)


@kernel
def main_offer(terms: Terms, item: int, due: int, need: int) -> int:
    """See ``Case.main``; of equal prices the first."""
    best, lowest = -1, 0.0
    for source in range(terms.first[item], terms.first[item + 1]):
        start = max(0, due - terms.lead[source])
        if not terms.is_make[source] and terms.start_from[source] <= start <= terms.start_to[source]:
            qty = legal_up(terms, source, need)
            if qty > 0 and (best < 0 or price_at(terms, source, qty) < lowest):
                best, lowest = source, price_at(terms, source, qty)
    return best
