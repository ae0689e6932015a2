"""Several ways out taken together: each gives what those before it leave missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from huoku.server.shortages.impact import late_cost
from huoku.server.shortages.models import Hit, ShortageCase, Way

APART = (Way.Kind.BUILD_PART, Way.Kind.RESEQUENCE)
"""They change the order itself: alone, or not at all."""
MOST_TRIED, MOST_TOGETHER = 8, 4
"""So many ways, the cheapest, are tried with each other, so many at a time."""


@dataclass(frozen=True, slots=True)
class Together:
    """``parts``: what each brings, in the order in which they are done; ``ready_on``: None where nobody knows. Money in
    the company's smallest unit; None where it cannot be told."""

    parts: tuple[tuple[Way, int], ...]
    missing: int
    ready_on: date | None
    spend: int | None
    late: int | None

    @property
    def covered(self) -> int:
        return sum(part for _, part in self.parts)

    @property
    def is_whole(self) -> bool:
        return self.covered >= self.missing

    @property
    def idle(self) -> list[Way]:
        """Those that bring nothing any more."""
        return [way for way, part in self.parts if not part]

    @property
    def cost(self) -> int | None:
        return None if self.spend is None or self.late is None else self.spend + self.late


def covers(way: Way) -> int:
    """How much of what is missing it covers."""
    return int(way.facts.get("covers", way.qty_steps))


def in_turn(ways: Iterable[Way]) -> list[Way]:
    """The order in which they are done: what lies here, what others give up, what is still to come."""
    kinds = list(Way.Kind.values)
    return sorted(ways, key=lambda way: (kinds.index(way.kind), way.rank))


def parts_of(case: ShortageCase, ways: Iterable[Way]) -> list[tuple[Way, int]]:
    """What each covers of what those before it leave missing, in the order in which they are done."""
    parts, rest = [], case.missing_steps
    for way in in_turn(ways):
        part = min(covers(way), rest)
        parts.append((way, part))
        rest -= part
    return parts


def can_join(ways: Sequence[Way]) -> bool:
    """Whether they can be taken together. Waiting for a delivery and hurrying it is one delivery."""
    kinds = {way.kind for way in ways}
    return len(ways) == 1 or not (kinds & set(APART) or {Way.Kind.WAIT, Way.Kind.EXPEDITE} <= kinds)


def together(case: ShortageCase, hits: Sequence[Hit], fallback: Way | None, ways: Sequence[Way]) -> Together:
    """What they come to. ``fallback``: by which the rest is had, see ``comparing.fallback_of``."""
    if len(ways) == 1:
        (way,) = ways
        part = min(covers(way), case.missing_steps)
        return Together(((way, part),), case.missing_steps, way.ready_on, way.spend_minor, way.late_minor)
    parts = parts_of(case, ways)
    rest = case.missing_steps - sum(part for _, part in parts)
    taken = [(way, part) for way, part in parts if part]
    days = [way.ready_on for way, _ in taken] + ([fallback.ready_on if fallback else None] if rest else [])
    known = [day for day in days if day]
    ready_on = max(known) if known and len(known) == len(days) else None
    spend, late = _spent(case, fallback, taken, rest), _harm(taken)
    if ready_on is None or late is None:
        late = None
    else:
        late += late_cost(hits, (ready_on - case.need_on).days)
    return Together(tuple(parts), case.missing_steps, ready_on, spend, late)


def _harm(taken: Iterable[tuple[Way, int]]) -> int | None:
    known = [way.facts.get("harm", 0) for way, _ in taken]
    return None if None in known else sum(known)


def _spent(case: ShortageCase, fallback: Way | None, taken: Iterable[tuple[Way, int]], rest: int) -> int | None:
    """Each by its part, and what has to come later by the fallback."""
    spend, later = 0, rest
    for way, part in taken:
        alone = spent_alone(way, part)
        if alone is None:
            return None
        spend += alone
        later += min(part, way.facts.get("later", 0))
    if not later:
        return spend
    if fallback is None or fallback.spend_minor is None:
        return None
    return spend - (-fallback.spend_minor * later // case.missing_steps)


def spent_alone(way: Way, part: int) -> int | None:
    """What so much of it costs, without what has to come later; None: nobody knows."""
    alone, fixed = way.facts.get("alone", way.spend_minor), way.facts.get("fixed", 0)
    return None if alone is None else int(fixed - (-(alone - fixed) * part // covers(way)))


def best_of(case: ShortageCase, hits: Sequence[Hit], fallback: Way | None, ways: Sequence[Way]) -> Together | None:
    """The cheapest that covers all that is missing, of equal ones the earliest, then the fewest; None: none does."""
    tried = [way for way in ways if way.cost_minor is not None][:MOST_TRIED]
    found = []
    for many in range(1, min(MOST_TOGETHER, len(tried)) + 1):
        for chosen in combinations(tried, many):
            if can_join(chosen):
                each = together(case, hits, fallback, chosen)
                if each.is_whole and not each.idle and each.cost is not None:
                    found.append(each)
    return min(found, key=_place, default=None)


def _place(each: Together) -> tuple[int, date, int, list[int]]:
    ranks = [way.rank for way, _ in each.parts]
    return (each.cost or 0, each.ready_on or date.max, len(ranks), ranks)
