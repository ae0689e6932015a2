"""Work on an order: started, paused and resumed, operation by operation."""

from pydantic import Field

from huoku.server.documents.course import go, must_be_open_to
from huoku.server.platform.command import At, command
from huoku.server.platform.kept import opened
from huoku.server.platform.requests import Opened, Words
from huoku.server.production.models import WorkOperation, WorkOrder
from huoku.server.production.operations import opened_with_order, settle
from huoku.server.production.rights import RUN
from huoku.server.production.states import TO_BEGIN, UNDER_WAY


@command(right=RUN)
def start_order(at: At, request: Opened) -> dict[str, object]:
    """Work on the order has begun. Its first operation does that by itself. Raises NotFromHere."""
    order = opened(at, WorkOrder, request.id, request.version)
    return go(at, order, "production.start_order")


@command(right=RUN)
def start_operation(at: At, request: Opened) -> dict[str, object]:
    """Somebody is at it. Raises NotFound, Stale, NotFromHere."""
    order, operation = opened_with_order(at, request.id, request.version)
    must_be_open_to(operation, "production.start_operation")
    begin(at, order)
    return go(at, operation, "production.start_operation", started_at=at.now)


def begin(at: At, order: WorkOrder) -> None:
    """The order is in progress from its first work on."""
    if order.state in TO_BEGIN:
        start_order(at, Opened(id=order.pk))
        order.refresh_from_db(from_queryset=WorkOrder.objects.of(at.company_id))


class PauseOperation(Opened):
    cause: WorkOperation.Cause
    note: Words = Field(default="", description="What happened, in a few words.")


@command(right=RUN)
def pause_operation(at: At, request: PauseOperation) -> dict[str, object]:
    """Nobody works on it for now, or begins it, and this is why. Raises NotFound, Stale, NotFromHere."""
    order, operation = opened_with_order(at, request.id, request.version)
    told = go(at, operation, "production.pause_operation", pause_cause=request.cause.value, pause_note=request.note)
    at.tell("operation_paused", operation, order=order.number, cause=request.cause.value, note=request.note)
    return told


@command(right=RUN)
def resume_operation(at: At, request: Opened) -> dict[str, object]:
    """It goes on, or may begin; why it stood still stays in its history. Raises NotFound, Stale, NotFromHere."""
    order, operation = opened_with_order(at, request.id, request.version)
    must_be_open_to(operation, "production.resume_operation")
    to = "running" if operation.started_at else "waiting"
    told = go(at, operation, "production.resume_operation", to=to, pause_cause="", pause_note="")
    if order.state in UNDER_WAY:
        settle(at, order)
    at.tell("operation_resumed", operation, order=order.number)
    return told
