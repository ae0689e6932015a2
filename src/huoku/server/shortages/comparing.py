"""All ways out of a shortage, weighed in money and days."""

from collections.abc import Callable, Iterator
from datetime import date

from huoku.server.platform.command import At
from huoku.server.shortages.models import ShortageCase, Way
from huoku.server.shortages.ways import building, buying, instead, making, others, stock, supply
from huoku.server.shortages.ways.look import Doing, Found, Look, Outcome

Kind = Way.Kind
Finder = Callable[[Look], Iterator[Found]]
BY_ITSELF: tuple[Finder, ...] = (
    *(stock.here, stock.left_at_work, instead.substitutes, instead.near_matches, stock.elsewhere),
    *(supply.wait, supply.expedite, buying.from_suppliers, making.in_house),
)
AT_A_PRICE: tuple[Finder, ...] = (others.less_urgent, building.a_part, building.another)
"""What somebody or something else waits for instead, until the day that the others lead to."""
LASTING = (Kind.TRANSFER, Kind.WAIT, Kind.BUY, Kind.MAKE)
DOING: dict[str, Callable[[Doing], Outcome]] = {
    Kind.STOCK: stock.keep_here,
    Kind.LEFT_AT_WORK: stock.bring_back,
    Kind.TRANSFER: stock.send,
    Kind.SUBSTITUTE: instead.issue_it,
    Kind.NEAR_MATCH: instead.issue_it,
    Kind.TAKE_OVER: others.take_over,
    Kind.WAIT: supply.wait_for_it,
    Kind.EXPEDITE: supply.hurry_it,
    Kind.BUY: buying.ask_for_it,
    Kind.MAKE: making.order_it,
    Kind.BUILD_PART: building.split,
    Kind.RESEQUENCE: building.swap,
}


def ways_of(look: Look) -> list[Way]:
    """Not saved; the cheapest first, of equal ones the earliest. What nobody can tell the cost of comes last.

    What covers a part, or takes from others, costs besides what it takes to have the rest, or theirs, by the cheapest
    way that harms nobody.
    """
    found = [each for finder in BY_ITSELF for each in finder(look)]
    lasting = [_way(look, each) for each in found if each.kind in LASTING and each.covers >= look.missing]
    known = [way for way in lasting if way.cost_minor is not None]
    look.fallback = min(known, key=lambda way: _rank(look, way), default=None)
    found += [each for finder in AT_A_PRICE for each in finder(look)]
    ways = sorted((_way(look, each) for each in found), key=lambda way: _rank(look, way))
    for rank, way in enumerate(ways, start=1):
        way.rank = rank
    return ways


def fallback_of(at: At, case: ShortageCase) -> Way | None:
    """The cheapest way that harms nobody, as it was when the ways were compared."""
    rows = Way.objects.of(at.company_id).filter(case=case, kind__in=LASTING, is_whole=True, cost_minor__isnull=False)
    return rows.order_by("rank").first()


def _way(look: Look, found: Found) -> Way:
    is_whole = found.covers >= look.missing
    late = found.late if found.late is not None else _late(look, found.ready_on, is_whole)
    late = None if late is None or found.harm is None else late + found.harm
    later = look.to_have_later(found.later + max(0, look.missing - found.covers))
    is_known = late is not None and found.spend is not None and (later is not None or (is_whole and not found.later))
    spend = (found.spend or 0) + (later or 0) if is_known else found.spend
    return Way(
        company_id=look.at.company_id,
        case=look.case,
        kind=found.kind,
        item=found.item,
        qty_steps=found.steps,
        is_whole=is_whole,
        ready_on=found.ready_on,
        excess_steps=found.excess,
        spend_minor=spend,
        late_minor=late,
        cost_minor=(spend or 0) + (late or 0) if is_known else None,
        text_zh=found.words.say("zh", **found.values)[:400],
        text_en=found.words.say("en", **found.values)[:400],
        facts={**found.facts, **_by_itself(found)},
    )


def _by_itself(found: Found) -> dict[str, object]:
    """What taking it together with others needs to know (``combining.py``): what it covers and costs without the rest,
    what of that a smaller part costs as well, whom it harms, and what has to come later."""
    figures = {"covers": found.covers, "alone": found.spend, "fixed": found.fixed, "harm": found.harm}
    return {**figures, "later": found.later, "victim": found.victim}


def _late(look: Look, ready_on: date | None, is_whole: bool) -> int | None:
    """What lateness costs; with a part alone the order waits for the rest as well."""
    days = [ready_on] if is_whole else [ready_on, look.fallback_on]
    return look.late_on(max(day for day in days if day)) if all(days) else None


def _rank(look: Look, way: Way) -> tuple[bool, int, bool, date, int]:
    cost, day = way.cost_minor, max(way.ready_on or date.max, look.need_on)
    return cost is None, cost or 0, not way.is_whole, day, list(Kind.values).index(way.kind)
