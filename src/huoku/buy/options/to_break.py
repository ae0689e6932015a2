"""Buy more than the minimum, up to a price break: the whole order gets cheaper, and more is left."""

from collections.abc import Iterator

from huoku.buy.options.case import Case
from huoku.buy.options.option import Kind, Option, bought
from huoku.buy.terms import legal_up


def to_break(case: Case) -> Iterator[Option]:
    """Each higher break of the main offer."""
    main = case.main
    if main >= 0:
        yield from breaks_above(case, "to_break", main)


def breaks_above(case: Case, kind: Kind, source: int) -> Iterator[Option]:
    """Each break of an offer above what covers the need."""
    if case.terms.tier_first[source + 1] - case.terms.tier_first[source] < 2:
        return
    smallest = legal_up(case.terms, source, case.need)
    for tier in range(case.terms.tier_first[source], case.terms.tier_first[source + 1]):
        least = int(case.terms.tier_low[tier])
        if smallest < least <= case.terms.lot_max[source]:
            yield bought(case, kind, source, least)
