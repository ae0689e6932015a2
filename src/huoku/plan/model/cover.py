"""``cover``: the first day from which an item can be had in any amount without stock."""

from huoku.buy.terms import Flags, Ints, Terms
from huoku.compiled import kernel
from huoku.plan.model.arrays import NEVER, Bom, Ways
from huoku.plan.model.closures import Closures, first_open_day
from huoku.plan.model.shop import Shop, has_work


@kernel
def fill_cover(
    bom: Bom,
    terms: Terms,
    shop: Shop,
    closures: Closures,
    make_source: Ints,
    ways: Ways,
    lapses: Flags,
    locations: int,
    earliest: int,
    cover: Ints,
) -> None:
    """Write ``cover`` of each item, and of each BOM version, components before parents.

    A bought item: its quickest source that may still be used. A made one: its lead time after the first
    day that its BOM allows and on which all components are past their own cover; never where it takes
    operations, for no day has machines enough for any amount. A choice: the first of its
    ways that never end. O(items + lines + ways).
    """
    for item in range(len(cover) - 1, -1, -1):
        best = NEVER
        for source in range(terms.first[item], terms.first[item + 1]):
            start = first_open_day(closures, source, max(earliest, terms.start_from[source]))
            if not terms.is_make[source] and start <= terms.start_to[source]:
                best = min(best, first_open_day(closures, source, start + terms.lead[source]))
        for version in range(bom.first[item], bom.first[item + 1]):
            start = max(earliest, bom.start_from[version])
            for line in range(bom.line_first[version], bom.line_first[version + 1]):
                start = max(start, cover[bom.component[line]])
            bom.cover[version] = start
            if make_source[item] >= 0 and not has_work(shop, item) and start <= bom.start_to[version]:
                best = min(best, start + terms.lead[make_source[item]])
        for way in range(ways.first[item * locations], ways.first[item * locations + 1]):
            target = ways.target[way] // locations
            if ways.valid_to[way] >= NEVER and ways.per[way] == 1 and not lapses[target]:
                there = max(cover[target] + ways.lag[way], ways.valid_from[way])
                best = min(best, there)
        cover[item] = min(best, NEVER)


@kernel
def fill_pinned(bom: Bom, pinned: Flags) -> None:
    """Write which items must keep the lots they were promised with: moving them would change what they take."""
    for item in range(len(pinned)):
        pinned[item] = bom.first[item + 1] - bom.first[item] > 1
        for version in range(bom.first[item], bom.first[item + 1]):
            for line in range(bom.line_first[version], bom.line_first[version + 1]):
                if bom.fixed[line] > 0.0 or abs(bom.per[line] - round(bom.per[line])) > 1e-9:
                    pinned[item] = True
