"""From an inquiry to a promise: a provisional hold, and the order that keeps its materials."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from huoku.server.documents.course import go, must_be_open_to
from huoku.server.documents.refusals import NoLines
from huoku.server.documents.tasks import drop_tasks
from huoku.server.platform.command import At, command
from huoku.server.platform.kept import opened
from huoku.server.platform.requests import Opened
from huoku.server.sales.departments import REFUSED, must_be_confirmed_by_departments, rules_of
from huoku.server.sales.keeping import keep, open_lines, release_all
from huoku.server.sales.lines import change_line
from huoku.server.sales.models import SalesOrder
from huoku.server.sales.refusals import LaterThanAsked, NotCovered
from huoku.server.sales.rights import SELL, TAKE_OVER
from huoku.server.sales.standing import SHORTAGE, check, in_figures, in_words, shortages, told


class HoldOrder(Opened):
    hours: Annotated[int, Field(ge=1, le=24 * 90)] | None = Field(
        default=None, description="How long; the company's rule where empty."
    )


@command(right=SELL)
def hold_order(at: At, request: HoldOrder) -> dict[str, object]:
    """Keep what is there for a while, through the bill of material; what is short is told. The hold ends by itself.
    Raises NotFound, Stale, NotFromHere, NoLines."""
    order = opened(at, SalesOrder, request.id, request.version)
    must_be_open_to(order, "sales.hold_order")
    lines = open_lines(at, order)
    if not lines:
        raise NoLines(field="lines", value=order.number)
    lasts = timedelta(hours=request.hours or rules_of(at).hold_hours)
    found = keep(at, order, lines, int(lasts.total_seconds()))
    answer = go(at, order, "sales.hold_order", held_until=at.now + lasts)
    return {**answer, "held_until": order.held_until, **told(found)}


@command(right=SELL)
def release_hold(at: At, request: Opened) -> dict[str, object]:
    """The hold ends; what it kept is free for others. Raises NotFound, Stale, NotFromHere."""
    order = opened(at, SalesOrder, request.id, request.version)
    must_be_open_to(order, "sales.release_hold")
    for line in open_lines(at, order):
        release_all(at, line)
    return go(at, order, "sales.release_hold", held_until=None)


class ConfirmOrder(Opened):
    accepts_later: bool = Field(
        default=False, description="Promise the first possible day where it is after the due day."
    )


@command(right=SELL)
def confirm_order(at: At, request: ConfirmOrder) -> dict[str, object]:
    """Promise the order and keep its materials, level by level, until they are used.

    Raises NotFound, Stale, NotFromHere, NoLines; NotCovered where something is neither here nor on order;
    LaterThanAsked; NeedsDepartments where it is big or urgent.
    """
    order = opened(at, SalesOrder, request.id, request.version)
    must_be_open_to(order, "sales.confirm_order")
    lines = open_lines(at, order)
    if not lines:
        raise NoLines(field="lines", value=order.number)
    today = at.today
    must_be_confirmed_by_departments(at, order, lines, today)
    found = keep(at, order, lines)
    if short := shortages(found):
        raise NotCovered(field="lines", value=order.number, missing=in_words(short))
    for line, materials in zip(lines, found, strict=True):
        if materials.is_late and not request.accepts_later:
            raise LaterThanAsked(
                row=line.seq - 1, field="due_on", value=line.due_on, promised_on=materials.ready_on, item=line.item.code
            )
        change_line(at, line, promised_on=max(line.due_on, materials.ready_on))
    for kind in (SHORTAGE, REFUSED):
        drop_tasks(at, order, kind)
    answer = go(at, order, "sales.confirm_order", confirmed_at=at.now, held_until=None)
    at.tell("order_confirmed", order)
    return {**answer, "promised_on": [line.promised_on for line in lines]}


@command(right=TAKE_OVER)
def take_over_order(at: At, request: Opened) -> dict[str, object]:
    """An order that was promised before there was this system: it counts as confirmed for the days that the customer
    was told, whatever stock says. It keeps nothing by itself. Raises NotFound, Stale, NotFromHere."""
    order = opened(at, SalesOrder, request.id, request.version)
    must_be_open_to(order, "sales.take_over_order")
    for line in open_lines(at, order):
        change_line(at, line, promised_on=line.due_on)
    return go(at, order, "sales.take_over_order", confirmed_at=at.now)


@command(right=SELL)
def check_order(at: At, request: Opened) -> dict[str, object]:
    """Look again whether it can be delivered, and what may be promised of each line's item by its day, in figures;
    nothing is kept. Raises NotFound, Stale."""
    order = opened(at, SalesOrder, request.id, request.version)
    figures = [in_figures(at.company_id, line) for line in open_lines(at, order)]
    about = {"id": order.pk, "number": order.number, "state": order.state}
    return {**about, **told(check(at, order)), "promiseable": figures}
