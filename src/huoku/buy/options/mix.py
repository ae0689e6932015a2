"""Buy from two at once: a minimum from one and the rest from another, a few packs and a small lot."""

from collections.abc import Sequence

import numpy as np

from huoku.buy.leftover import Limits
from huoku.buy.options.case import Case
from huoku.buy.options.option import Option
from huoku.buy.options.small_lot import SmallLot
from huoku.buy.options.weigh import weigh_purchases
from huoku.buy.terms import NO_LIMIT, Floats, Ints, Terms, legal_down, legal_up, outlay
from huoku.compiled import kernel


def mix(case: Case, small_lots: Sequence[SmallLot] = (), limits: Limits | None = None) -> Option | None:
    """The best purchase from two offers that are there in time, by the owner's limits and then by expected cost.

    None where there are no two offers. It need not be better than one of them alone.
    """
    sources = [source for source in case.sources if case.terms.lead[source] <= case.due]
    small = [offer for offer in small_lots if offer.days <= case.due]
    count = len(sources) + len(small)
    if count < 2:
        return None
    terms = _of_one_item(case.terms, sources, small)
    tiers = terms.tier_low.size
    pairs = np.zeros((count * count * (3 * tiers + 1) * (tiers + 1), 4), np.int64)
    cash = np.zeros(len(pairs))
    found = fill_pairs(terms, case.need, pairs, cash)
    if found == 0:
        return None
    pairs, cash = pairs[:found], cash[:found]
    bought = pairs[:, 1] + pairs[:, 3]
    broken, cost = weigh_purchases(case, cash, bought, limits or Limits())
    best = int(np.lexsort((pairs[:, 0], bought, cost, broken))[0])
    one, qty, other, rest = pairs[best].tolist()
    parts = sorted(((one, qty), (other, rest)))
    return Option(
        kind="mix",
        qty=qty + rest,
        cash=float(cash[best]),
        leftover=qty + rest - case.need,
        day=case.due,
        named=" + ".join(small[at - len(sources)].supplier for at, _ in parts if at >= len(sources)),
        parts=tuple((sources[at] if at < len(sources) else -1, amount) for at, amount in parts),
    )


def mixed(case: Case, parts: Sequence[tuple[int, int]]) -> Option:
    """A purchase of these quantities from these offers of the case."""
    terms = case.terms
    cash = sum(outlay(terms, at, qty) for at, qty in parts)
    bought = sum(qty for _, qty in parts)
    return Option("mix", bought, float(cash), max(0, bought - case.need), case.due, parts=tuple(sorted(parts)))


@kernel
def fill_pairs(terms: Terms, need: int, pairs: Ints, cash: Floats) -> int:
    """Write every pair worth trying as (offer, quantity, other offer, quantity) with its money; returns how many.

    The first brings a minimum or a break, all full packs, or what leaves just a minimum or a break to the other; the
    other brings the rest, or goes up to a break.
    """
    count, end = 0, len(terms.fee)
    for one in range(end):
        for other in range(end):
            if one != other:
                for tier in range(terms.tier_first[one], terms.tier_first[one + 1]):
                    count = add_pairs(terms, need, one, terms.tier_low[tier], other, pairs, cash, count)
                count = add_pairs(terms, need, one, legal_down(terms, one, need), other, pairs, cash, count)
                for tier in range(terms.tier_first[other], terms.tier_first[other + 1]):
                    open_to = need - terms.tier_low[tier]
                    if open_to > 0:
                        count = add_pairs(terms, need, one, legal_down(terms, one, open_to), other, pairs, cash, count)
                        count = add_pairs(terms, need, one, legal_up(terms, one, open_to), other, pairs, cash, count)
    return count


@kernel
def add_pairs(terms: Terms, need: int, one: int, qty: int, other: int, pairs: Ints, cash: Floats, count: int) -> int:
    """Write the pairs of ``qty`` from one offer with what the other may bring beside it; returns how many there are."""
    rest = legal_up(terms, other, need - qty) if 0 < qty < need else 0
    if rest <= 0:
        return count
    for tier in range(terms.tier_first[other] - 1, terms.tier_first[other + 1]):
        if tier < terms.tier_first[other] or terms.tier_low[tier] > rest:
            more = rest if tier < terms.tier_first[other] else terms.tier_low[tier]
            pairs[count, 0], pairs[count, 1], pairs[count, 2], pairs[count, 3] = one, qty, other, more
            cash[count] = outlay(terms, one, qty) + outlay(terms, other, more)
            count += 1
    return count


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
