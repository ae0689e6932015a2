"""A receipt that was entered by mistake is taken back, as long as its goods lie where they were put."""

from typing import Annotated

from pydantic import Field

from huoku.language import Sentence
from huoku.server.documents.course import must_be_open_to
from huoku.server.ledger.coming_back import free_what_came, promise_again, room_of
from huoku.server.ledger.models import Movement, Status
from huoku.server.ledger.reversing import reversed_by
from huoku.server.platform.command import At, command
from huoku.server.platform.kept import change, remove
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import Opened, Words
from huoku.server.purchasing.commands.inspecting import received
from huoku.server.purchasing.models import PurchaseLine, PurchaseReceipt
from huoku.server.purchasing.rights import RECEIVE
from huoku.server.purchasing.standing import come
from huoku.server.purchasing.supplies import name_of, restate


class ReceiptWentOn(Refused):
    code, status, is_kept = "receipt_went_on", 409, False
    words = Sentence(
        "{item} 这批货已经检验或退过，不能再撤回收货。多收的请退货。",
        "These goods of {item} have been inspected or sent back: the receipt stays. Send back what is too much.",
    )


class VoidPurchaseReceipt(Opened):
    reason: Annotated[Words, Field(min_length=1)]


@command(right=RECEIVE)
def void_receipt(at: At, request: VoidPurchaseReceipt) -> dict[str, object]:
    """Undo a receipt by the opposite of its movement: its goods are still to come, for those to whom they were
    promised. The receipt goes; what it was stays in the history.

    Raises NotFound, Stale, NotFromHere, ReceiptWentOn; InsufficientStock where the goods have been taken or are kept
    for others by now; InUse where a statement names it.
    """
    order, line, receipt = received(at, request)
    must_be_open_to(order, "purchasing.receive")  # it is to come again
    movement = Movement.objects.of(at.company_id).get(pk=receipt.movement)
    _must_be_as_it_came(line, receipt, movement)
    others = PurchaseReceipt.objects.of(at.company_id).filter(line=line).exclude(pk=receipt.pk)
    come(
        at,
        line,
        received_steps=line.received_steps - receipt.qty_steps,
        waiting_steps=line.waiting_steps - receipt.waiting_steps,
        received_on=max((each.received_on for each in others), default=None),
    )
    told = change(at, order, {}, is_touched=True)
    restate(at, order, [line])
    waiting = free_what_came(at, movement, min(receipt.qty_steps, room_of(at, name_of(line))))
    reversed_by(at, [movement.pk], request.reason)
    promise_again(at, name_of(line), waiting)
    remove(at, receipt)
    at.tell("receipt_voided", order, receipt=request.id)
    return {**told, "number": order.number, "receipt": request.id}


def _must_be_as_it_came(line: PurchaseLine, receipt: PurchaseReceipt, movement: Movement) -> None:
    """Raises ReceiptWentOn."""
    waits = receipt.qty_steps if movement.to_status == Status.QUARANTINE else 0
    if receipt.waiting_steps != waits or receipt.rejected_steps or receipt.returned_steps:
        raise ReceiptWentOn(field="id", value=receipt.pk, item=line.item.code)
