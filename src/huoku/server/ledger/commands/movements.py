"""Recording what happened to stock: receipts, issues, transfers, returns, scrap, changes of status."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from huoku.language import Sentence
from huoku.server.ledger.booking import book, check_ids
from huoku.server.ledger.entries import Entry, audit_stream
from huoku.server.ledger.holdings import Changes
from huoku.server.ledger.lines import Document, Line, Reason, entries_of
from huoku.server.ledger.models import Movement
from huoku.server.ledger.origins import note_origins
from huoku.server.ledger.queries.costs import about
from huoku.server.ledger.refusals import ReasonNeeded
from huoku.server.ledger.reversing import reversed_by
from huoku.server.ledger.rights import CHANGE_STATUS, MOVE, REVERSE
from huoku.server.ledger.supplies import turn_into_stock
from huoku.server.platform import approvals
from huoku.server.platform.command import At, command
from huoku.server.platform.refusals import NeedsSecondCheck, Refused
from huoku.server.platform.requests import Asked, Moment


class RecordMovement(Asked):
    """Lines of one document, all or none. ``effective_at`` is when it happened (default: now); stock changes now."""

    lines: Annotated[list[Line], Field(min_length=1, max_length=1000)]
    document: Document = ""
    effective_at: Moment | None = None
    reason: Reason = ""


@command(right=MOVE, stream=lambda request: audit_stream(request.lines[0].item))
def record_movement(at: At, request: RecordMovement) -> dict[str, object]:
    """Record movements and change balances, or do nothing.

    A line with a ``reservation`` takes from it; one with a ``supply`` is of what was to arrive, and what was promised
    of that becomes a reservation of the stock. Raises InsufficientStock and the refusals of a line; NeedsSecondCheck
    for scrap that, written off by itself, would wait for a second person.
    """
    if any(line.kind == Movement.Kind.STATUS for line in request.lines):
        at.actor.must(CHANGE_STATUS)
    scrap = [line for line in request.lines if line.kind == Movement.Kind.SCRAP]
    if scrap and write_off.why_it_waits(at, WriteOff(lines=scrap, reason=request.reason or "-")):
        raise NeedsSecondCheck(field="kind", value=write_off.name)
    return _record(at, request)


def _record(at: At, request: RecordMovement) -> dict[str, object]:
    check_ids([line.id for line in request.lines if line.id])
    entries, where = entries_of(
        at, request.lines, effective_at=request.effective_at, document=request.document, reason=request.reason
    )
    changes = Changes()
    kept = turn_into_stock(at, request.lines, entries, changes)
    book(at, entries, where, changes)
    note_origins(at, request.lines, entries)
    return {"movements": [told(entry) for entry in entries], "reservations": kept}


def told(entry: Entry) -> dict[str, object]:
    """A movement as an answer names it."""
    return {"id": entry.id, "item": entry.item_id, "lot": entry.lot_id, "quantity": entry.quantity}


class OnlyScrap(Refused):
    code = "only_scrap"
    words = Sentence("报废单里只能有报废行。", "A write-off holds lines of the kind scrap alone.")


class WriteOff(Asked):
    """Lines of the kind scrap, all or none, and why."""

    lines: Annotated[list[Line], Field(min_length=1, max_length=1000)]
    reason: Annotated[Reason, Field(min_length=1)]
    document: Document = ""
    effective_at: Moment | None = None


def _worth(at: At, request: WriteOff) -> int:
    worth = about(at.actor.company, [(line.item, line.quantity) for line in request.lines])
    return approvals.UNKNOWN if worth is None else worth


@command(right=MOVE, stream=lambda request: audit_stream(request.lines[0].item), amount=_worth)
def write_off(at: At, request: WriteOff) -> dict[str, object]:
    """Put stock into scrap. Above one's limit, or where the company wants it so, a second person approves it first.

    Raises OnlyScrap, and as ``record_movement``.
    """
    for row, line in enumerate(request.lines):
        if line.kind != Movement.Kind.SCRAP:
            raise OnlyScrap(row=row, field="kind", value=line.kind.value)
    return _record(at, RecordMovement(**request.model_dump(exclude_unset=True)))


class ReverseMovement(Asked):
    movement: UUID
    reason: Reason
    id: UUID | None = None
    effective_at: Moment | None = None


@command(right=REVERSE)
def reverse_movement(at: At, request: ReverseMovement) -> dict[str, object]:
    """Undo a movement by its opposite, which points back at it. The fact itself stays.

    It counts from when the movement did, unless that period is closed and ``effective_at`` names a later time. Raises
    AlreadyReversed, ReasonNeeded, InsufficientStock where the stock has gone on meanwhile.
    """
    if not request.reason:
        raise ReasonNeeded(field="reason")
    check_ids([request.id] if request.id else [])
    entries = reversed_by(at, [request.movement], request.reason, id=request.id, effective_at=request.effective_at)
    return {"movements": [told(entry) for entry in entries]}
