"""The end of an order: finished, closed, or cancelled, with what becomes of its materials."""

from pydantic import Field

from huoku.language import Sentence
from huoku.server.documents.course import go, must_be_open_to
from huoku.server.documents.tasks import leave_task
from huoku.server.ledger.handing import give_back
from huoku.server.ledger.models import Location
from huoku.server.ledger.refusals import ReasonNeeded
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import plain
from huoku.server.platform.kept import opened
from huoku.server.platform.requests import Code, Opened, Words
from huoku.server.platform.roles import Role
from huoku.server.production.commands.issues import move_back
from huoku.server.production.commands.picks import drop_lines_of
from huoku.server.production.components import Components, kept_for, named
from huoku.server.production.covering import tell_shortages
from huoku.server.production.lots import lots_at_work
from huoku.server.production.models import WorkOrder
from huoku.server.production.operations import end_all
from huoku.server.production.output import state_output
from huoku.server.production.places import STORES, place_named
from huoku.server.production.refusals import WorkInProgressLeft
from huoku.server.production.rights import CLOSE, RELEASE, RUN

LEFT = Sentence(
    "工单 {number} 已取消，在制 {place} 还有它的料：{left}。请退库或转给别的工单。",
    "Work order {number} is cancelled; its materials still lie at {place}: {left}. Bring them back or use them up.",
)


class FinishWorkOrder(Opened):
    reason: Words = Field(default="", description="Wanted where less was made than ordered.")


@command(right=RUN)
def finish_order(at: At, request: FinishWorkOrder) -> dict[str, object]:
    """Nothing more will come of it: what is kept for it is free, promises on the rest are told, and what still lies at
    the work is named, to be returned. Raises NotFromHere, ReasonNeeded."""
    order = opened(at, WorkOrder, request.id, request.version)
    must_be_open_to(order, "production.finish_order")
    short = order.qty_steps - order.made_steps
    if short > 0 and not request.reason:
        raise ReasonNeeded(field="reason")
    told = go(at, order, "production.finish_order", end_reason=request.reason)
    _end(at, order)
    return {**told, "short": plain(max(0, short), order.item.decimals), "left": _left(Components(at, order))}


class CloseWorkOrder(Opened):
    reason: Words = Field(default="", description="Wanted where materials stay at the work.")


@command(right=CLOSE)
def close_order(at: At, request: CloseWorkOrder) -> dict[str, object]:
    """The books of the order are closed. Raises NotFromHere, WorkInProgressLeft unless a reason is given: then what
    lies at the work stays there, as stock of that place."""
    order = opened(at, WorkOrder, request.id, request.version)
    must_be_open_to(order, "production.close_order")
    left = _left(Components(at, order))
    if left and not request.reason:
        raise WorkInProgressLeft(field="reason", number=order.number, left=", ".join(left))
    told = go(at, order, "production.close_order", end_reason=request.reason or order.end_reason)
    return {**told, "left": left}


class CancelWorkOrder(Opened):
    reason: Words
    return_to: Code | None = Field(
        default=None, description="Where what was issued comes back to; else it stays at the work."
    )


@command(right=RELEASE)
def cancel_order(at: At, request: CancelWorkOrder) -> dict[str, object]:
    """It is not made, or not made any further. What was issued comes back, or stays as stock of the work's place with a
    task for the store; what was kept for it is free; who was promised its output is told. Raises NotFromHere."""
    order = opened(at, WorkOrder, request.id, request.version)
    must_be_open_to(order, "production.cancel_order")
    if not request.reason:
        raise ReasonNeeded(field="reason")
    target = place_named(at, "return_to", request.return_to, *STORES) if request.return_to else None
    told = go(at, order, "production.cancel_order", end_reason=request.reason)
    _end(at, order)
    components = Components(at, order)
    if target:
        _return_all(at, order, components, target)
    left = _left(components)
    if left:
        leave_task(
            at,
            order,
            "work_in_progress_left",
            Role.STOREKEEPER,
            LEFT,
            facts={"left": left},
            number=order.number,
            place=order.work_in_progress.code,
            left=", ".join(left),
        )
    return {**told, "left": left}


def _end(at: At, order: WorkOrder) -> None:
    """Nothing is fetched, kept or expected for it any more."""
    end_all(at, order)
    drop_lines_of(at, order)
    give_back(at, {row.pk: row.open_quantity for row in kept_for(at.company_id, order)})
    tell_shortages(at, order, [])
    state_output(at, order, 0)


def _return_all(at: At, order: WorkOrder, components: Components, target: Location) -> None:
    lots = lots_at_work(at, order, [row.item_id for row in components.left()])
    move_back(at, order, components, lots, target)
    for row in components.left():
        row.returned_steps += row.in_progress_steps
    components.save()


def _left(components: Components) -> list[str]:
    return [named(row, row.in_progress_steps) for row in components.left()]
