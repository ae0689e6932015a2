"""Issuing materials to the work of an order without a walk, returning them, and saying that the kit is complete."""

from pydantic import Field

from huoku.server.documents.course import go, must_be_open_to
from huoku.server.documents.refusals import MoreThanAsked
from huoku.server.ledger.models import Location, Lot, Movement
from huoku.server.ledger.refusals import LotNeeded, ReasonNeeded
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import Positive, plain, whole
from huoku.server.platform.kept import Unknown, opened
from huoku.server.platform.requests import Code, Count, Opened, Words
from huoku.server.production.components import Components, named
from huoku.server.production.issuing import issue, move_lots
from huoku.server.production.lots import lots_at_work, take_from
from huoku.server.production.models import WorkComponent, WorkOrder
from huoku.server.production.places import STORES, place_named
from huoku.server.production.refusals import IsBackflushed, KitIncomplete
from huoku.server.production.rights import ISSUE


class IssueComponent(Opened):
    line: Count = Field(description="The component's seq in the order.")
    quantity: Positive
    from_location: Code
    lot: Code | None = Field(default=None, description="Instead of the lots that expire first; wants a reason.")
    reason: Words = Field(default="", description="Also wanted for more than is needed.")


@command(right=ISSUE)
def issue_component(at: At, request: IssueComponent) -> dict[str, object]:
    """Bring a component to the work: what is reserved for the order at that place, then what is free there.

    Raises NotFromHere, NoSuchLine, IsBackflushed, ReasonNeeded, InsufficientStock.
    """
    order = opened(at, WorkOrder, request.id, request.version)
    must_be_open_to(order, "production.issue_component")
    components = Components(at, order)
    component = components.of(request.line)
    _must_be_issued(component)
    origin = place_named(at, "from_location", request.from_location, *STORES)
    quantity = whole(request.quantity, component.item.decimals, "quantity")
    if quantity > component.open_steps and not request.reason:
        raise ReasonNeeded(field="reason")
    lot = lot_named(at, component, request.lot)
    target = order.work_in_progress_id
    lots = issue(at, order, component.item_id, quantity, origin.pk, target, lot=lot, reason=request.reason)
    component.issued_steps += quantity
    components.save()
    told = go(at, order, "production.issue_component")
    kit_if_complete(at, order, components)
    return {**told, "lots": lots, "state": order.state}


def _must_be_issued(component: WorkComponent) -> None:
    if component.is_backflushed:
        raise IsBackflushed(field="line", value=component.seq, item=component.item.code)


def lot_named(at: At, component: WorkComponent, code: str | None) -> int | None:
    """The id of a lot of the component's item. Raises Unknown."""
    if code is None:
        return None
    lot = Lot.objects.of(at.company_id).filter(item_id=component.item_id, code=code).first()
    if lot is None:
        raise Unknown(field="lot", value=code, noun_zh="批次", noun_en="lot")
    return lot.pk


class ReturnComponent(Opened):
    line: Count = Field(description="The component's seq in the order.")
    quantity: Positive
    to_location: Code
    lot: Code | None = Field(default=None, description="Wanted where several lots lie at the work.")
    reason: Words = ""


@command(right=ISSUE)
def return_component(at: At, request: ReturnComponent) -> dict[str, object]:
    """Bring back to storage what the work does not need. A kit that it was taken from is not complete any more.

    Raises NotFromHere, NoSuchLine, MoreThanAsked, LotNeeded.
    """
    order = opened(at, WorkOrder, request.id, request.version)
    must_be_open_to(order, "production.return_component")
    components = Components(at, order)
    component = components.of(request.line)
    target = place_named(at, "to_location", request.to_location, *STORES)
    quantity = whole(request.quantity, component.item.decimals, "quantity")
    lot = lot_named(at, component, request.lot)
    there = lots_at_work(at, order, [component.item_id]).get(component.item_id, {})
    if lot is None and len(there) > 1:
        raise LotNeeded(field="lot", item=component.item.code)
    of_lot = there if lot is None else {lot: there.get(lot, 0)}
    most = min(component.in_progress_steps, sum(of_lot.values()))
    if quantity > most:
        raise MoreThanAsked(field="quantity", value=str(request.quantity), most=plain(most, component.item.decimals))
    returned = {component.item_id: take_from(of_lot, quantity)}
    move_back(at, order, components, returned, target)
    component.returned_steps += quantity
    components.save()
    is_broken = order.state == "kitted" and bool(components.must_be_issued())
    return go(at, order, "production.return_component", to="released" if is_broken else order.state)


def move_back(
    at: At, order: WorkOrder, components: Components, lots: dict[int, dict[int, int]], target: Location
) -> None:
    """Return lots of the order's components, by item and lot, to a store."""
    serials = {row.item_id for row in components if row.item.tracking == row.item.Tracking.SERIAL}
    move_lots(at, order, Movement.Kind.RETURN, lots, order.work_in_progress_id, target.pk, serials)


@command(right=ISSUE)
def kit_order(at: At, request: Opened) -> dict[str, object]:
    """Say that everything the order takes lies at its work. Raises NotFromHere, KitIncomplete with what is missing."""
    order = opened(at, WorkOrder, request.id, request.version)
    must_be_open_to(order, "production.kit_order")
    if missing := Components(at, order).must_be_issued():
        words = ", ".join(named(row, row.open_steps) for row in missing)
        raise KitIncomplete(field="state", value=order.state, number=order.number, missing=words)
    return go(at, order, "production.kit_order")


def kit_if_complete(at: At, order: WorkOrder, components: Components) -> None:
    """What was issued last has made the kit complete."""
    if order.state == "released" and not components.must_be_issued():
        kit_order(at, Opened(id=order.pk))
        order.refresh_from_db(from_queryset=WorkOrder.objects.of(at.company_id))
