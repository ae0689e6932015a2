"""The end of an order: all has come, or no more will."""

from huoku.language import Sentence
from huoku.server.documents.course import go, must_be_open_to
from huoku.server.ledger.refusals import ReasonNeeded
from huoku.server.platform.command import At, command
from huoku.server.platform.kept import opened
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import Opened, Words
from huoku.server.purchasing.models import PurchaseLine, PurchaseOrder
from huoku.server.purchasing.releasing import release_requests
from huoku.server.purchasing.rights import ORDER
from huoku.server.purchasing.standing import come, lines_by_id
from huoku.server.purchasing.supplies import restate, told_short


class InspectionOpen(Refused):
    code, status, is_kept = "inspection_open", 409, False
    words = Sentence("第 {seq} 行还有货待检，检完再关闭。", "Of line {seq} some still wait for inspection.")


class ReceivedAlready(Refused):
    code, status = "received_already", 409
    words = Sentence(
        "{value} 已经收过货，不能取消，只能关闭。", "Some of {value} has come; it cannot be cancelled, only closed."
    )


class EndPurchaseOrder(Opened):
    reason: Words = ""


@command(right=ORDER)
def close(at: At, request: EndPurchaseOrder) -> dict[str, object]:
    """Nothing more is expected. Where something was, it is closed short: that wants a reason, and whoever was promised
    it is told. Raises NotFound, Stale, NotFromHere, InspectionOpen, ReasonNeeded."""
    order = opened(at, PurchaseOrder, request.id, request.version)
    must_be_open_to(order, "purchasing.close")
    lines = list(lines_by_id(at, order).values())
    for line in lines:
        if line.waiting_steps:
            raise InspectionOpen(field="id", value=order.number, seq=line.seq)
    if any(line.open_steps for line in lines) and not request.reason:
        raise ReasonNeeded(field="reason")
    return _end(at, order, lines, "purchasing.close", request.reason)


@command(right=ORDER)
def cancel(at: At, request: EndPurchaseOrder) -> dict[str, object]:
    """It is not bought after all; requests on it are open again. A reason is wanted once it was approved.

    Raises NotFound, Stale, NotFromHere, ReceivedAlready, ReasonNeeded.
    """
    order = opened(at, PurchaseOrder, request.id, request.version)
    must_be_open_to(order, "purchasing.cancel")
    lines = list(lines_by_id(at, order).values())
    if any(line.received_steps for line in lines):
        raise ReceivedAlready(field="id", value=order.number)
    if order.state != "draft" and not request.reason:
        raise ReasonNeeded(field="reason")
    told = _end(at, order, lines, "purchasing.cancel", request.reason)
    release_requests(at, lines)
    return told


def _end(at: At, order: PurchaseOrder, lines: list[PurchaseLine], step: str, reason: str) -> dict[str, object]:
    for line in lines:
        come(at, line, cancelled_steps=line.cancelled_steps + line.open_steps)
    earlier = told_short(at, order)
    told = go(at, order, step, end_reason=reason)
    restate(at, order, lines, earlier)
    return told
