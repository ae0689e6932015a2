"""Goods go back to the supplier."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from huoku.language import Sentence
from huoku.server.documents.commands.about import AddAttachment, add_attachment
from huoku.server.documents.places import place_for_goods, place_of_kind
from huoku.server.ledger.commands.movements import RecordMovement, record_movement
from huoku.server.ledger.lines import Line
from huoku.server.ledger.models import Location, Movement, Status
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import Positive
from huoku.server.platform.files import MOST_BYTES, FileName, MediaType
from huoku.server.platform.kept import change
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import Asked, Code, DueDay, Opened
from huoku.server.purchasing.commands.inspecting import must_not_exceed, received
from huoku.server.purchasing.commands.promising import revise
from huoku.server.purchasing.commands.requests import Reason
from huoku.server.purchasing.models import PurchaseLine, PurchaseOrder, PurchaseReceipt
from huoku.server.purchasing.models.orders import WITH_SUPPLIER
from huoku.server.purchasing.quantities import steps_of
from huoku.server.purchasing.rights import RECEIVE
from huoku.server.purchasing.standing import come
from huoku.server.purchasing.supplies import restate, tell_of_lateness


class OrderHasEnded(Refused):
    code, status = "order_has_ended", 409
    words = Sentence(
        "{value} 已经结束，补货请另下订单。", "{value} has ended; what is to come instead needs a new order."
    )


class Evidence(Asked):
    """A kept file: a photo, a report of the inspection."""

    name: FileName
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    size_bytes: Annotated[int, Field(ge=1, le=MOST_BYTES)]
    media_type: MediaType


class ReturnPurchaseGoods(Opened):
    qty: Positive
    reason: Reason
    status: Literal["blocked", "available"] = Field(default="blocked", description="As what it lies there.")
    location: Code | None = Field(default=None, description="Where it lies now; empty: where it was received.")
    replaced_on: DueDay | None = Field(default=None, description="When the supplier brings others; empty: never.")
    evidence: Annotated[list[Evidence], Field(max_length=20)] = []


@command(right=RECEIVE)
def return_goods(at: At, request: ReturnPurchaseGoods) -> dict[str, object]:
    """Send goods back, for others on a day or for good. Raises NotFound, Stale, NotSoMany, OrderHasEnded, NotKept,
    InsufficientStock where they do not lie there or are kept for somebody."""
    order, line, receipt = received(at, request)
    if request.replaced_on and order.state not in WITH_SUPPLIER:
        raise OrderHasEnded(field="replaced_on", value=order.number)
    steps = steps_of(line.item, request.qty)
    must_not_exceed(line, receipt.qty_steps - receipt.waiting_steps - receipt.returned_steps, steps, "qty")
    record_movement(
        at,
        RecordMovement(
            lines=[_sent_back(at, line, receipt, steps, request)], document=order.number, reason=request.reason
        ),
    )
    _count(at, order, line, steps, request)
    change(at, order, {}, is_touched=True)
    for each in request.evidence:
        file = AddAttachment(what=order._meta.label_lower, row=order.pk, **each.model_dump())
        add_attachment(at, file)
    told = change(at, receipt, {"returned_steps": receipt.returned_steps + steps, "reason": request.reason})
    at.tell("goods_returned", order, receipt=receipt.pk)
    return told


def _sent_back(at: At, line: PurchaseLine, receipt: PurchaseReceipt, steps: int, request: ReturnPurchaseGoods) -> Line:
    place = place_for_goods(at, request.location).pk if request.location else receipt.location_id
    return Line(
        kind=Movement.Kind.RETURN,
        item=line.item_id,
        quantity=steps,
        lot=receipt.lot_id,
        from_location=place,
        to_location=place_of_kind(at, Location.Kind.SUPPLIER, line.order.site_id),
        from_status=Status(request.status),
        to_status=Status(request.status),
    )


def _count(at: At, order: PurchaseOrder, line: PurchaseLine, steps: int, request: ReturnPurchaseGoods) -> None:
    returned = line.returned_steps + steps
    if request.replaced_on is None:
        come(at, line, returned_steps=returned)
        return
    before, replaced = line.expected_on, line.replaced_steps + steps
    revise(at, line, request.replaced_on, request.reason, returned_steps=returned, replaced_steps=replaced)
    restate(at, order, [line])
    tell_of_lateness(at, order, [(line, before)])
