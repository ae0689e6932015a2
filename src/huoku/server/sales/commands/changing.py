"""A confirmed order changes or falls away: what it no longer needs is told at once, and somebody has to look at it."""

from copy import copy
from typing import Annotated, Any

from pydantic import Field

from huoku.server.documents.course import go, must_be_open_to
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import Amount, plain, whole
from huoku.server.platform.kept import opened
from huoku.server.platform.requests import DueDay, Id, Opened, Words
from huoku.server.sales.commands.orders import line_of
from huoku.server.sales.departments import must_be_confirmed_again
from huoku.server.sales.keeping import keep, lock, open_lines, release_all
from huoku.server.sales.lines import change_line
from huoku.server.sales.models import SalesLine, SalesOrder
from huoku.server.sales.queries.materials import Materials
from huoku.server.sales.refusals import (
    LaterThanAsked,
    NotCovered,
    ReasonWanted,
    ShippedAlready,
    TooFew,
)
from huoku.server.sales.rights import SELL
from huoku.server.sales.standing import check, in_words, shortages
from huoku.server.sales.states import SHIPPED
from huoku.server.sales.surplus import DROPPED, REDUCED, kept_by, of_ended, of_lessened, tell_surplus


class ChangeQuantity(Opened):
    line: Id
    qty: Amount = Field(description="The new quantity of the line; 0 takes it out.")
    due_on: DueDay | None = None
    accepts_later: bool = False


@command(right=SELL)
def change_quantity(at: At, request: ChangeQuantity) -> dict[str, object]:
    """More or less of one line of a confirmed order, or another day. What becomes surplus is told and left as a task.

    Raises NotFound, Stale, NotFromHere, NoSuchLine, TooFew, NotWholeSteps; where more is asked or
    sooner NotCovered, LaterThanAsked and NeedsDepartments as confirming does.
    """
    order = opened(at, SalesOrder, request.id, request.version)
    must_be_open_to(order, "sales.change_quantity")
    line = line_of(at, order, request.line)
    steps = whole(request.qty, line.item.decimals, "qty")
    if steps < line.shipped_steps:
        shipped = plain(line.shipped_steps, line.item.decimals)
        raise TooFew(field="qty", value=request.qty, shipped=shipped)
    is_less, before = steps < line.qty_steps, copy(line)
    lock(at, [line])
    freed = release_all(at, line)
    due_on = request.due_on or line.due_on
    promised_on = request.due_on or max(due_on, line.promised_on or due_on)
    change_line(at, line, qty_steps=steps, due_on=due_on, promised_on=promised_on)
    if is_more := steps > before.qty_steps or line.due_on < before.due_on:
        must_be_confirmed_again(at, order, open_lines(at, order), at.today)
    is_promised_anew = is_more or line.due_on != before.due_on
    found = _kept_again(at, order, line, is_more, is_promised_anew, request.accepts_later) if line.open_steps else None
    kept = kept_by(found) if found else []
    surplus = of_lessened(at, line, before.open_steps, freed, kept) if is_less else []
    if surplus:
        tell_surplus(at, order, REDUCED, surplus)
    told = go(at, order, "sales.change_quantity", to=_reached(at, order))
    return {**told, "promised_on": line.promised_on, "surplus": surplus}


def _reached(at: At, order: SalesOrder) -> str:
    """Where nothing is left to go and something went, it is shipped."""
    lines = SalesLine.objects.of(at.company_id).filter(order=order)
    is_shipped = any(line.shipped_steps for line in lines) and not any(line.open_steps for line in lines)
    return SHIPPED if is_shipped else order.state


def _kept_again(
    at: At, order: SalesOrder, line: SalesLine, is_more: bool, is_promised_anew: bool, accepts_later: bool
) -> Materials:
    """Keep for the line what it needs now. What was promised is not refused for being less: what is short of it is
    told, and its day stays."""
    (found,) = keep(at, order, [line])
    if short := shortages([found]):
        if is_more:
            raise NotCovered(field="qty", value=order.number, missing=in_words(short))
        check(at, order)
    elif is_promised_anew:
        if found.is_late and not accepts_later:
            raise LaterThanAsked(field="due_on", value=line.due_on, promised_on=found.ready_on, item=line.item.code)
        change_line(at, line, promised_on=max(line.promised_on or line.due_on, found.ready_on))
    return found


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
    return of_ended(at, lines, freed)
