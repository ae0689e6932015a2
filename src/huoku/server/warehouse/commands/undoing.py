"""What was sent, what arrived and what was settled, undone by the opposites of its movements."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from huoku.language import Sentence
from huoku.server.documents.course import go, must_be_open_to
from huoku.server.documents.tasks import drop_tasks
from huoku.server.ledger.models import Movement, Status
from huoku.server.ledger.taken_steps import TakenStep, promised_again, step_of, take_back_step
from huoku.server.platform.command import At, command
from huoku.server.platform.kept import Unknown, change, nouns, opened, remove
from huoku.server.platform.refusals import NotFound, Refused
from huoku.server.platform.requests import Asked, Id, Opened, Words
from huoku.server.warehouse.models import Transfer, TransferLine, TransferPart
from huoku.server.warehouse.places import at_both_ends, must_work_at
from huoku.server.warehouse.rights import CARRY
from huoku.server.warehouse.standing import lines_of
from huoku.server.warehouse.supplies import SHORT, restate

Steps = Annotated[int, Field(ge=0, lt=2**63)]
SUMS = ("sent_steps", "received_steps", "damaged_steps", "found_steps", "lost_steps")


class TransferWentOn(Refused):
    code, status, is_kept = "transfer_went_on", 409, False
    words = Sentence(
        "{number} 之后又有收发，不能撤回这一步。请先撤销后面的。",
        "{number} has gone on since: undo what came after first.",
    )


class VoidStep(Opened):
    movement: UUID = Field(description="One of those that the step entered.")
    reason: Annotated[Words, Field(min_length=1)]


class VoidSending(VoidStep):
    parts: Annotated[list[Id], Field(min_length=1, max_length=10_000, description="All that it sent.")]


class PartSaid(Asked):
    """What one step said of a part that is under way."""

    part: Id
    sent_steps: Steps = Field(default=0, description="More than was written down.")
    received_steps: Steps = 0
    damaged_steps: Steps = 0
    found_steps: Steps = 0
    lost_steps: Steps = 0

    @property
    def moved(self) -> int:
        return self.received_steps + self.found_steps + self.lost_steps


class VoidArrival(VoidStep):
    parts: Annotated[list[PartSaid], Field(min_length=1, max_length=1_000)]


@command(right=CARRY)
def void_sending(at: At, request: VoidSending) -> dict[str, object]:
    """What left lies where it lay, and is kept for the transfer as before.

    Raises NotFound, Stale, NotFromHere, NotYourSite, TransferWentOn where some of it has arrived; InsufficientStock.
    """
    transfer = opened(at, Transfer, request.id, request.version)
    must_be_open_to(transfer, "warehouse.void_sending")
    must_work_at(at, transfer.origin)
    lines = {line.pk: line for line in lines_of(at, transfer)}
    step = step_of(at, request.movement, transfer.number)
    mine = TransferPart.objects.of(at.company_id).filter(pk__in=request.parts, line__in=list(lines))
    parts = list(mine.order_by("pk"))
    if _by_lot((each.lot_id, each.quantity) for each in step.movements) != _by_lot(
        (part.lot_id, part.sent_steps) for part in parts
    ):
        raise NotFound(field="movement", value=request.movement, what="movement")
    for part in parts:
        if part.under_way_steps != part.sent_steps:
            raise TransferWentOn(field="id", value=transfer.pk, number=transfer.number)
        line = lines[part.line_id]
        change(at, line, {"sent_steps": line.sent_steps - part.sent_steps})
        remove(at, part)
    take_back_step(at_both_ends(at), step, request.reason)
    are_others = TransferPart.objects.of(at.company_id).filter(line__transfer=transfer).exists()
    told = go(at, transfer, "warehouse.void_sending", to="under_way" if are_others else "approved")
    restate(at, transfer, lines.values())
    at.tell("sending_voided", transfer)
    return told


def _by_lot(rows: Iterable[tuple[int, int]]) -> Counter[int]:
    found: Counter[int] = Counter()
    for lot, steps in rows:
        found[lot] += steps
    return found


@command(right=CARRY)
def void_arrival(at: At, request: VoidArrival) -> dict[str, object]:
    """What arrived, was found or was lost is under way again, kept for the transfer and promised as before. ``parts``:
    what the step said of each, all of it.

    Raises NotFound, Stale, NotFromHere, NotYourSite, Unknown, TransferWentOn; ReservationEnded, InsufficientStock where
    the goods have gone on.
    """
    transfer = opened(at, Transfer, request.id, request.version)
    must_be_open_to(transfer, "warehouse.void_arrival")
    step = step_of(at, request.movement, transfer.number)
    is_settled = any(each.found_steps or each.lost_steps for each in request.parts)
    must_work_at(at, transfer.origin if is_settled else transfer.target)
    lines = {line.pk: line for line in lines_of(at, transfer)}
    parts = _parts(at, lines, request.parts)
    _must_be_all(request, step, parts)
    for said in request.parts:
        part = parts[said.part]
        _take_off(at, transfer, part, said)
        _take_off(at, transfer, lines[part.line_id], said)
    told = go(at, transfer, "warehouse.void_arrival", to="under_way")
    restate(at, transfer, lines.values())
    again = take_back_step(at_both_ends(at), step, request.reason)
    for part in parts.values():
        if part.reservation in again:
            change(at, part, {"reservation": again[part.reservation]})
    if promised_again(at, again):
        drop_tasks(at, transfer, SHORT)
    at.tell("arrival_voided", transfer)
    return told


def _parts(at: At, lines: Mapping[int, TransferLine], said: Iterable[PartSaid]) -> dict[int, TransferPart]:
    rows = TransferPart.objects.of(at.company_id).filter(line__in=list(lines))
    found = {part.pk: part for part in rows.order_by("pk")}
    for row, each in enumerate(said):
        if each.part not in found:
            raise Unknown(row=row, field="part", value=each.part, **nouns(TransferPart))
    return found


def _must_be_all(request: VoidArrival, step: TakenStep, parts: Mapping[int, TransferPart]) -> None:
    """Raises NotFound where the step moved something else than what is said of the parts."""
    moved: Counter[Any] = Counter()
    said: Counter[Any] = Counter()
    for each in step.movements:
        is_damage = each.kind == Movement.Kind.STATUS and each.to_status == Status.BLOCKED
        moved[each.lot_id, is_damage] += each.quantity
    for about in request.parts:
        lot = parts[about.part].lot_id
        said[lot, False] += about.moved
        said[lot, True] += about.damaged_steps
    if +moved != +said:
        raise NotFound(field="movement", value=request.movement, what="movement")


def _take_off(at: At, transfer: Transfer, row: TransferLine | TransferPart, said: PartSaid) -> None:
    values = {name: getattr(row, name) - getattr(said, name) for name in SUMS}
    gone = sum(values[name] for name in ("received_steps", "found_steps", "lost_steps"))
    if min(values.values()) < 0 or gone > values["sent_steps"]:
        raise TransferWentOn(field="id", value=transfer.pk, number=transfer.number)
    change(at, row, values)
