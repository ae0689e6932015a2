"""Moving work on the plan by hand: an operation is put on a day or another resource, and every plan leaves it there."""

from datetime import date

from pydantic import Field

from huoku.server.documents.course import go, must_be_open_to
from huoku.server.items.models import Operation, Resource
from huoku.server.ledger.refusals import NotInUse
from huoku.server.platform.command import At, command
from huoku.server.platform.kept import named
from huoku.server.platform.requests import Code, Opened
from huoku.server.production.models import WorkOperation
from huoku.server.production.operations import opened_with_order
from huoku.server.production.refusals import AfterItsDay, DayIsPast
from huoku.server.production.rights import PLAN


class FixOperation(Opened):
    day: date = Field(description="It begins on this day. The plan lays everything else around it.")
    resource: Code | None = Field(default=None, description="Another resource that does it; else it stays where it is.")


@command(right=PLAN)
def fix_operation(at: At, request: FixOperation) -> dict[str, object]:
    """Put an operation on a day. The days of its order stay: who wants them others changes the order.

    Raises NotFound, Stale, NotFromHere, Unknown, NotInUse, DayIsPast, AfterItsDay.
    """
    order, operation = opened_with_order(at, request.id, request.version)
    must_be_open_to(operation, "production.fix_operation")
    if request.day < at.today:
        raise DayIsPast(field="day", value=request.day)
    if request.day > order.due_on:
        raise AfterItsDay(field="day", value=request.day, number=order.number, due=order.due_on)
    resource = operation.resource_id
    if request.resource is not None:
        there = named(at, Resource, "resource", request.resource)
        if not there.is_active:
            raise NotInUse(field="resource", value=there.code)
        resource = there.pk
    return _moved(at, operation, "production.fix_operation", fixed_on=request.day, resource_id=resource)


@command(right=PLAN)
def unfix_operation(at: At, request: Opened) -> dict[str, object]:
    """Let the plan lay the operation again, at the resource of its routing. Raises NotFound, Stale, NotFromHere."""
    order, operation = opened_with_order(at, request.id, request.version)
    routing = Operation.objects.of(at.company_id).filter(parent=order.item_id, seq=operation.seq).first()
    resource = routing.resource_id if routing else operation.resource_id
    return _moved(at, operation, "production.unfix_operation", fixed_on=None, resource_id=resource)


def _moved(
    at: At, operation: WorkOperation, step: str, *, fixed_on: date | None, resource_id: int | None
) -> dict[str, object]:
    is_moved = (operation.fixed_on, operation.resource_id) != (fixed_on, resource_id)
    told = go(at, operation, step, fixed_on=fixed_on, resource_id=resource_id)
    if is_moved:
        at.tell("work_moved", operation, operation=operation.number, day=fixed_on.isoformat() if fixed_on else None)
    return told
