"""The end of a transfer before all of it was sent."""

from huoku.server.documents.course import go, must_be_open_to
from huoku.server.ledger.refusals import ReasonNeeded
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import plain
from huoku.server.platform.kept import opened
from huoku.server.platform.requests import Opened, Words
from huoku.server.warehouse.keeping import give_up
from huoku.server.warehouse.models import Transfer
from huoku.server.warehouse.refusals import StillUnderWay
from huoku.server.warehouse.rights import APPROVE, ASK
from huoku.server.warehouse.standing import lines_of
from huoku.server.warehouse.states import COURSE
from huoku.server.warehouse.supplies import restate


class EndTransfer(Opened):
    reason: Words = ""


@command(right=APPROVE)
def close_transfer(at: At, request: EndTransfer) -> dict[str, object]:
    """The rest is not sent: what is kept for it is free again, and whoever counted on it is told.

    Raises NotFound, Stale, NotFromHere, StillUnderWay, ReasonNeeded.
    """
    transfer = opened(at, Transfer, request.id, request.version)
    must_be_open_to(transfer, "warehouse.close_transfer")
    for line in lines_of(at, transfer):
        if line.under_way_steps:
            value = plain(line.under_way_steps, line.item.decimals)
            raise StillUnderWay(row=line.seq - 1, field="id", value=value, seq=line.seq, item=line.item.code)
    if not request.reason:
        raise ReasonNeeded(field="reason")
    return _end(at, transfer, "warehouse.close_transfer", request.reason)


@command(right=ASK)
def cancel_transfer(at: At, request: EndTransfer) -> dict[str, object]:
    """It is not carried after all. Once it was approved, that takes the right to approve, and a reason.

    Raises NotFound, Stale, NotFromHere, NotAllowed, ReasonNeeded.
    """
    transfer = opened(at, Transfer, request.id, request.version)
    must_be_open_to(transfer, "warehouse.cancel_transfer")
    if transfer.state == "approved":
        at.actor.must(APPROVE)
    if transfer.state != COURSE.start and not request.reason:
        raise ReasonNeeded(field="reason")
    return _end(at, transfer, "warehouse.cancel_transfer", request.reason)


def _end(at: At, transfer: Transfer, step: str, reason: str) -> dict[str, object]:
    lines = lines_of(at, transfer)
    for line in lines:
        give_up(at, transfer, line)
    told = go(at, transfer, step, end_reason=reason)
    restate(at, transfer, lines)
    return told
