"""An inspection and a return to the supplier, undone by the opposites of their movements."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from huoku.server.ledger.coming_back import room_of
from huoku.server.ledger.models import Movement, Status
from huoku.server.ledger.taken_steps import TakenStep, promised_again, step_of, take_back_step
from huoku.server.platform.command import At, command
from huoku.server.platform.kept import change
from huoku.server.platform.refusals import NotFound
from huoku.server.platform.requests import Opened, Words
from huoku.server.purchasing.commands.inspecting import received
from huoku.server.purchasing.commands.voiding import ReceiptWentOn
from huoku.server.purchasing.models import PurchaseLine, PurchaseReceipt
from huoku.server.purchasing.rights import RECEIVE
from huoku.server.purchasing.standing import come
from huoku.server.purchasing.supplies import name_of, no_longer_short, restate


class VoidInspection(Opened):
    movement: UUID = Field(description="One of those that the inspection entered.")
    reason: Annotated[Words, Field(min_length=1)]


@command(right=RECEIVE)
def void_inspection(at: At, request: VoidInspection) -> dict[str, object]:
    """What was inspected waits again, and is promised to those to whom it was; the supplier is not charged with it.

    Raises NotFound, Stale, ReceiptWentOn where some of it was sent back; ReservationEnded, InsufficientStock where the
    goods have gone on.
    """
    order, line, receipt = received(at, request)
    step = _step(at, order.number, line, receipt, request.movement, Movement.Kind.STATUS)
    said = {each.to_status: each.quantity for each in step.movements}
    accepted, rejected = said.get(Status.AVAILABLE, 0), said.get(Status.BLOCKED, 0)
    waiting = receipt.waiting_steps + accepted + rejected
    if rejected > receipt.rejected_steps or receipt.returned_steps > receipt.qty_steps - waiting:
        raise ReceiptWentOn(field="id", value=receipt.pk, item=line.item.code)
    come(
        at,
        line,
        waiting_steps=line.waiting_steps + accepted + rejected,
        rejected_steps=line.rejected_steps - rejected,
    )
    change(at, order, {}, is_touched=True)
    restate(at, order, [line])
    if promised_again(at, take_back_step(at, step, request.reason)):
        no_longer_short(at, order, line)
    left = receipt.rejected_steps - rejected
    values = {"waiting_steps": waiting, "rejected_steps": left}
    told = change(at, receipt, {**values, "reason": receipt.reason if left or receipt.returned_steps else ""})
    at.tell("inspection_voided", order, receipt=receipt.pk)
    return told


class VoidReturn(VoidInspection):
    is_replaced: bool = Field(default=False, description="Others were to come instead.")
    revised_on: date | None = Field(default=None, description="The day that the supplier had given before.")


@command(right=RECEIVE)
def void_return(at: At, request: VoidReturn) -> dict[str, object]:
    """Goods that were sent back lie here again, and nothing comes instead.

    Raises NotFound, Stale, ReceiptWentOn where what was to come instead is promised to somebody by now.
    """
    order, line, receipt = received(at, request)
    step = _step(at, order.number, line, receipt, request.movement, Movement.Kind.RETURN)
    steps = sum(each.quantity for each in step.movements)
    instead = steps if request.is_replaced else 0
    is_less = receipt.returned_steps < steps or line.returned_steps < steps or line.replaced_steps < instead
    if is_less or (instead and room_of(at, name_of(line)) < min(instead, line.open_steps)):
        raise ReceiptWentOn(field="id", value=receipt.pk, item=line.item.code)
    values: dict[str, Any] = {"returned_steps": line.returned_steps - steps}
    if instead:
        values |= {"replaced_steps": line.replaced_steps - instead, "revised_on": request.revised_on}
    come(at, line, **values)
    change(at, order, {}, is_touched=True)
    restate(at, order, [line])
    take_back_step(at, step, request.reason)
    left = receipt.returned_steps - steps
    told = change(
        at, receipt, {"returned_steps": left, "reason": receipt.reason if left or receipt.rejected_steps else ""}
    )
    at.tell("return_voided", order, receipt=receipt.pk)
    return told


def _step(
    at: At, number: str, line: PurchaseLine, receipt: PurchaseReceipt, movement: UUID, kind: Movement.Kind
) -> TakenStep:
    """Raises NotFound where the movement is not one of such a step with this receipt's goods."""
    step = step_of(at, movement, number)
    goods = {(each.kind, each.item_id, each.lot_id) for each in step.movements}
    if goods != {(kind, line.item_id, receipt.lot_id)}:
        raise NotFound(field="movement", value=movement, what="movement")
    return step
