"""Writing a transfer, changing it, asking for it."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from huoku.language import Sentence
from huoku.server.documents.course import go, must_be_open_to
from huoku.server.documents.numbers import line_numbers, next_number, number_given
from huoku.server.documents.places import place_of_kind
from huoku.server.documents.refusals import NoLines
from huoku.server.documents.tasks import leave_task
from huoku.server.items.models import Item
from huoku.server.ledger.models import Location, Lot
from huoku.server.ledger.refusals import NotInUse, SamePlace
from huoku.server.platform.command import At, command
from huoku.server.platform.days import days_after
from huoku.server.platform.exact import Positive, whole
from huoku.server.platform.kept import Unknown, add, must_be_new, named, opened
from huoku.server.platform.requests import Asked, Attributes, Code, DueDay, Opened, Words
from huoku.server.platform.roles import Role
from huoku.server.warehouse.keeping import let_go
from huoku.server.warehouse.models import Transfer, TransferLine
from huoku.server.warehouse.places import store_called
from huoku.server.warehouse.refusals import ArrivesBeforeItLeaves
from huoku.server.warehouse.rights import ASK
from huoku.server.warehouse.standing import lines_of
from huoku.server.warehouse.states import COURSE
from huoku.server.warehouse.ways import days_between

ASKED_FOR = "transfer_asked"
ASKED_WORDS = Sentence(
    "请从 {origin} 调拨到 {target}：{number}，{start_on} 发出。",
    "A transfer is asked for, from {origin} to {target}: {number}, to leave on {start_on}.",
)
Demand = Annotated[Words, Field(max_length=80, description="For what it is carried, such as sales.line:5.")]
Priority = Annotated[int, Field(ge=1, le=9)]


class NewTransferLine(Asked):
    seq: Annotated[int, Field(ge=1, le=9_999)] | None = Field(
        default=None, description="Its number on a paper that exists already; else after the last one."
    )
    item: Code
    qty: Positive
    lot: Code | None = Field(default=None, description="Empty: the lots that expire first.")
    demand: Demand = ""
    note: Words = ""


class AddTransfer(Asked):
    number: Code | None = Field(default=None, description="Of a paper that exists already; else the next one.")
    origin: Code = Field(description="From where; between sites anything at its site may go, this place first.")
    target: Code = Field(description="To where.")
    start_on: DueDay | None = Field(default=None, description="When it is to leave; empty: today.")
    expected_on: DueDay | None = Field(default=None, description="Empty: by the lead time of the way.")
    priority: Priority = 3
    note: Words = ""
    attributes: Attributes = {}
    lines: Annotated[list[NewTransferLine], Field(max_length=1_000)] = []


@command(right=ASK)
def add_transfer(at: At, request: AddTransfer) -> dict[str, object]:
    """A draft: nothing is kept and nothing counted on yet.

    Raises Unknown, Taken, NotForStock, SamePlace, ArrivesBeforeItLeaves, NoPlace (of stock on its way), NotWholeSteps.
    """
    origin, target = store_called(at, "origin", request.origin), store_called(at, "target", request.target)
    transfer = Transfer(
        number=_number(at, request.number),
        state=COURSE.start,
        site_id=origin.site_id,
        origin=origin,
        target=target,
        transit_id=place_of_kind(at, Location.Kind.TRANSIT),
        start_on=request.start_on or at.today,
        priority=request.priority,
        note=request.note,
        attributes=request.attributes,
        made_at=at.now,
        made_by=at.actor.user,
    )
    lines = _lines(at, request.lines)
    transfer.expected_on = request.expected_on or _arrival(at, transfer, lines)
    _must_lead_somewhere(transfer)
    told = add(at, transfer)
    _write(at, transfer, lines)
    return {**told, "number": transfer.number, "expected_on": transfer.expected_on}


def _number(at: At, given: str | None) -> str:
    kind = Transfer._meta.label_lower
    if given is None:
        return next_number(at, kind, "TR")
    must_be_new(at, Transfer, "number", given, number=given)
    return number_given(at, kind, "TR", given)


class ChangeTransfer(Opened):
    origin: Code | None = None
    target: Code | None = None
    start_on: DueDay | None = None
    expected_on: DueDay | None = None
    priority: Priority | None = None
    note: Words | None = None
    attributes: Attributes | None = None
    lines: Annotated[list[NewTransferLine], Field(max_length=1_000)] | None = Field(
        default=None, description="Instead of all that it has."
    )


@command(right=ASK)
def change_transfer(at: At, request: ChangeTransfer) -> dict[str, object]:
    """Other places, days or lines, before it is approved. Raises NotFound, Stale, NotFromHere and as a new one."""
    transfer = opened(at, Transfer, request.id, request.version)
    must_be_open_to(transfer, "warehouse.change_transfer")
    values = request.model_dump(
        include={"start_on", "expected_on", "priority", "note", "attributes"}, exclude_none=True
    )
    if request.origin is not None:
        values["origin"] = store_called(at, "origin", request.origin)
        values["site_id"] = values["origin"].site_id
    if request.target is not None:
        values["target"] = store_called(at, "target", request.target)
    changed = Transfer(**{name: values.get(name, getattr(transfer, name)) for name in ENDS})
    lines = lines_of(at, transfer) if request.lines is None else _lines(at, request.lines)
    if request.expected_on is None and {"origin", "target", "start_on"} & set(values):
        values["expected_on"] = changed.expected_on = _arrival(at, changed, lines)
    _must_lead_somewhere(changed)
    if request.lines is not None:
        for line in lines_of(at, transfer):
            let_go(at, line)
            at.changed(line, {"item": line.item.code, "qty_steps": line.qty_steps}, {})
            line.delete()
        _write(at, transfer, lines)
    return go(at, transfer, "warehouse.change_transfer", **values)


ENDS = ("origin", "target", "start_on", "expected_on")


@command(right=ASK)
def ask_for_transfer(at: At, request: Opened) -> dict[str, object]:
    """It is wanted: whoever keeps the store at the origin is told. Raises NotFound, Stale, NotFromHere, NoLines."""
    transfer = opened(at, Transfer, request.id, request.version)
    must_be_open_to(transfer, "warehouse.ask_for_transfer")
    must_have_lines(transfer, lines_of(at, transfer))
    told = go(at, transfer, "warehouse.ask_for_transfer")
    words: dict[str, Any] = {"number": transfer.number, "origin": transfer.origin.code, "target": transfer.target.code}
    leave_task(
        *(at, transfer, ASKED_FOR, Role.STOREKEEPER, ASKED_WORDS),
        due_on=transfer.start_on,
        start_on=transfer.start_on.isoformat(),
        **words,
    )
    return told


def must_have_lines(transfer: Transfer, lines: Sequence[TransferLine]) -> None:
    """Raises NoLines."""
    if not lines:
        raise NoLines(field="lines", value=transfer.number)


def _must_lead_somewhere(transfer: Transfer) -> None:
    if transfer.origin_id == transfer.target_id:
        raise SamePlace(field="target", value=transfer.target.code)
    if transfer.expected_on < transfer.start_on:
        raise ArrivesBeforeItLeaves(
            field="expected_on", value=transfer.expected_on.isoformat(), start_on=transfer.start_on.isoformat()
        )


def _arrival(at: At, transfer: Transfer, lines: Sequence[TransferLine]) -> date:
    """By the way's lead time; the last day that there is, where that lies beyond it."""
    ends = transfer.origin.site_id, transfer.target.site_id
    days = days_between(at.company_id, *ends, [line.item_id for line in lines])
    return days_after(transfer.start_on, days)


def _lines(at: At, asked: Sequence[NewTransferLine]) -> list[TransferLine]:
    numbers = line_numbers([each.seq for each in asked])
    return [_line(at, row, seq, each) for row, (seq, each) in enumerate(zip(numbers, asked, strict=True))]


def _line(at: At, row: int, seq: int, asked: NewTransferLine) -> TransferLine:
    item = named(at, Item, "item", asked.item)
    if not item.is_active:
        raise NotInUse(row=row, field="item", value=item.code)
    lot = _lot(at, item, row, asked.lot) if asked.lot else None
    steps = whole(asked.qty, item.decimals, "qty")
    return TransferLine(seq=seq, item=item, lot=lot, qty_steps=steps, demand=asked.demand, note=asked.note)


def _lot(at: At, item: Item, row: int, code: str) -> Lot:
    lot = Lot.objects.of(at.company_id).filter(item=item, code=code).first()
    if lot is None:
        raise Unknown(row=row, field="lot", value=code, noun_zh="批次", noun_en="lot")
    return lot


def _write(at: At, transfer: Transfer, lines: Sequence[TransferLine]) -> None:
    for line in lines:
        known: dict[str, Any] = {"item": line.item.code, "qty_steps": line.qty_steps, "demand": line.demand}
        line.transfer, line.company_id = transfer, at.company_id
        line.save(force_insert=True)
        at.changed(line, {}, known)
