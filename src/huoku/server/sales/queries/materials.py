"""Whether a line of an order is covered through its bill of material, and from what day on (齐套).

What lies here or comes in time is taken first, the finished item before its components, a sub-assembly before its
parts. What is left is to be made: then its components are needed a lead time earlier. What is neither here, nor coming,
nor to be made from what is, is short.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from huoku.server.items.models import Item
from huoku.server.items.recipes import Recipes, recipes_below
from huoku.server.ledger.queries.coverage import Cover, Need, Picture, read, serve
from huoku.server.platform.days import days_after, days_before


@dataclass(frozen=True, slots=True)
class Wanted:
    """So many steps of an item for a demand by a day."""

    demand: str
    item: int
    steps: int
    need_on: date


@dataclass(frozen=True, slots=True)
class Short:
    item: int
    code: str
    quantity: int
    decimals: int
    need_on: date


@dataclass(slots=True)
class Materials:
    """How one wanted quantity is covered, level by level."""

    wanted: Wanted
    ready_on: date
    """The day on which all of it can be there, by stock, supply and lead times; of no meaning where it is short."""
    covers: list[Cover] = field(default_factory=list)
    short: list[Short] = field(default_factory=list)

    @property
    def is_covered(self) -> bool:
        return not self.short

    @property
    def is_late(self) -> bool:
        return self.ready_on > self.wanted.need_on


@dataclass(frozen=True, slots=True)
class _Shop:
    picture: Picture
    recipes: Recipes
    items: Mapping[int, Item]
    today: date


def items_behind(company_id: int, items: Sequence[int], day: date) -> set[int]:
    """The items and everything that they are made from."""
    below = recipes_below(company_id, items, day)
    return set(items) | {part.component for parts in below.values() for part in parts}


def materials_for(company_id: int, wanted: Sequence[Wanted], today: date, site: int | None) -> list[Materials]:
    """Cover what is wanted, one after the other; what one takes the next does not find. Nothing is reserved by it."""
    below = recipes_below(company_id, [each.item for each in wanted], today)
    named = {each.item for each in wanted} | {part.component for parts in below.values() for part in parts}
    picture = read(company_id, named, today, None if site is None else [site])
    shop = _Shop(picture, below, Item.objects.of(company_id).in_bulk(named), today)
    return [_covered(shop, each) for each in wanted]


def _covered(shop: _Shop, wanted: Wanted) -> Materials:
    found = Materials(wanted, wanted.need_on)
    found.ready_on = max(_cover(shop, found, wanted.item, wanted.steps, wanted.need_on), shop.today)
    return found


def _cover(shop: _Shop, found: Materials, item: int, steps: int, need_on: date) -> date:
    """Cover so much of one item, and say from what day on it is there."""
    is_made = item in shop.recipes
    need = Need(found.wanted.demand, item, steps, need_on)
    (cover,) = serve(shop.picture, [need], with_late=not is_made)
    found.covers.append(cover)
    dated = [each.on for each in (*cover.kept_supply, *cover.supply, *cover.late) if each.on]
    ready = max([shop.today, *dated])
    cover.late = [each for each in cover.late if each.on]  # what comes on no known day covers nothing
    left = cover.short - sum(each.quantity for each in cover.late)
    if left and is_made:
        return max(ready, _make(shop, found, item, left, need_on))
    if left:
        facts = shop.items[item]
        found.short.append(Short(item, facts.code, left, facts.decimals, need_on))
    return ready


def _make(shop: _Shop, found: Materials, item: int, steps: int, need_on: date) -> date:
    facts = shop.items[item]
    start = max(days_before(need_on, facts.lead_time_days), shop.today)
    units = Fraction(steps, 10**facts.decimals)
    days = [_cover(shop, found, part.component, part.steps_for(units), start) for part in shop.recipes[item]]
    return days_after(max([shop.today, *days]), facts.lead_time_days)
