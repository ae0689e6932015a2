"""How ready everything is that feeds a demand (齐套): item by item below its parent, what could be built at once, and
what the rest waits for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from huoku.plan.explain.explanation import Need, Source


@dataclass(frozen=True)
class Part:
    """All of one item that one parent needs; several orders of the parent are one. ``above``: the place of the parent
    among the parts, None below the demand itself; ``path``: the items from the top down to this one. What it says of
    itself it works out once: a page asks for it again and again."""

    above: int | None
    path: tuple[str, ...]
    need: Need

    @cached_property
    def is_leaf(self) -> bool:
        return not any(source.needs for source in self.need.sources)

    @cached_property
    def slack_days(self) -> int | None:
        """By so many days the last of it may come later; None where all of it is on hand."""
        return min((each.slack_days for each in self.need.sources if each.slack_days is not None), default=None)

    @cached_property
    def in_stock(self) -> float:
        return sum(each.covers for each in self.need.sources if each.kind == "stock")

    @cached_property
    def is_all_here(self) -> bool:
        return all(each.kind == "stock" for each in self.need.sources) and bool(self.need.sources)


@dataclass(frozen=True, slots=True)
class Chain:
    """What leaves the fewest days to spare: ``path`` down to the item, ``source``: what of it is waited for."""

    path: tuple[str, ...]
    need: Need
    source: Source

    def holds(self, part: Part) -> bool:
        """Does the part lie on the way down?"""
        return self.path[: len(part.path)] == part.path


def parts_of(needs: Sequence[Need]) -> list[Part]:
    """The tree flattened, each parent before what feeds it, the tightest first."""
    found: list[Part] = []

    def walk(needs: Sequence[Need], above: int | None, path: tuple[str, ...]) -> None:
        by_item: dict[str, list[Need]] = {}
        for need in needs:
            by_item.setdefault(need.item, []).append(need)
        for item, group in by_item.items():
            whole = _in_one(group)
            found.append(Part(above, (*path, item), whole))
            walk([below for source in whole.sources for below in source.needs], len(found) - 1, (*path, item))

    walk(needs, None, ())
    return found


def _in_one(group: Sequence[Need]) -> Need:
    sources: dict[tuple[object, ...], Source] = {}
    for each in (source for need in group for source in need.sources):
        key = (each.kind, each.name, each.item, each.available)
        known = sources.get(key)
        sources[key] = _added(known, each) if known else each
    ordered = sorted(sources.values(), key=lambda each: (each.available, each.kind != "stock", each.name or ""))
    return replace(
        group[0],
        qty=sum(need.qty for need in group),
        date=min(need.date for need in group),
        sources=tuple(ordered),
    )


def _added(one: Source, other: Source) -> Source:
    slacks = [each.slack_days for each in (one, other) if each.slack_days is not None]
    stands = None if one.stands_for is None else one.stands_for + (other.stands_for or 0.0)
    return replace(
        one,
        qty=one.qty + other.qty,
        slack_days=min(slacks, default=None),
        needs=one.needs + other.needs,
        stands_for=stands,
        is_reserved=one.is_reserved and other.is_reserved,
    )


def chain_of(needs: Sequence[Need], earliest: date) -> Chain | None:
    """The way down to what everything waits for; None where all of it is on hand.

    ``earliest``: the first day on which anything may start. An order that could start later than its parts come waits
    for them; one that has fewer days than they have waits for itself.
    """
    path: list[str] = []
    last: tuple[Need, Source] | None = None
    while True:
        candidates = [
            (source.slack_days, -source.available.toordinal(), need.item, number, need, source)
            for need in needs
            for number, source in enumerate(need.sources)
            if source.slack_days is not None
        ]
        if not candidates:
            break
        *_, need, source = min(candidates, key=lambda each: each[:4])
        path.append(need.item)
        last = (need, source)
        below = [each.slack_days for n in source.needs for each in n.sources if each.slack_days is not None]
        own = (source.start - earliest).days if source.start and source.kind != "supply" else 0
        if not below or own < min(below):
            break
        needs = source.needs
    return Chain(tuple(path), *last) if last else None


def leaves_of(parts: Sequence[Part]) -> dict[str, list[Part]]:
    """By item, the parts that nothing is made of: an item that stands under several parents counts once."""
    found: dict[str, list[Part]] = {}
    for part in parts:
        if part.is_leaf:
            found.setdefault(part.need.item, []).append(part)
    return found


@dataclass(frozen=True, slots=True)
class Buildable:
    """``here``: of the product itself on hand; ``more``: as many can be made of what is on hand, and ``limit`` is the
    first part that runs out, None where none does."""

    here: float
    more: float
    limit: Part | None

    @property
    def qty(self) -> float:
        return self.here + self.more


def buildable(parts: Sequence[Part]) -> Buildable:
    """What could be there at once, of what the plan keeps in stock for the demand and of work that is begun."""
    shares: list[float] = [0.0] * len(parts)
    limits: list[int | None] = [None] * len(parts)
    below: list[list[int]] = [[] for _ in parts]
    for place in range(len(parts) - 1, -1, -1):
        part = parts[place]
        begun, made = _made(part, False), _made(part, True)
        tightest = min(below[place], key=lambda each: (shares[each], each), default=None)
        share = 1.0 if tightest is None else shares[tightest]
        limits[place] = tightest if tightest is not None and share < 1 else None
        shares[place] = min(1.0, (part.in_stock + begun + made * share) / part.need.qty) if part.need.qty else 1.0
        if part.above is not None:
            below[part.above].append(place)
    tops = [place for place, part in enumerate(parts) if part.above is None]
    here = sum(parts[place].in_stock for place in tops)
    more = sum(shares[place] * parts[place].need.qty - parts[place].in_stock for place in tops)
    at = next((place for place in tops if shares[place] < 1), None)
    while at is not None and limits[at] is not None:
        at = limits[at]
    return Buildable(here, max(0.0, more), None if at is None else parts[at])


def _made(part: Part, takes: bool) -> float:
    """What of it is to be made, or is in work: of what takes parts still, or of that whose parts are all issued."""
    mine = (each for each in part.need.sources if each.kind in ("make", "transfer") or each.is_work)
    return sum(each.covers for each in mine if bool(each.needs) == takes)
