"""What the supplier says to an order: quantities, and days that he promises or revises."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from pydantic import Field

from huoku.language import Sentence
from huoku.server.documents.course import go, must_be_open_to
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import Amount, plain
from huoku.server.platform.kept import opened
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import Asked, DueDay, Id, Opened, Words
from huoku.server.purchasing.models import DateGiven, PurchaseLine, PurchaseOrder
from huoku.server.purchasing.quantities import steps_of
from huoku.server.purchasing.rights import ORDER
from huoku.server.purchasing.standing import come, line_in, lines_by_id, must_be_named_once
from huoku.server.purchasing.supplies import restate, tell_of_lateness

Said = DateGiven.Said


class ConfirmedMore(Refused):
    code = "confirmed_more"
    words = Sentence(
        "第 {seq} 行只订了 {qty}，不能确认 {value}；多出的请另下订单。",
        "Line {seq} orders {qty}, not {value}; what is beyond it needs an order of its own.",
    )


class ConfirmedLine(Asked):
    line: Id
    promised_on: DueDay | None = Field(default=None, description="Empty: the day on which it is wanted.")
    qty: Amount | None = Field(default=None, description="Empty: all. What the supplier does not take is cancelled.")
    why: Words = ""


class ConfirmPurchaseOrder(Opened):
    """Lines that are not named are confirmed as they were ordered."""

    lines: Annotated[list[ConfirmedLine], Field(max_length=1_000)] = []


@command(right=ORDER)
def confirm(at: At, request: ConfirmPurchaseOrder) -> dict[str, object]:
    """The supplier has answered. What he does not take is no longer counted on; what comes later than wanted is told.

    Raises NotFound, Stale, NotFromHere, LineTwice, ConfirmedMore, NotWholeSteps.
    """
    order = opened(at, PurchaseOrder, request.id, request.version)
    must_be_open_to(order, "purchasing.confirm")
    lines = lines_by_id(at, order)
    named = [line_in(lines, each.line, row) for row, each in enumerate(request.lines)]
    must_be_named_once(named)
    said = dict(zip((line.pk for line in named), request.lines, strict=True))
    moved = []
    for line in lines.values():
        answer = said.get(line.pk) or ConfirmedLine(line=line.pk)
        day, before = answer.promised_on or line.wanted_on, line.expected_on
        # His promise is the last word, whatever he said on the telephone before.
        come(at, line, promised_on=day, revised_on=None, cancelled_steps=_refused(line, answer))
        _note(at, line, day, Said.PROMISED, answer.why)
        moved.append((line, before))
    return _told(at, order, "purchasing.confirm", moved)


def _refused(line: PurchaseLine, answer: ConfirmedLine) -> int:
    """What the supplier does not take of a line."""
    if answer.qty is None:
        return 0
    confirmed = steps_of(line.item, answer.qty)
    if confirmed > line.qty_steps:
        qty = plain(line.qty_steps, line.item.decimals)
        raise ConfirmedMore(field="qty", value=answer.qty, seq=line.seq, qty=qty)
    return line.qty_steps - confirmed


class RevisedLine(Asked):
    line: Id
    on: date
    why: Words = ""


class RevisePurchaseDates(Opened):
    lines: Annotated[list[RevisedLine], Field(min_length=1, max_length=1_000)]


@command(right=ORDER)
def revise_dates(at: At, request: RevisePurchaseDates) -> dict[str, object]:
    """The supplier gave other days for some lines. What comes later than was counted on is told.

    Raises NotFound, Stale, NotFromHere, LineTwice.
    """
    order = opened(at, PurchaseOrder, request.id, request.version)
    must_be_open_to(order, "purchasing.revise_dates")
    lines = lines_by_id(at, order)
    named = [line_in(lines, each.line, row) for row, each in enumerate(request.lines)]
    must_be_named_once(named)
    moved = [(line, line.expected_on) for line in named]
    for line, revised in zip(named, request.lines, strict=True):
        revise(at, line, revised.on, revised.why)
    return _told(at, order, "purchasing.revise_dates", moved)


def revise(at: At, line: PurchaseLine, day: date, why: str, **values: int) -> None:
    """Another day for a line, with other figures where they come along."""
    come(at, line, revised_on=day, **values)
    _note(at, line, day, Said.REVISED, why)


def _note(at: At, line: PurchaseLine, day: date, said: DateGiven.Said, why: str) -> None:
    by = at.actor.user.pk if at.actor.user else None
    at.insert(DateGiven, line_id=line.pk, on=day, said=said.value, why=why, recorded_at=at.now, recorded_by_id=by)


def _told(at: At, order: PurchaseOrder, step: str, moved: Sequence[tuple[PurchaseLine, date]]) -> dict[str, object]:
    told = go(at, order, step)
    restate(at, order, [line for line, _ in moved])
    tell_of_lateness(at, order, moved)
    return told
