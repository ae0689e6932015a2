"""What came is looked at: good goods go into stock, bad ones are blocked."""

from typing import Any

from pydantic import Field

from huoku.language import Sentence
from huoku.server.documents.places import place_for_goods
from huoku.server.ledger.commands.movements import RecordMovement, record_movement
from huoku.server.ledger.lines import Line
from huoku.server.ledger.models import Movement, Status
from huoku.server.ledger.refusals import ReasonNeeded
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import Amount, plain
from huoku.server.platform.kept import change, opened, rows_for
from huoku.server.platform.refusals import NotFound, Refused
from huoku.server.platform.requests import Code, Opened, Words
from huoku.server.purchasing.models import PurchaseLine, PurchaseOrder, PurchaseReceipt
from huoku.server.purchasing.quantities import steps_of
from huoku.server.purchasing.rights import RECEIVE
from huoku.server.purchasing.standing import come
from huoku.server.purchasing.supplies import restate, supply_id


class NotSoMany(Refused):
    code = "not_so_many"
    words = Sentence("这里只有 {most}，不是 {value}。", "There are {most} of it here, not {value}.")


class NothingSaid(Refused):
    code = "nothing_said"
    words = Sentence("请写明合格数或不合格数。", "Say how many are good or how many are not.")


class InspectPurchaseReceipt(Opened):
    accepted: Amount = Field(default="0", validate_default=True)
    rejected: Amount = Field(default="0", validate_default=True)
    location: Code | None = Field(default=None, description="Where it lies now; empty: where it was received.")
    reason: Words = Field(default="", description="Why some are rejected.")


@command(right=RECEIVE)
def inspect(at: At, request: InspectPurchaseReceipt) -> dict[str, object]:
    """All or a part of what waits is good, or not. Good goods are kept for those to whom they were promised; what is
    rejected is blocked and no longer counted on.

    Raises NotFound, Stale, NothingSaid, NotSoMany, ReasonNeeded, InsufficientStock.
    """
    order, line, receipt = received(at, request)
    accepted = steps_of(line.item, request.accepted, "accepted")
    rejected = steps_of(line.item, request.rejected, "rejected")
    if accepted + rejected == 0:
        raise NothingSaid(field="accepted")
    must_not_exceed(line, receipt.waiting_steps, accepted + rejected, "accepted")
    if rejected and not request.reason:
        raise ReasonNeeded(field="reason")
    place = place_for_goods(at, request.location).pk if request.location else receipt.location_id
    released = _released(at, line, receipt, place, accepted, rejected)
    recorded = record_movement(at, RecordMovement(lines=released, document=order.number, reason=request.reason))
    come(
        at,
        line,
        waiting_steps=line.waiting_steps - accepted - rejected,
        rejected_steps=line.rejected_steps + rejected,
    )
    change(at, order, {}, is_touched=True)
    told = change(
        at,
        receipt,
        {
            "waiting_steps": receipt.waiting_steps - accepted - rejected,
            "rejected_steps": receipt.rejected_steps + rejected,
            "reason": request.reason or receipt.reason,
        },
    )
    restate(at, order, [line])
    return {**told, "reservations": recorded["reservations"]}


def _released(
    at: At, line: PurchaseLine, receipt: PurchaseReceipt, place: int, accepted: int, rejected: int
) -> list[Line]:
    same: dict[str, Any] = {
        "kind": Movement.Kind.STATUS,
        "item": line.item_id,
        "lot": receipt.lot_id,
        "from_location": place,
        "to_location": place,
        "from_status": Status.QUARANTINE,
    }
    lines = []
    if accepted:
        lines.append(Line(quantity=accepted, to_status=Status.AVAILABLE, supply=supply_id(at, line), **same))
    if rejected:
        lines.append(Line(quantity=rejected, to_status=Status.BLOCKED, **same))
    return lines


def received(at: At, request: Opened) -> tuple[PurchaseOrder, PurchaseLine, PurchaseReceipt]:
    """A receipt with its line and its order, locked from the order down. Raises NotFound, Stale."""
    known = rows_for(at.actor, PurchaseReceipt).filter(pk=request.id).select_related("line").first()
    if known is None:
        raise NotFound(field="id", value=request.id, what="purchasereceipt")
    order = opened(at, PurchaseOrder, known.line.order_id, None)
    line = PurchaseLine.objects.of(at.company_id).select_related("item").get(pk=known.line_id)
    return order, line, opened(at, PurchaseReceipt, request.id, request.version)


def must_not_exceed(line: PurchaseLine, most: int, steps: int, field: str) -> None:
    """Raises NotSoMany."""
    if steps > most:
        digits = line.item.decimals
        raise NotSoMany(field=field, value=plain(steps, digits), most=plain(most, digits))
