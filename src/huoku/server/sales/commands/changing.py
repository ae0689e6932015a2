"""A confirmed order changes or falls away: what it no longer needs is told at once, and somebody has to look at it."""

from collections.abc import Sequence, Set
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from huoku.language import Sentence
from huoku.server.documents.course import go, must_be_open_to
from huoku.server.documents.meant import meant_for
from huoku.server.documents.tasks import leave_task
from huoku.server.items.models import Item
from huoku.server.ledger.models import Balance, Location
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import Amount, plain, whole
from huoku.server.platform.kept import opened
from huoku.server.platform.requests import Id, Opened, Words
from huoku.server.platform.roles import Role
from huoku.server.sales.commands.orders import line_of
from huoku.server.sales.departments import must_be_confirmed_again
from huoku.server.sales.keeping import Freed, keep, lock, open_lines, release_all
from huoku.server.sales.models import SalesLine, SalesOrder
from huoku.server.sales.refusals import (
    LaterThanAsked,
    NotCovered,
    ReasonWanted,
    ShippedAlready,
    TooFew,
)
from huoku.server.sales.rights import SELL
from huoku.server.sales.standing import in_words, shortages

SURPLUS = "surplus"
WORDS = Sentence(
    "订单 {number} {what_zh}，多出来的：{freed}。请看库存和在途还要不要。",
    "Order {number} was {what_en}. No longer needed for it: {freed}. Look at what of stock and orders is still wanted.",
)
REDUCED, DROPPED = Sentence("减少", "reduced"), Sentence("取消", "cancelled")


class ChangeQuantity(Opened):
    line: Id
    qty: Amount = Field(description="The new quantity of the line; 0 takes it out.")
    due_on: date | None = None
    accepts_later: bool = False


@command(right=SELL)
def change_quantity(at: At, request: ChangeQuantity) -> dict[str, object]:
    """More or less of one line of a confirmed order, or another day. What becomes surplus is told and left as a task.

    Raises NotFound, Stale, NotFromHere, NoSuchLine, TooFew, NotWholeSteps; NotCovered, LaterThanAsked and
    NeedsDepartments as confirming does.
    """
    order = opened(at, SalesOrder, request.id, request.version)
    must_be_open_to(order, "sales.change_quantity")
    line = line_of(at, order, request.line)
    steps = whole(request.qty, line.item.decimals, "qty")
    if steps < line.shipped_steps:
        shipped = plain(line.shipped_steps, line.item.decimals)
        raise TooFew(field="qty", value=request.qty, shipped=shipped)
    is_less, before = steps < line.qty_steps, (line.qty_steps, line.due_on)
    lock(at, [line])
    freed = release_all(at, line)
    line.qty_steps, line.due_on = steps, request.due_on or line.due_on
    line.promised_on = max(line.due_on, line.promised_on or line.due_on) if not request.due_on else line.due_on
    line.save()
    if steps > before[0] or line.due_on < before[1]:
        must_be_confirmed_again(at, order, open_lines(at, order), at.today)
    kept = _kept_again(at, order, line, request.accepts_later) if line.open_steps else []
    surplus = surplus_of(at, [line], _less(freed, kept))
    if is_less and surplus:
        tell_surplus(at, order, REDUCED, surplus)
    return {**go(at, order, "sales.change_quantity"), "promised_on": line.promised_on, "surplus": surplus}


def _kept_again(at: At, order: SalesOrder, line: SalesLine, accepts_later: bool) -> list[Freed]:
    (found,) = keep(at, order, [line])
    if short := shortages([found]):
        raise NotCovered(field="qty", value=order.number, missing=in_words(short))
    if found.is_late and not accepts_later:
        raise LaterThanAsked(field="due_on", value=line.due_on, promised_on=found.ready_on, item=line.item.code)
    line.promised_on = max(line.promised_on or line.due_on, found.ready_on)
    line.save(update_fields=["promised_on"])
    kept: list[Freed] = []
    for cover in found.covers:
        kept += [Freed(cover.need.item, place, "", quantity) for place, quantity in cover.stock.items()]
        kept += [
            Freed(cover.need.item, each.location, each.name, each.quantity) for each in (*cover.supply, *cover.late)
        ]
    return kept


def _less(freed: Sequence[Freed], kept: Sequence[Freed]) -> list[Freed]:
    """What was given back and not kept again."""
    left: dict[tuple[int, int, str], int] = {}
    for sign, each in [*((1, each) for each in freed), *((-1, each) for each in kept)]:
        key = each.item, each.location, each.supply
        left[key] = left.get(key, 0) + sign * each.quantity
    return [Freed(*key, quantity) for key, quantity in left.items() if quantity > 0]


class CancelOrder(Opened):
    reason: Annotated[Words, Field(min_length=1)]


@command(right=SELL)
def cancel_order(at: At, request: CancelOrder) -> dict[str, object]:
    """The order falls away: what it kept is free, and what was bought or made for it is told and left as a task.
    Raises NotFound, Stale, NotFromHere, ShippedAlready, ReasonWanted."""
    order = opened(at, SalesOrder, request.id, request.version)
    must_be_open_to(order, "sales.cancel_order")
    if not request.reason:
        raise ReasonWanted(field="reason")
    if SalesLine.objects.of(at.company_id).filter(order=order, shipped_steps__gt=0).exists():
        raise ShippedAlready(field="id", value=order.number)
    surplus = given_up(at, order)
    answer = go(at, order, "sales.cancel_order", held_until=None)
    if surplus:
        tell_surplus(at, order, DROPPED, surplus)
    at.tell("order_cancelled", order, reason=request.reason)
    return {**answer, "surplus": surplus}


class CloseOrder(Opened):
    reason: Words = Field(default="", description="Wanted where something is still open.")


@command(right=SELL)
def close_order(at: At, request: CloseOrder) -> dict[str, object]:
    """Nothing more is delivered. Raises NotFound, Stale, NotFromHere, ReasonWanted where something is open."""
    order = opened(at, SalesOrder, request.id, request.version)
    must_be_open_to(order, "sales.close_order")
    if open_lines(at, order) and not request.reason:
        raise ReasonWanted(field="reason")
    surplus = given_up(at, order)
    answer = go(at, order, "sales.close_order")
    if surplus:
        tell_surplus(at, order, REDUCED, surplus)
    return {**answer, "surplus": surplus}


def given_up(at: At, order: SalesOrder) -> list[dict[str, Any]]:
    """What all of its lines kept is free; what of it, and of what was meant for them, is now surplus."""
    lines = list(SalesLine.objects.of(at.company_id).filter(order=order).select_related("item"))
    lock(at, lines)
    freed = [each for line in lines for each in release_all(at, line)]
    return [*surplus_of(at, lines, freed), *_meant(at, lines, {each.supply for each in freed})]


def _meant(at: At, lines: Sequence[SalesLine], known: Set[str]) -> list[dict[str, Any]]:
    """What is asked for, ordered or planned for these lines and was not kept for them yet."""
    found = [each for each in meant_for(at.company_id, [line.demand for line in lines]) if each.name not in known]
    items = Item.objects.of(at.company_id).in_bulk({each.item for each in found}) if found else {}
    return [
        {"item": items[each.item].code, "qty": plain(each.steps, items[each.item].decimals), "supply": each.name}
        for each in found
    ]


def surplus_of(at: At, lines: Sequence[SalesLine], freed: Sequence[Freed]) -> list[dict[str, Any]]:
    """What is no longer needed, by item: stock at places, orders that are to arrive, lots bought or made for it."""
    items = Item.objects.of(at.company_id).in_bulk({each.item for each in freed})
    places = Location.objects.of(at.company_id).in_bulk({each.location for each in freed})
    told = [
        {
            "item": items[each.item].code,
            "qty": plain(each.quantity, items[each.item].decimals),
            **({"supply": each.supply} if each.supply else {"location": places[each.location].code}),
        }
        for each in freed
    ]
    lots = Balance.objects.of(at.company_id).filter(lot__demand__in=[line.demand for line in lines], on_hand__gt=0)
    told += [
        {
            "item": row.item.code,
            "qty": plain(row.on_hand, row.item.decimals),
            "location": row.location.code,
            "lot": row.lot.code,
            "was_for": row.lot.demand,
        }
        for row in lots.select_related("item", "location", "lot").order_by("pk")
    ]
    return told


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
