"""Pick lists: one walk through the store for one or several orders, and what was found on it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from huoku.server.documents.course import go, must_be_open_to
from huoku.server.documents.numbers import next_number
from huoku.server.documents.refusals import MoreThanAsked, NoSuchLine
from huoku.server.ledger.commands.picking import PostReservation, post_reservation
from huoku.server.ledger.handing import give_back
from huoku.server.ledger.holdings import open_of
from huoku.server.ledger.models import Reservation
from huoku.server.ledger.refusals import ReasonNeeded
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import Amount, plain, whole
from huoku.server.platform.kept import add, opened
from huoku.server.platform.requests import Asked, Code, Count, Id, Opened, Words
from huoku.server.production.commands.issues import kit_if_complete, lot_named
from huoku.server.production.components import Components, kept_for
from huoku.server.production.issuing import good_until
from huoku.server.production.models import PickLine, PickList, WorkComponent, WorkOrder
from huoku.server.production.not_found import tell_not_found
from huoku.server.production.refusals import DifferentSites, LineEnded, NothingToPick
from huoku.server.production.rights import ISSUE


class MakePickList(Asked):
    orders: Annotated[list[Id], Field(min_length=1, max_length=200)]
    note: Words = ""


@command(right=ISSUE)
def make_pick_list(at: At, request: MakePickList) -> dict[str, object]:
    """One walk for these orders: what is reserved for them in stock and is on no other list, in the order of places.

    Raises NotFound, NotFromHere, DifferentSites, NothingToPick.
    """
    orders = [opened(at, WorkOrder, id, None) for id in sorted(set(request.orders))]
    for order in orders:
        must_be_open_to(order, "production.issue_component")
    sites = {order.site_id for order in orders}
    if len(sites) > 1:
        raise DifferentSites(field="orders", value=", ".join(order.number for order in orders))
    lines = [line for order in orders for line in _lines(at, order)]
    if not lines:
        raise NothingToPick(field="orders", value=", ".join(order.number for order in orders))
    picks = PickList(
        state="open",
        number=next_number(at, PickList._meta.label_lower, "PL"),
        site_id=sites.pop(),
        note=request.note,
        made_at=at.now,
        made_by=at.actor.user,
    )
    told = add(at, picks)
    lines.sort(key=lambda line: (line.location.code, line.component.item.code, line.component.order_id, line.seq))
    for seq, line in enumerate(lines, start=1):
        line.seq, line.pick_list = seq, picks
    PickLine.objects.bulk_create(lines)
    at.changed(picks, {}, {"orders": [order.number for order in orders], "lines": len(lines)})
    return {**told, "number": picks.number, "lines": len(lines)}


def _lines(at: At, order: WorkOrder) -> list[PickLine]:
    """What is to be fetched for an order: of each reservation what its components still need."""
    kept: dict[int, list[Reservation]] = defaultdict(list)
    for row in kept_for(at.company_id, order):
        if row.supply_id is None:
            kept[row.item_id].append(row)
    left = _not_on_a_list(at, [row for rows in kept.values() for row in rows])
    lines: list[PickLine] = []
    for component in Components(at, order).must_be_issued():
        need = component.open_steps - _on_lists(at, component)
        for row in sorted(kept[component.item_id], key=lambda row: row.location.code):
            if (quantity := min(need, left[row.pk])) > 0:
                lines.append(_line(at, component, row, quantity, len(lines)))
                left[row.pk] -= quantity
                need -= quantity
    return lines


def _line(at: At, component: WorkComponent, row: Reservation, quantity: int, seq: int) -> PickLine:
    return PickLine(
        company_id=at.company_id,
        seq=seq,
        component=component,
        location=row.location,
        reservation=row,
        asked_steps=quantity,
    )


def _not_on_a_list(at: At, rows: Sequence[Reservation]) -> dict[UUID, int]:
    """What of each reservation nobody has been sent to fetch yet."""
    left = {row.pk: row.open_quantity for row in rows}
    for line in PickLine.objects.of(at.company_id).filter(reservation__in=list(left), state=PickLine.State.OPEN):
        left[line.reservation_id] -= line.open_steps
    return left


def _on_lists(at: At, component: WorkComponent) -> int:
    open_lines = PickLine.objects.of(at.company_id).filter(component=component, state=PickLine.State.OPEN)
    return sum(line.open_steps for line in open_lines)


class TakeLine(Opened):
    line: Count = Field(description="The line's seq in the list.")
    quantity: Amount | None = Field(default=None, description="What was found; all of it where none is given.")
    is_more_to_come: bool = Field(default=False, description="The rest follows: another lot, another bin of it.")
    lot: Code | None = Field(default=None, description="Instead of the lots that expire first; wants a reason.")
    reason: Words = Field(default="", description="Wanted where not all was found.")


@command(right=ISSUE)
def take_line(at: At, request: TakeLine) -> dict[str, object]:
    """Take a line's material to the work of its order: all, so many, or none.

    What was not found is a shortage of the order again, a count of that place is asked for, and those who can help are
    told. Raises NotFromHere, NoSuchLine, LineEnded, MoreThanAsked, ReasonNeeded, InsufficientStock.
    """
    picks = opened(at, PickList, request.id, request.version)
    must_be_open_to(picks, "production.take_line")
    line = line_of(at, picks, request.line)
    if line.state != PickLine.State.OPEN:
        raise LineEnded(field="line", value=line.seq)
    order = opened(at, WorkOrder, line.component.order_id, None)
    components = Components(at, order)
    component = components.of(line.component.seq)
    kept = open_of(at, [line.reservation_id]).get(line.reservation_id, 0)
    most = min(line.open_steps, kept)
    quantity = _quantity(request, component, most)
    if quantity:
        line.movements += _fetched(at, request, order, line, quantity, lot_named(at, component, request.lot))
    component.issued_steps += quantity
    line.taken_steps += quantity
    missing = 0 if request.is_more_to_come else most - quantity
    if missing:
        if not request.reason:
            raise ReasonNeeded(field="reason")
        give_back(at, {line.reservation_id: missing})
        tell_not_found(at, order, component, line.location, missing)
    components.save()
    _end_line(at, line, request, missing)
    kit_if_complete(at, order, components)
    to = "open" if _has_open_lines(at, picks) else "done"
    told = go(at, picks, "production.take_line", to=to)
    return {**told, "line": line.seq, "missing": plain(missing, component.item.decimals), "order": order.state}


def line_of(at: At, picks: PickList, seq: int) -> PickLine:
    """The line at this seq, whatever became of it. Raises NoSuchLine."""
    lines = PickLine.objects.of(at.company_id).filter(pick_list=picks, seq=seq)
    line = lines.select_related("component", "location", "reservation").first()
    if line is None:
        raise NoSuchLine(field="line", value=seq, number=picks.number)
    return line


def _fetched(at: At, request: TakeLine, order: WorkOrder, line: PickLine, quantity: int, lot: int | None) -> list[str]:
    """The ids of the movements by which it was taken."""
    fetched = PostReservation(
        reservation=line.reservation_id,
        to_location=order.work_in_progress_id,
        quantity=quantity,
        need_on=good_until(at, order),
        lot=lot,
        document=order.ledger_name,
        reason=request.reason,
    )
    told: Any = post_reservation(at, fetched)
    return [str(each["id"]) for each in told["movements"]]


def _quantity(request: TakeLine, component: WorkComponent, most: int) -> int:
    if request.quantity is None:
        return most
    quantity = whole(request.quantity, component.item.decimals, "quantity")
    if quantity > most:
        raise MoreThanAsked(field="quantity", value=str(request.quantity), most=plain(most, component.item.decimals))
    return quantity


def _end_line(at: At, line: PickLine, request: TakeLine, missing: int) -> None:
    """Taken, short, or still open; what is no longer kept for the order is dropped."""
    if request.is_more_to_come and line.open_steps:
        state = PickLine.State.OPEN
    else:
        state = (
            PickLine.State.SHORT if missing else PickLine.State.TAKEN if line.taken_steps else PickLine.State.DROPPED
        )
    at.changed(line, {"state": line.state}, {"state": state, "taken_steps": line.taken_steps, "reason": request.reason})
    line.state, line.reason = state, request.reason
    line.save(update_fields=["state", "taken_steps", "reason", "movements"])


def _has_open_lines(at: At, picks: PickList) -> bool:
    return PickLine.objects.of(at.company_id).filter(pick_list=picks, state=PickLine.State.OPEN).exists()


@command(right=ISSUE)
def cancel_pick_list(at: At, request: Opened) -> dict[str, object]:
    """Nobody walks any more; what was reserved stays reserved for its orders. Raises NotFromHere."""
    picks = opened(at, PickList, request.id, request.version)
    must_be_open_to(picks, "production.cancel_pick_list")
    drop_lines(at, PickLine.objects.of(at.company_id).filter(pick_list=picks, state=PickLine.State.OPEN))
    return go(at, picks, "production.cancel_pick_list")


def drop_lines(at: At, lines: Iterable[PickLine]) -> None:
    """These lines need not be fetched any more."""
    for line in lines:
        at.changed(line, {"state": line.state}, {"state": PickLine.State.DROPPED})
        line.state = PickLine.State.DROPPED
        line.save(update_fields=["state"])


def follow(at: At, order: WorkOrder, components: Components) -> None:
    """The order takes something else than when its walks were planned: of what is no longer kept for it, or no longer
    fetched, nothing is fetched, and lists without another line are done."""
    fetched = {row.pk for row in components.must_be_issued()}
    lines = list(PickLine.objects.of(at.company_id).filter(component__order=order, state=PickLine.State.OPEN))
    left = open_of(at, [line.reservation_id for line in lines])
    for line in lines:
        still = min(line.open_steps, left.get(line.reservation_id, 0)) if line.component_id in fetched else 0
        left[line.reservation_id] = left.get(line.reservation_id, 0) - still
        if still < line.open_steps:
            _ask_less(at, line, still)
    _end_walks(at, {line.pick_list_id for line in lines})


def _ask_less(at: At, line: PickLine, still: int) -> None:
    """So much is still to be fetched; where that is nothing, what was taken stands."""
    asked = line.taken_steps + still
    state = PickLine.State.OPEN if still else PickLine.State.TAKEN if asked else PickLine.State.DROPPED
    at.changed(line, {"asked_steps": line.asked_steps, "state": line.state}, {"asked_steps": asked, "state": state})
    line.asked_steps, line.state = asked or line.asked_steps, state
    line.save(update_fields=["asked_steps", "state"])


def drop_lines_of(at: At, order: WorkOrder) -> None:
    """The order has ended: nothing is fetched for it any more, and lists without another line are done."""
    lines = PickLine.objects.of(at.company_id).filter(component__order=order, state=PickLine.State.OPEN)
    walks = set(lines.values_list("pick_list_id", flat=True))
    drop_lines(at, lines)
    _end_walks(at, walks)


def _end_walks(at: At, walks: Iterable[int]) -> None:
    for id in sorted(walks):
        picks = opened(at, PickList, id, None)
        if picks.state == "open" and not _has_open_lines(at, picks):
            go(at, picks, "production.take_line", to="done")
