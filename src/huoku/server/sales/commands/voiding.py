"""A shipment that was entered by mistake is taken back, as long as nothing of it has been returned or settled."""

from typing import Annotated

from pydantic import Field

from huoku.server.documents.course import go, must_be_open_to
from huoku.server.documents.models import Task
from huoku.server.ledger.coming_back import keep_what_was_freed, keep_what_was_taken
from huoku.server.ledger.models import Movement
from huoku.server.ledger.reversing import reversed_by
from huoku.server.platform.command import At, command
from huoku.server.platform.kept import facts, opened
from huoku.server.platform.requests import Opened, Words
from huoku.server.sales.commands.locking import TASK as LOCK
from huoku.server.sales.lines import change_line
from huoku.server.sales.models import SalesLine, SalesOrder, Shipment, ShipmentLine
from huoku.server.sales.rights import SHIP
from huoku.server.sales.states import CONFIRMED, LOCKED, SHIPPED


class VoidShipment(Opened):
    reason: Annotated[Words, Field(min_length=1)]


@command(right=SHIP)
def void_shipment(at: At, request: VoidShipment) -> dict[str, object]:
    """Undo a shipment by the opposites of its movements: its goods lie where they lay, kept for the order as before,
    and so is what else was kept for it, as far as it is free still. The paper stays, void and without lines.

    Raises NotFound, Stale, NotFromHere of the shipment (something was returned) or of the order (it is closed).
    """
    shipment = opened(at, Shipment, request.id, request.version)
    must_be_open_to(shipment, "sales.void_shipment")
    order = opened(at, SalesOrder, shipment.order_id, None)
    must_be_open_to(order, "sales.void_shipment")
    lines = ShipmentLine.objects.of(at.company_id).filter(shipment=shipment).select_related("line").order_by("pk")
    left = Movement.objects.of(at.company_id).filter(
        document=shipment.number, kind=Movement.Kind.SHIP, reverses=None, lot__in=lines.values("lot")
    )
    movements = list(left.order_by("recorded_at", "seq"))
    reversed_by(at, [each.pk for each in movements], request.reason)
    demands = {each.line.demand for each in lines}
    keep_what_was_taken(at, movements, demands)
    keep_what_was_freed(at, movements[0], demands)
    for each in lines:
        _not_shipped(at, each)
    back = go(at, order, "sales.void_shipment", to=_before(at, order))
    told = go(at, shipment, "sales.void_shipment")
    at.tell("shipment_voided", order, shipment=shipment.pk)
    return {**told, "order": back}


def _not_shipped(at: At, went: ShipmentLine) -> None:
    """The order's line is open again; what went of it stays in the history alone."""
    line = SalesLine.objects.of(at.company_id).select_for_update(of=("self",)).get(pk=went.line_id)
    change_line(at, line, shipped_steps=line.shipped_steps - went.qty_steps)
    at.changed(went, facts(went), {})
    went.delete()


def _before(at: At, order: SalesOrder) -> str:
    """What a shipped order was before: agreed, and in its lock period where that was agreed to as well."""
    if order.state != SHIPPED:
        return order.state
    about = Task.objects.of(at.company_id).filter(what=order._meta.label_lower, row=order.pk)
    is_asked_alone = about.filter(kind=LOCK, state="open").exists()
    return LOCKED if order.lock_until and not is_asked_alone else CONFIRMED
