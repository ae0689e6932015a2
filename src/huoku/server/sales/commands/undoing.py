"""A customer's return, undone by the opposites of its movements."""

from collections import Counter
from typing import Annotated
from uuid import UUID

from pydantic import Field

from huoku.server.documents.course import go, must_be_open_to
from huoku.server.documents.refusals import MoreThanAsked
from huoku.server.ledger.models import Movement
from huoku.server.ledger.taken_steps import step_of, take_back_step
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import plain, whole
from huoku.server.platform.kept import Unknown, opened
from huoku.server.platform.refusals import NotFound
from huoku.server.platform.requests import Opened, Words
from huoku.server.sales.commands.shipping import BackLine
from huoku.server.sales.lines import change_line
from huoku.server.sales.models import Shipment, ShipmentLine
from huoku.server.sales.rights import SHIP
from huoku.server.sales.states import PART_RETURNED, SENT


class VoidCustomerReturn(Opened):
    movement: UUID = Field(description="One of those that the return entered.")
    lines: Annotated[list[BackLine], Field(min_length=1, max_length=500)]
    reason: Annotated[Words, Field(min_length=1)]


@command(right=SHIP)
def void_return(at: At, request: VoidCustomerReturn) -> dict[str, object]:
    """What the customer sent back is his again. ``lines``: what came back of each, all of the return.

    Raises NotFound, Stale, NotFromHere, Unknown, MoreThanAsked; InsufficientStock where the goods have gone on.
    """
    shipment = opened(at, Shipment, request.id, request.version)
    must_be_open_to(shipment, "sales.void_return")
    step = step_of(at, request.movement, shipment.number)
    came: Counter[tuple[int, int]] = Counter()
    for movement in step.movements:
        came[movement.item_id, movement.lot_id] += movement.quantity
    took: Counter[tuple[int, int]] = Counter()
    rows = ShipmentLine.objects.of(at.company_id).select_for_update(of=("self",)).select_related("line__item")
    lines = {line.pk: line for line in rows.filter(shipment=shipment).order_by("pk")}
    for row, each in enumerate(request.lines):
        line = lines.get(each.shipment_line)
        if line is None:
            raise Unknown(
                row=row, field="shipment_line", value=each.shipment_line, noun_zh="发货明细", noun_en="line shipped"
            )
        item = line.line.item
        steps = whole(each.qty, item.decimals, "qty")
        if steps > line.returned_steps:
            raise MoreThanAsked(row=row, field="qty", value=each.qty, most=plain(line.returned_steps, item.decimals))
        change_line(at, line, returned_steps=line.returned_steps - steps)
        took[item.pk, line.lot_id] += steps
    if took != came or {each.kind for each in step.movements} != {Movement.Kind.RETURN}:
        raise NotFound(field="movement", value=request.movement, what="movement")
    take_back_step(at, step, request.reason)
    told = go(
        at,
        shipment,
        "sales.void_return",
        to=PART_RETURNED if any(each.returned_steps for each in lines.values()) else SENT,
    )
    at.tell("return_voided", shipment)
    return told
