"""Goods leave the origin: what is kept for the transfer is picked, and lies on its way from then on."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from huoku.server.documents.course import go, must_be_open_to
from huoku.server.ledger.commands.picking import PostReservation, post_reservation
from huoku.server.ledger.commands.reservations import Reserve, Wish, reserve
from huoku.server.ledger.models import Movement
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import Positive, plain, whole
from huoku.server.platform.kept import add, change, opened
from huoku.server.platform.requests import Asked, Id, Opened
from huoku.server.warehouse.keeping import kept_for
from huoku.server.warehouse.models import Transfer, TransferLine, TransferPart
from huoku.server.warehouse.places import at_both_ends, must_work_at
from huoku.server.warehouse.refusals import MoreThanToSend, NothingSaid
from huoku.server.warehouse.rights import CARRY
from huoku.server.warehouse.standing import line_in, lines_of
from huoku.server.warehouse.supplies import restate


class SentLine(Asked):
    line: Id
    qty: Positive | None = Field(default=None, description="Empty: all that is still to be sent.")


class SendTransfer(Opened):
    lines: Annotated[list[SentLine], Field(max_length=1_000)] = Field(default=[], description="None named: all of it.")


@command(right=CARRY)
def send_transfer(at: At, request: SendTransfer) -> dict[str, object]:
    """Send lines, in whole or in part: lots that expire first, as long as they are good on the day of arrival.

    Raises NotFound, Stale, NotFromHere, NotYourSite, Unknown, NothingSaid, MoreThanToSend, NotWholeSteps,
    InsufficientStock.
    """
    transfer = opened(at, Transfer, request.id, request.version)
    must_be_open_to(transfer, "warehouse.send_transfer")
    must_work_at(at, transfer.origin)
    lines = lines_of(at, transfer)
    wanted = _wanted(lines, request.lines)
    if not any(wanted.values()):
        raise NothingSaid(field="lines")
    by_item = sorted(wanted.items(), key=lambda each: (each[0].item_id, each[0].seq))
    for line, steps in by_item:
        _send(at, transfer, line, steps)
    told = go(at, transfer, "warehouse.send_transfer")
    restate(at, transfer, lines)
    at.tell("transfer_sent", transfer, lines=[line.pk for line, steps in by_item if steps])
    return told


def _wanted(lines: Sequence[TransferLine], asked: Sequence[SentLine]) -> dict[TransferLine, int]:
    """How many steps of each line. Raises Unknown, MoreThanToSend, NotWholeSteps."""
    if not asked:
        return {line: line.to_send_steps for line in lines}
    wanted: dict[TransferLine, int] = defaultdict(int)
    for row, each in enumerate(asked):
        line = line_in(lines, each.line, row)
        digits = line.item.decimals
        wanted[line] += line.to_send_steps if each.qty is None else whole(each.qty, digits, "qty")
        if wanted[line] > line.to_send_steps:
            most, value = plain(line.to_send_steps, digits), plain(wanted[line], digits)
            raise MoreThanToSend(row=row, field="qty", value=value, seq=line.seq, most=most)
    return wanted


def _send(at: At, transfer: Transfer, line: TransferLine, steps: int) -> None:
    left = steps
    for kept in kept_for(at.company_id, line):
        quantity = min(left, kept.open_quantity)
        if quantity <= 0:
            continue
        taken = PostReservation(
            reservation=kept.pk,
            to_location=transfer.transit_id,
            quantity=quantity,
            kind=Movement.Kind.TRANSFER,
            need_on=max(transfer.expected_on, at.today),
            document=transfer.number,
        )
        by_lot: dict[int, int] = defaultdict(int)
        for movement in post_reservation(at_both_ends(at), taken)["movements"]:
            by_lot[movement["lot"]] += movement["quantity"]
        for lot, on_its_way in by_lot.items():
            _part(at, transfer, line, kept.location_id, lot, on_its_way)
        left -= quantity
    if left:
        digits = line.item.decimals
        most, value = plain(steps - left, digits), plain(steps, digits)
        raise MoreThanToSend(row=line.seq - 1, field="qty", value=value, seq=line.seq, most=most)
    change(at, line, {"sent_steps": line.sent_steps + steps})


def _part(at: At, transfer: Transfer, line: TransferLine, origin: int, lot: int, steps: int) -> None:
    """What is on its way stays the transfer's: nobody else takes it there."""
    wish = Wish(item=line.item_id, location=transfer.transit_id, quantity=steps, lot=lot)
    asked = Reserve(lines=[wish], demand=line.ledger_name, priority=transfer.priority, need_on=transfer.expected_on)
    (kept,) = reserve.body(at_both_ends(at), asked)["reservations"]
    part = TransferPart(
        line=line, lot_id=lot, origin_id=origin, reservation=kept["id"], sent_on=at.today, sent_steps=steps
    )
    add(at, part)
