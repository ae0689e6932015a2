"""The operations of one order: which is ready, which is done, how much can still be reported of each."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import ceil
from typing import Any

from huoku.server.items.models import Operation
from huoku.server.platform.command import At
from huoku.server.platform.kept import change, opened, rows_for
from huoku.server.platform.refusals import NotFound
from huoku.server.production.models import WorkOperation, WorkOrder

FIRST_SEQ = 10
"""An item without a routing is made in one operation, so that its work can be reported too."""


def routings(company_id: int, items: Iterable[int]) -> dict[int, list[Operation]]:
    """The routings of items as they stand now."""
    found: dict[int, list[Operation]] = defaultdict(list)
    for each in Operation.objects.of(company_id).filter(parent__in=set(items)).order_by("parent", "seq"):
        found[each.parent_id].append(each)
    return found


def planned_operations(at: At, order: WorkOrder, routing: Sequence[Operation]) -> list[WorkOperation]:
    """The operations of an order by the routing of its item, not saved yet."""
    steps: list[dict[str, Any]] = [
        {
            "seq": each.seq,
            "resource_id": each.resource_id,
            "name": each.name,
            "setup_minutes_millionths": each.setup_minutes_millionths,
            "run_minutes_millionths": each.run_minutes_millionths,
        }
        for each in routing
    ]
    return [
        WorkOperation(
            company_id=at.company_id,
            order=order,
            number=f"{order.number}/{step['seq']}",
            state="waiting",
            site_id=order.site_id,
            made_at=at.now,
            made_by=at.actor.user,
            **step,
        )
        for step in steps or [{"seq": FIRST_SEQ}]
    ]


def operations_of(at: At, order: WorkOrder) -> list[WorkOperation]:
    return list(WorkOperation.objects.of(at.company_id).filter(order=order).order_by("seq"))


def opened_with_order(at: At, id: int, version: int | None) -> tuple[WorkOrder, WorkOperation]:
    """An operation and its order, locked in the order in which everybody locks them. Raises NotFound, Stale."""
    found = rows_for(at.actor, WorkOperation).filter(pk=id).first()
    if found is None:
        raise NotFound(what="workoperation", field="id", value=id)
    order = opened(at, WorkOrder, found.order_id, None)
    return order, opened(at, WorkOperation, id, version)


def came_to(operations: Sequence[WorkOperation], order: WorkOrder, at_seq: int) -> int:
    """How much has come to the operation at this seq: what the one before it has passed on; to the first, all."""
    before = [each for each in operations if each.seq < at_seq]
    return before[-1].good_steps if before else order.qty_steps


def possible(operations: Sequence[WorkOperation], order: WorkOrder, operation: WorkOperation) -> int:
    """How much can still be reported of an operation."""
    return came_to(operations, order, operation.seq) - operation.reported_steps


def planned_minutes(operation: WorkOperation, steps: int, decimals: int) -> int:
    """Millionths of a minute that so much work should take; the setup belongs to the first report."""
    setup = 0 if operation.reported_steps else operation.setup_minutes_millionths
    return setup + ceil(Fraction(operation.run_minutes_millionths * steps, 10**decimals))


def settle(at: At, order: WorkOrder) -> None:
    """Let the operations follow what was reported: one is ready once something has come to it, and done once all that
    will ever come has been reported."""
    come, is_all = order.qty_steps, True
    for each in operations_of(at, order):
        is_done = is_all and each.reported_steps == come
        if is_done:
            follow(at, each, "done")
        elif each.state == "done":
            follow(at, each, "running")
        elif each.state == "waiting" and come:
            follow(at, each, "ready")
        come, is_all = each.good_steps, is_done


def leave_to_plan(at: At, order: WorkOrder) -> None:
    """Work that was put on a day on which the order has to be done is on no day any more."""
    for each in operations_of(at, order):
        if each.fixed_on and each.fixed_on > order.due_on:
            change(at, each, {"fixed_on": None})


def end_all(at: At, order: WorkOrder) -> None:
    """The order has ended, and so has all work on it."""
    for each in operations_of(at, order):
        follow(at, each, "done")


def follow(at: At, operation: WorkOperation, state: str) -> None:
    """Bring an operation to the state that follows from its order and the operations before it: nobody's step."""
    if operation.state != state:
        change(at, operation, {"state": state})
