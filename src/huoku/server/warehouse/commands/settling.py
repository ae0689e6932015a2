"""What was sent and did not arrive: it had not left after all, or it is lost."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from huoku.server.documents.course import go, must_be_open_to
from huoku.server.documents.places import place_of_kind
from huoku.server.ledger.commands.movements import RecordMovement, WriteOff, record_movement, write_off
from huoku.server.ledger.doubting import ask_for_a_count
from huoku.server.ledger.lines import Line
from huoku.server.ledger.models import CountTask, Location, Movement
from huoku.server.ledger.queries.costs import about
from huoku.server.platform import approvals
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import Amount, plain, whole
from huoku.server.platform.kept import change, opened, rows_for
from huoku.server.platform.requests import Asked, Code, Id, Opened, Words
from huoku.server.warehouse.models import Transfer, TransferLine, TransferPart
from huoku.server.warehouse.places import at_both_ends
from huoku.server.warehouse.refusals import MoreThanUnderWay, NothingSaid
from huoku.server.warehouse.rights import CARRY
from huoku.server.warehouse.standing import line_in, lines_of, must_be_of_one_lot, parts_of, pieces, state_after
from huoku.server.warehouse.supplies import restate


class SettledLine(Asked):
    line: Id
    found: Amount = Field(default="0", validate_default=True, description="Had not left: lies at the origin.")
    lost: Amount = Field(default="0", validate_default=True, description="Is written off.")
    lot: Code | None = Field(default=None, description="Wanted where several lots are under way and not all are meant.")


class SettleDifference(Opened):
    lines: Annotated[list[SettledLine], Field(min_length=1, max_length=1_000)]
    reason: Annotated[Words, Field(min_length=1)]


def worth_of_losses(at: At, request: SettleDifference) -> int:
    """What is written off by it, in the smallest amount of the company's currency. Of lines that are not there, or not
    to be known by the actor, the command itself will tell."""
    rows = rows_for(at.actor, TransferLine).filter(transfer=request.id).select_related("item")
    lines = rows.in_bulk([each.line for each in request.lines])
    lost = [(lines[each.line], each.lost) for each in request.lines if each.line in lines and each.lost]
    worth = about(at.actor.company, [(line.item_id, whole(qty, line.item.decimals, "lost")) for line, qty in lost])
    if worth is None:
        return approvals.UNKNOWN
    return max(worth, len(lost))  # what costs nothing is still lost


@command(right=CARRY, amount=worth_of_losses)
def settle_difference(at: At, request: SettleDifference) -> dict[str, object]:
    """Say what became of goods that were sent and did not arrive. What is lost is written off, and waits for a second
    person as any write-off would; what lies at the origin is free there again, and counted.

    Raises NotFound, Stale, NotFromHere, Unknown, NothingSaid, MoreThanUnderWay, LotToBeNamed, NoPlace, NotWholeSteps.
    """
    transfer = opened(at, Transfer, request.id, request.version)
    must_be_open_to(transfer, "warehouse.settle_difference")
    lines = lines_of(at, transfer)
    for row, each in enumerate(request.lines):
        line = line_in(lines, each.line, row)
        found = whole(each.found, line.item.decimals, "found")
        lost = whole(each.lost, line.item.decimals, "lost")
        parts = _parts(at, line, each, row, found + lost)
        for part in parts:
            back = min(found, part.under_way_steps)
            gone = min(lost, part.under_way_steps - back)
            _settle(at, transfer, line, part, back, gone, request.reason)
            found, lost = found - back, lost - gone
    told = go(at, transfer, "warehouse.settle_difference", to=state_after(lines))
    restate(at, transfer, lines)
    return told


def _parts(at: At, line: TransferLine, each: SettledLine, row: int, steps: int) -> Sequence[TransferPart]:
    if not steps:
        raise NothingSaid(row=row, field="lost")
    parts = parts_of(at, line, each.lot)
    under_way = sum(part.under_way_steps for part in parts)
    if steps > under_way:
        value, most = plain(steps, line.item.decimals), plain(under_way, line.item.decimals)
        raise MoreThanUnderWay(row=row, field="lost", value=value, most=most, seq=line.seq)
    must_be_of_one_lot(line, parts, steps, row)
    return parts


def _settle(
    at: At, transfer: Transfer, line: TransferLine, part: TransferPart, found: int, lost: int, reason: str
) -> None:
    everywhere = at_both_ends(at)
    if found:
        moves = _moves(transfer, line, part, found, Movement.Kind.TRANSFER, part.origin_id)
        record_movement(everywhere, RecordMovement(lines=moves, document=transfer.number, reason=reason))
        ask_for_a_count(at, line.item_id, part.origin_id, CountTask.Cause.DOUBT)
    if lost:
        scrap = place_of_kind(at, Location.Kind.SCRAP, transfer.site_id)
        moves = _moves(transfer, line, part, lost, Movement.Kind.SCRAP, scrap)
        # Whether it has to wait for a second person was asked of this command as a whole (extends.py).
        write_off.body(everywhere, WriteOff(lines=moves, document=transfer.number, reason=reason))
    if found or lost:
        sums = {"found_steps": found, "lost_steps": lost}
        change(at, part, {**{name: getattr(part, name) + more for name, more in sums.items()}, "reason": reason})
        change(at, line, {name: getattr(line, name) + more for name, more in sums.items()})


def _moves(
    transfer: Transfer, line: TransferLine, part: TransferPart, steps: int, kind: Movement.Kind, to: int
) -> list[Line]:
    return [
        Line(
            kind=kind,
            item=line.item_id,
            lot=part.lot_id,
            quantity=each,
            from_location=transfer.transit_id,
            to_location=to,
            reservation=part.reservation,
        )
        for each in pieces(line, steps)
    ]
