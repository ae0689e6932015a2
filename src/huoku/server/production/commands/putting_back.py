"""Undoing what was picked by mistake: it lies at its place again, and is to be fetched again."""

from typing import Any
from uuid import UUID

from django.db.models import Max
from pydantic import Field

from huoku.server.documents.course import course_of, go, must_be_open_to
from huoku.server.ledger.handing import keep_again
from huoku.server.ledger.refusals import ReasonNeeded
from huoku.server.ledger.reversing import reversed_by
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import plain
from huoku.server.platform.kept import change, opened
from huoku.server.platform.requests import Count, Opened, Words
from huoku.server.production.commands.picks import line_of
from huoku.server.production.components import Components, kept_for
from huoku.server.production.models import PickLine, PickList, WorkOrder
from huoku.server.production.refusals import NothingTaken
from huoku.server.production.rights import ISSUE

State = PickLine.State


class PutBackLine(Opened):
    line: Count = Field(description="The line's seq in the list.")
    reason: Words = Field(description="Why it is undone.")


@command(right=ISSUE)
def put_back_line(at: At, request: PutBackLine) -> dict[str, object]:
    """Undo what was taken for a line, by counter-entries: what of it its order still needs is kept for it at its place
    again, and is a new line of the list; where that has ended, of the next one. A kit that it was taken from is not
    complete any more.

    Raises NotFromHere of the order, NoSuchLine, NothingTaken, ReasonNeeded; InsufficientStock where it has gone on
    meanwhile.
    """
    picks = opened(at, PickList, request.id, request.version)
    line = line_of(at, picks, request.line)
    if not line.movements or line.state == State.PUT_BACK:
        raise NothingTaken(field="line", value=line.seq)
    if not request.reason:
        raise ReasonNeeded(field="reason")
    order = opened(at, WorkOrder, line.component.order_id, None)
    must_be_open_to(order, "production.issue_component")
    quantity = line.taken_steps
    reversed_by(at, [UUID(each) for each in line.movements], request.reason)
    components = Components(at, order)
    component = components.of(line.component.seq)
    component.issued_steps -= quantity
    components.save()
    _end(at, line, request.reason)
    if still_needed := min(quantity, _not_kept(at, order, components, component.item_id)):
        again = keep_again(at, line.reservation, still_needed)
        if picks.state == course_of(PickList).start:
            _ask_again(at, picks, line, again, still_needed)
    is_broken = order.state == "kitted" and bool(components.must_be_issued())
    go(at, order, "production.return_component", to="released" if is_broken else order.state)
    told = change(at, picks, {}, is_touched=True)
    return {**told, "line": line.seq, "quantity": plain(quantity, component.item.decimals), "order": order.state}


def _not_kept(at: At, order: WorkOrder, components: Components, item: int) -> int:
    """What the order still needs of an item and nothing is kept for."""
    kept = sum(each.open_quantity for each in kept_for(at.company_id, order) if each.item_id == item)
    return max(0, components.open_of(item) - kept)


def _end(at: At, line: PickLine, reason: str) -> None:
    """A line that is still open stays so, for what it had not taken."""
    values: dict[str, Any] = {"state": State.PUT_BACK.value, "reason": reason}
    if line.state == State.OPEN:
        values = {"asked_steps": line.open_steps, "taken_steps": 0, "movements": []}
    at.changed(line, {name: getattr(line, name) for name in values}, values)
    for name, value in values.items():
        setattr(line, name, value)
    line.save(update_fields=list(values))


def _ask_again(at: At, picks: PickList, line: PickLine, reservation: UUID, quantity: int) -> None:
    """Inserted at the end of the command, with its reservation."""
    last = PickLine.objects.of(at.company_id).filter(pick_list=picks).aggregate(last=Max("seq"))["last"]
    at.insert(
        PickLine,
        pick_list_id=picks.pk,
        seq=last + 1,
        component_id=line.component_id,
        location_id=line.location_id,
        reservation_id=reservation,
        asked_steps=quantity,
        taken_steps=0,
        state=State.OPEN.value,
        reason="",
        movements="[]",
    )
