"""Reporting work: how many are good, how many scrap, how long it took."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from huoku.server.documents.course import go, must_be_open_to
from huoku.server.ledger.refusals import NotYet, ReasonNeeded
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import Amount, plain, whole
from huoku.server.platform.hooks import lines_to_take
from huoku.server.platform.kept import change
from huoku.server.platform.requests import Asked, Code, Count, Moment, Opened, Words
from huoku.server.production.commands.orders import still_to_come
from huoku.server.production.commands.work import begin
from huoku.server.production.components import Components
from huoku.server.production.consumption import Deduction, due
from huoku.server.production.making import consume, make
from huoku.server.production.models import JobReport, WorkOperation, WorkOrder
from huoku.server.production.operations import opened_with_order, operations_of, planned_minutes, possible, settle
from huoku.server.production.output import state_output
from huoku.server.production.refusals import MoreThanPossible, NothingReported
from huoku.server.production.rights import RUN


class UsedComponent(Asked):
    line: Count = Field(description="The component's seq in the order.")
    quantity: Amount


class ReportOperation(Opened):
    """What is left out is as planned: all that can still be reported is good, in the minutes that it should take."""

    good: Amount | None = None
    scrap: Amount | None = None
    minutes: Amount | None = None
    cause: Words = Field(default="", description="Why it is scrap; wanted where there is any.")
    lot: Code | None = Field(default=None, description="Of what was made; the order's number where none is given.")
    expires_on: date | None = None
    serials: Annotated[list[Code], Field(max_length=1000)] = []
    used: Annotated[list[UsedComponent], Field(max_length=1000)] = Field(
        default=[], description="What was really used of a component; the rest by the recipe."
    )
    reported_at: Moment | None = None


@command(right=RUN)
def report_operation(at: At, request: ReportOperation) -> dict[str, object]:
    """Report an operation, wholly or in part. Pieces that are good at the last one are made: they come to their place,
    and what they and the scrap have used leaves the work.

    Raises NotFromHere, NothingReported, MoreThanPossible, ReasonNeeded of scrap, MaterialMissing, SerialsNeeded.
    """
    order, operation = opened_with_order(at, request.id, request.version)
    must_be_open_to(operation, "production.report_operation")
    begin(at, order)
    operations = operations_of(at, order)
    most = possible(operations, order, operation)
    good, scrap = _reported(request, order, operation, most)
    minutes = planned_minutes(operation, good + scrap, order.item.decimals)
    if request.minutes is not None:
        minutes = whole(request.minutes, 6, "minutes")
    _keep_report(at, request, operation, good, scrap, minutes)
    is_done = good + scrap == most and _is_final(operations, operation)
    told = go(
        at,
        operation,
        "production.report_operation",
        to="done" if is_done else "running",
        good_steps=operation.good_steps + good,
        scrap_steps=operation.scrap_steps + scrap,
        minutes_millionths=operation.minutes_millionths + minutes,
        started_at=operation.started_at or at.now,
    )
    settle(at, order)
    lots = _into_stock(at, request, order, operation, good, scrap)
    decimals = order.item.decimals
    return {**told, "good": plain(good, decimals), "scrap": plain(scrap, decimals), "lots": lots}


def _reported(request: ReportOperation, order: WorkOrder, operation: WorkOperation, most: int) -> tuple[int, int]:
    decimals = order.item.decimals
    scrap = whole(request.scrap, decimals, "scrap") if request.scrap is not None else 0
    good = max(0, most - scrap) if request.good is None else whole(request.good, decimals, "good")
    if good + scrap == 0:
        raise NothingReported(field="good")
    if good + scrap > most:
        raise MoreThanPossible(
            field="good",
            value=plain(good + scrap, decimals),
            number=operation.number,
            possible=plain(most, decimals),
        )
    if scrap and not request.cause:
        raise ReasonNeeded(field="cause")
    return good, scrap


def _is_final(operations: Sequence[WorkOperation], operation: WorkOperation) -> bool:
    """Nothing more will come to it."""
    return all(each.state == "done" for each in operations if each.seq < operation.seq)


def _keep_report(
    at: At, request: ReportOperation, operation: WorkOperation, good: int, scrap: int, minutes: int
) -> None:
    reported_at = request.reported_at or at.now
    if reported_at > at.now:
        raise NotYet(field="reported_at", value=reported_at.isoformat())
    at.insert(
        JobReport,
        operation_id=operation.pk,
        good_steps=good,
        scrap_steps=scrap,
        minutes_millionths=minutes,
        cause=request.cause,
        reported_at=reported_at,
        reported_by_id=at.actor.user.pk if at.actor.user else None,
    )
    at.tell("work_reported", operation, good=good, scrap=scrap)


def _into_stock(
    at: At, request: ReportOperation, order: WorkOrder, operation: WorkOperation, good: int, scrap: int
) -> list[Any]:
    """Consume what the pieces have used, and make what is good at the last operation. Returns the lots made."""
    operations = operations_of(at, order)
    components = Components(at, order)
    made = good if operation.seq == operations[-1].seq else 0
    if not made and not scrap:
        return []
    used = {components.of(each.line).pk: _used(components, each) for each in request.used}
    taken = _by_own_rules(at, request, components, due(components, operations, order.item.decimals, used))
    consumed = consume(at, order, components, taken)
    components.save()
    lots: list[Any] = []
    if made:
        lots = make(
            at,
            order,
            made,
            consumed,
            lot_code=request.lot or "",
            expires_on=request.expires_on,
            serials=request.serials,
        )
        change(at, order, {"made_steps": order.made_steps + made})
    state_output(at, order, still_to_come(at, order))
    return lots


def _by_own_rules(at: At, request: ReportOperation, components: Components, taken: dict[int, int]) -> dict[int, int]:
    """What the rules of this factory make of it (``hooks.DEDUCT``): whole boxes, or nothing where it is weighed."""
    lines = [Deduction(each, taken[each.pk]) for each in components if taken.get(each.pk)]
    return {line.component.pk: line.steps for line in lines_to_take(at, report_operation.name, request, lines)}


def _used(components: Components, used: UsedComponent) -> int:
    return whole(used.quantity, components.of(used.line).item.decimals, "used")
