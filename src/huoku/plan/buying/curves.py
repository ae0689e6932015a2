"""What each quantity of one purchase would cost in the end, offer by offer: the curve on which the options lie."""

from typing import NamedTuple

import numpy as np

from huoku.buy.leftover import NO_LIMIT_OF_MONEY, Limits
from huoku.buy.options import Case as Need
from huoku.buy.options.weigh import weigh_purchases
from huoku.buy.terms import NO_LIMIT, legal_up, outlay
from huoku.plan.buying.wanted import Wanted
from huoku.plan.model.build import Case

MOST_OFFERS = 3
POINTS = 40
BEYOND = 1.12
"""The curve ends at so many times the largest quantity at which an offer begins."""
NO_LIMITS = Limits(NO_LIMIT_OF_MONEY, 1.0)


class Curve(NamedTuple):
    """One offer at one unit price. ``points``: quantities in the item's unit, rising, and the expected cost of buying
    so many for the need, as the options are weighed."""

    supplier: str
    unit_price: float
    points: tuple[tuple[float, float], ...]


def curves_of(case: Case, need: Need, wanted: Wanted) -> tuple[Curve, ...]:
    """Of the offers that hold for the need, those with the smallest purchase first; nothing where nobody offers."""
    terms = case.model.terms
    least = {source: int(legal_up(terms, source, wanted.steps)) for source in need.sources}
    offers = sorted((source for source in least if least[source]), key=lambda source: (least[source], source))
    offers = offers[:MOST_OFFERS]
    if not offers:
        return ()
    begins = [int(low) for source in offers for low in _tiers(need, source) if low < NO_LIMIT]
    most = max(wanted.steps, *(least[source] for source in offers), *(low for low in begins if low <= 8 * wanted.steps))
    most = round(BEYOND * max(most, wanted.steps + 1))
    return tuple(curve for source in offers for curve in _of_offer(case, need, wanted, source, least[source], most))


def _tiers(need: Need, source: int) -> list[int]:
    terms = need.terms
    return [int(low) for low in terms.tier_low[terms.tier_first[source] : terms.tier_first[source + 1]]]


def _of_offer(case: Case, need: Need, wanted: Wanted, source: int, least: int, most: int) -> list[Curve]:
    """A curve for each of its prices."""
    terms, per = need.terms, wanted.per_unit
    supplier, found = case.sources.supplier[source] or "", list[Curve]()
    late = need.lateness(int(terms.lead[source]))
    for tier in range(int(terms.tier_first[source]), int(terms.tier_first[source + 1])):
        low, high = max(int(terms.tier_low[tier]), least), min(int(terms.tier_high[tier]), most)
        if low > high:
            continue
        asked = {legal_up(terms, source, int(qty)) for qty in np.linspace(low, high, POINTS)}
        bought = np.array(sorted(qty for qty in asked if low <= qty <= high), np.int64)
        cash = np.array([outlay(terms, source, int(qty)) for qty in bought])
        cost = weigh_purchases(need, cash, bought, NO_LIMITS)[1] + late
        points = tuple((float(qty) / per, float(money)) for qty, money in zip(bought, cost, strict=True))
        found.append(Curve(supplier, float(terms.tier_price[tier]) * per, points))
    return found
