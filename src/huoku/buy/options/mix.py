"""Buy from several at once: a minimum from one and the rest from another, a few packs and a small lot."""

from collections.abc import Sequence

import numpy as np

from huoku.buy.leftover import YEAR_DAYS, Limits, Worth
from huoku.buy.lot_sizing import Requirement, Search, Series, choose_lots
from huoku.buy.options.case import Case
from huoku.buy.options.option import Option
from huoku.buy.options.small_lot import SmallLot
from huoku.buy.terms import NO_LIMIT, Ints, Terms, order_count, price_at


def mix(case: Case, small_lots: Sequence[SmallLot] = (), limits: Limits | None = None) -> Option | None:
    """The cheapest purchase from several offers that are there in time; None where one alone is as good.

    The search is the planner's (``lot_sizing``), with its futures, for this one need.
    """
    sources = [source for source in case.sources if case.terms.lead[source] <= case.due]
    small = [offer for offer in small_lots if offer.days <= case.due]
    if len(sources) + len(small) < 2:
        return None
    terms = _of_one_item(case.terms, sources, small)
    required = Requirement(
        np.array([case.due]), np.array([case.need]), np.array([0.0, float(case.need) * case.due]), np.array([NO_LIMIT])
    )
    series = Series(0, 1, required, round(case.spare), case.due + round(case.kept), NO_LIMIT)
    arrival = np.full((1, len(sources) + len(small)), case.due)
    lots = choose_lots(terms, _worth(case, limits or Limits()), series, arrival, Search())
    if lots.qty.size < 2:
        return None
    parts = sorted(zip(lots.source.tolist(), lots.qty.tolist(), strict=True))
    cash = sum(price_at(terms, at, qty) * qty + terms.fee[at] * order_count(terms, at, qty) for at, qty in parts)
    bought = sum(qty for _, qty in parts)
    return Option(
        kind="mix",
        qty=bought,
        cash=float(cash),
        leftover=bought - case.need,
        day=case.due,
        named=" + ".join(small[at - len(sources)].supplier for at, _ in parts if at >= len(sources)),
        parts=tuple((sources[at] if at < len(sources) else -1, qty) for at, qty in parts),
    )


def _worth(case: Case, limits: Limits) -> Worth:
    """The futures of the case as the search takes them."""
    rising = np.argsort(case.use.amount, kind="stable")
    return Worth(
        holding=np.array([case.holding / YEAR_DAYS]),
        value=np.array([case.value]),
        salvage=np.array([case.salvage]),
        first=np.array([0, rising.size]),
        amount=case.use.amount[rising],
        chance=case.use.chance[rising],
        limits=limits,
    )


def _of_one_item(terms: Terms, sources: Sequence[int], small: Sequence[SmallLot]) -> Terms:
    """The terms of some offers alone, and of small lots beside them."""
    count, more = len(sources) + len(small), len(small)
    own = np.array(sources, np.int64)
    tiers = [np.arange(terms.tier_first[source], terms.tier_first[source + 1]) for source in sources]
    rows = np.concatenate([np.zeros(0, np.int64), *tiers]).astype(np.int64)

    def with_small(column: Ints, of_small: list[int]) -> Ints:
        return np.concatenate((column, np.array(of_small, np.int64)))

    return Terms(
        first=np.array([0, count]),
        is_make=np.zeros(count, np.bool_),
        lead=with_small(terms.lead[own], [offer.days for offer in small]),
        start_from=np.full(count, -NO_LIMIT),
        start_to=np.full(count, NO_LIMIT),
        fee=np.concatenate((terms.fee[own], [offer.fee for offer in small])),
        multiple=with_small(terms.multiple[own], [1] * more),
        lot_max=with_small(terms.lot_max[own], [NO_LIMIT] * more),
        tier_first=np.cumsum([0, *(tier.size for tier in tiers), *[1] * more]),
        tier_low=with_small(terms.tier_low[rows], [max(1, offer.least) for offer in small]),
        tier_high=with_small(terms.tier_high[rows], [NO_LIMIT] * more),
        tier_price=np.concatenate((terms.tier_price[rows], [offer.price for offer in small])),
        dominated=np.zeros(count, np.bool_),
    )
