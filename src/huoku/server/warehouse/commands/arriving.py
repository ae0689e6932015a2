"""Goods arrive at the target: counted, put away, and held against what was sent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

from huoku.server.documents.course import go, must_be_open_to
from huoku.server.ledger.commands.movements import RecordMovement, record_movement
from huoku.server.ledger.doubting import ask_for_a_count
from huoku.server.ledger.handing import give_back
from huoku.server.ledger.lines import Line
from huoku.server.ledger.models import CountTask, Movement, Status
from huoku.server.ledger.refusals import ReasonNeeded
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import Amount, plain, whole
from huoku.server.platform.kept import change, opened
from huoku.server.platform.requests import Asked, Code, Id, Opened, Words
from huoku.server.warehouse.keeping import free_what_is_kept
from huoku.server.warehouse.models import Transfer, TransferLine, TransferPart
from huoku.server.warehouse.places import arrival_place, at_both_ends, must_work_at
from huoku.server.warehouse.refusals import MoreThanSent, NothingSaid
from huoku.server.warehouse.rights import CARRY
from huoku.server.warehouse.standing import line_in, lines_of, must_be_of_one_lot, parts_of, pieces, state_after
from huoku.server.warehouse.supplies import restate, supply_id


class ArrivedLine(Asked):
    line: Id
    qty: Amount = Field(default="0", validate_default=True, description="Good ones.")
    damaged: Amount = Field(default="0", validate_default=True, description="Came, but are blocked.")
    lot: Code | None = Field(default=None, description="Wanted where several lots are under way and not all came.")
    location: Code | None = Field(default=None, description="Where it is put at the target's site; empty: the target.")


class ReceiveTransfer(Opened):
    lines: Annotated[list[ArrivedLine], Field(min_length=1, max_length=1_000)]
    reason: Words = Field(default="", description="Wanted where something is damaged, or more came than was sent.")


@dataclass(frozen=True, slots=True)
class Came:
    """Of one part so many came, so many of them damaged."""

    part: TransferPart
    good: int
    damaged: int


@command(right=CARRY)
def receive_transfer(at: At, request: ReceiveTransfer) -> dict[str, object]:
    """Goods have come, all of them or a part. What was promised of them is kept for the same demands where they lie;
    what is damaged is blocked. What does not come stays under way until the difference is settled.

    More than was sent is refused; with a reason it is taken from the origin's stock after all, and the origin counts.
    Raises NotFound, Stale, NotFromHere, NotYourSite, Unknown, NothingSaid, MoreThanSent, ReasonNeeded, LotToBeNamed,
    NotWholeSteps, InsufficientStock.
    """
    transfer = opened(at, Transfer, request.id, request.version)
    must_be_open_to(transfer, "warehouse.receive_transfer")
    must_work_at(at, transfer.target)
    lines = lines_of(at, transfer)
    for row, each in enumerate(request.lines):
        _receive(at, transfer, line_in(lines, each.line, row), each, row, request.reason)
    told = go(at, transfer, "warehouse.receive_transfer", to=state_after(lines))
    restate(at, transfer, lines)
    at.tell("transfer_received", transfer, lines=[each.line for each in request.lines])
    return told


def _receive(at: At, transfer: Transfer, line: TransferLine, each: ArrivedLine, row: int, reason: str) -> None:
    digits = line.item.decimals
    good, damaged = whole(each.qty, digits, "qty"), whole(each.damaged, digits, "damaged")
    if not good + damaged:
        raise NothingSaid(row=row, field="qty")
    if damaged and not reason:
        raise ReasonNeeded(field="reason")
    parts = parts_of(at, line, each.lot)
    under_way = sum(part.under_way_steps for part in parts)
    beyond = max(0, good + damaged - under_way)
    if beyond and not (reason and parts and beyond <= good):
        value, most = plain(good + damaged, digits), plain(under_way, digits)
        raise MoreThanSent(row=row, field="qty", value=value, most=most, seq=line.seq, item=line.item.code)
    must_be_of_one_lot(line, parts, good + damaged, row)
    place = arrival_place(at, transfer, each.location).pk
    came = list(_shared_out(parts, good - beyond, damaged))
    _move(at, transfer, line, came, place, reason)
    for each_came in came:
        _count(at, each_came, reason)
    sums = {"sent_steps": 0, "received_steps": good + damaged, "damaged_steps": damaged}
    if beyond:
        _take_beyond(at, transfer, line, parts[-1], beyond, place, reason)
        sums["sent_steps"] = beyond
    change(at, line, {name: getattr(line, name) + more for name, more in sums.items()})


def _shared_out(parts: Sequence[TransferPart], good: int, damaged: int) -> Iterator[Came]:
    """What came, by part: what left first is taken to have come first."""
    for part in parts:
        well = min(good, part.under_way_steps)
        badly = min(damaged, part.under_way_steps - well)
        if well or badly:
            yield Came(part, well, badly)
        good, damaged = good - well, damaged - badly


def _move(at: At, transfer: Transfer, line: TransferLine, came: Sequence[Came], place: int, reason: str) -> None:
    if not came:
        return
    everywhere, supply = at_both_ends(at), supply_id(at, line)
    # Freed and not taken: what is taken here are the promises on the supply, and nothing is taken twice.
    give_back(everywhere, {each.part.reservation: each.good + each.damaged for each in came})
    moves: list[Line] = []
    for each in came:
        same = {"kind": Movement.Kind.TRANSFER, "item": line.item_id, "lot": each.part.lot_id, "to_location": place}
        on_its_way: dict[str, Any] = {**same, "from_location": transfer.transit_id}
        moves += [Line(**on_its_way, quantity=steps, supply=supply) for steps in pieces(line, each.good)]
        moves += [Line(**on_its_way, quantity=steps) for steps in pieces(line, each.damaged)]
    record_movement(everywhere, RecordMovement(lines=moves, document=transfer.number, reason=reason))
    blocked = [
        Line(
            kind=Movement.Kind.STATUS,
            item=line.item_id,
            lot=each.part.lot_id,
            quantity=steps,
            from_location=place,
            to_location=place,
            to_status=Status.BLOCKED,
        )
        for each in came
        for steps in pieces(line, each.damaged)
    ]
    if blocked:
        record_movement(everywhere, RecordMovement(lines=blocked, document=transfer.number, reason=reason))


def _count(at: At, came: Came, reason: str) -> None:
    part = came.part
    change(
        at,
        part,
        {
            "received_steps": part.received_steps + came.good + came.damaged,
            "damaged_steps": part.damaged_steps + came.damaged,
            "reason": reason or part.reason,
        },
    )


def _take_beyond(
    at: At, transfer: Transfer, line: TransferLine, part: TransferPart, steps: int, place: int, reason: str
) -> None:
    """More was sent than was written down: it is taken from the origin's stock now, and the origin is counted. What is
    kept there to be sent later is less by as much."""
    free_what_is_kept(at, line, min(steps, line.to_send_steps))
    moved = Line(
        kind=Movement.Kind.TRANSFER,
        item=line.item_id,
        lot=part.lot_id,
        quantity=steps,
        from_location=part.origin_id,
        to_location=place,
    )
    record_movement(at_both_ends(at), RecordMovement(lines=[moved], document=transfer.number, reason=reason))
    change(
        at,
        part,
        {"sent_steps": part.sent_steps + steps, "received_steps": part.received_steps + steps, "reason": reason},
    )
    ask_for_a_count(at, line.item_id, part.origin_id, CountTask.Cause.DOUBT)
