"""What a smaller or cancelled order no longer needs: stock and supplies that were kept for it, lots bought or made for
it, and what is asked for, ordered or planned for it; told at once, and left as a task."""

from collections import Counter
from collections.abc import Sequence, Set
from fractions import Fraction
from typing import Any

from huoku.language import Sentence
from huoku.server.documents.meant import meant_for
from huoku.server.documents.tasks import leave_task
from huoku.server.items.models import Item
from huoku.server.items.recipes import Recipes, recipes_below
from huoku.server.ledger.models import Balance, Location
from huoku.server.platform.command import At
from huoku.server.platform.exact import plain
from huoku.server.platform.roles import Role
from huoku.server.sales.keeping import Freed
from huoku.server.sales.models import SalesLine, SalesOrder
from huoku.server.sales.queries.materials import Materials

SURPLUS = "surplus"
WORDS = Sentence(
    "订单 {number} {what_zh}，多出来的：{freed}。请看库存和在途还要不要。",
    "Order {number} was {what_en}. No longer needed for it: {freed}. Look at what of stock and orders is still wanted.",
)
REDUCED, DROPPED = Sentence("减少", "reduced"), Sentence("取消", "cancelled")
Told = list[dict[str, Any]]


def of_ended(at: At, lines: Sequence[SalesLine], freed: Sequence[Freed]) -> Told:
    """Of lines of which nothing more is delivered: all of it."""
    return _told(at, [*_freed(at, freed), *_lots(at, lines), *_meant(at, lines, {each.supply for each in freed})])


def of_lessened(at: At, line: SalesLine, open_before: int, freed: Sequence[Freed], kept: Sequence[Freed]) -> Told:
    """Of a line of which less is delivered than before: what was given back and not kept again; and where that is less
    than the line needs less now, through its bill, as much of what lies or comes for it besides."""
    needed_less = _needs(at, line, open_before)
    needed_less.subtract(_needs(at, line, line.open_steps))
    rows = _freed(at, _less(freed, kept))
    for item, steps, _ in rows:
        needed_less[item] -= steps
    for item, steps, about in [*_lots(at, [line]), *_meant(at, [line], {each.supply for each in freed})]:
        if (beyond := min(steps, needed_less[item])) > 0:
            needed_less[item] -= beyond
            rows.append((item, beyond, about))
    return _told(at, rows)


def kept_by(found: Materials) -> list[Freed]:
    """What has just been kept for a line."""
    kept: list[Freed] = []
    for cover in found.covers:
        coming = (*cover.supply, *cover.late)
        kept += [Freed(cover.need.item, place, "", quantity) for place, quantity in cover.stock]
        kept += [Freed(cover.need.item, each.location, each.name, each.quantity) for each in coming]
    return kept


def tell_surplus(at: At, order: SalesOrder, what: Sentence, surplus: Sequence[dict[str, Any]]) -> None:
    """A task for planning and one for purchasing, with the rows, and an event."""
    named = "; ".join(f"{each['item']} × {each['qty']} ({_where(each)})" for each in surplus[:20])
    for role in (Role.PLANNER, Role.BUYER):
        leave_task(
            *(at, order, SURPLUS, role, WORDS),
            number=order.number,
            what_zh=what.zh,
            what_en=what.en,
            freed=named + (" …" if len(surplus) > 20 else ""),
            facts={"surplus": list(surplus)},
        )
    at.tell("surplus_left", order, surplus=list(surplus))


def _where(each: dict[str, Any]) -> str:
    """The order that is to bring it, or the place and lot where it lies."""
    return str(each.get("supply") or " ".join(filter(None, (each["location"], each.get("lot")))))


Row = tuple[int, int, dict[str, str]]
"""An item, so many steps, and where they lie or by what they come."""


def _told(at: At, rows: Sequence[Row]) -> Told:
    items = Item.objects.of(at.company_id).in_bulk({item for item, _, _ in rows}) if rows else {}
    return [
        {"item": items[item].code, "qty": plain(steps, items[item].decimals), **about} for item, steps, about in rows
    ]


def _freed(at: At, freed: Sequence[Freed]) -> list[Row]:
    lie = {each.location for each in freed if not each.supply}
    places = Location.objects.of(at.company_id).in_bulk(lie) if lie else {}
    return [
        (
            each.item,
            each.quantity,
            {"supply": each.supply} if each.supply else {"location": places[each.location].code},
        )
        for each in freed
    ]


def _less(freed: Sequence[Freed], kept: Sequence[Freed]) -> list[Freed]:
    """What was given back and not kept again."""
    left: Counter[tuple[int, int, str]] = Counter()
    for sign, each in [*((1, each) for each in freed), *((-1, each) for each in kept)]:
        left[each.item, each.location, each.supply] += sign * each.quantity
    return [Freed(*key, quantity) for key, quantity in left.items() if quantity > 0]


def _lots(at: At, lines: Sequence[SalesLine]) -> list[Row]:
    """Lots that were bought or made for these lines."""
    rows = Balance.objects.of(at.company_id).filter(lot__demand__in=[line.demand for line in lines], on_hand__gt=0)
    return [
        (
            row.item_id,
            row.on_hand,
            {"location": row.location.code, "lot": row.lot.code, "was_for": row.lot.demand},
        )
        for row in rows.select_related("location", "lot").order_by("pk")
    ]


def _meant(at: At, lines: Sequence[SalesLine], known: Set[str]) -> list[Row]:
    """What is asked for, ordered or planned for these lines and was not kept for them yet."""
    found = meant_for(at.company_id, [line.demand for line in lines])
    return [(each.item, each.steps, {"supply": each.name}) for each in found if each.name not in known]


def _needs(at: At, line: SalesLine, steps: int) -> Counter[int]:
    """By item what so much of a line takes, on every level of its bill."""
    below = recipes_below(at.company_id, [line.item_id], at.today)
    found: Counter[int] = Counter()
    _add(found, below, line.item_id, steps, line.item.decimals)
    return found


def _add(found: Counter[int], below: Recipes, item: int, steps: int, decimals: int) -> None:
    found[item] += steps
    for part in below.get(item, ()) if steps else ():
        _add(found, below, part.component, part.steps_for(Fraction(steps, 10**decimals)), part.decimals)
