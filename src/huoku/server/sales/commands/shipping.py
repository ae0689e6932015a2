"""Goods leave for the customer, and come back."""

from typing import Annotated

from pydantic import Field

from huoku.language import Sentence
from huoku.server.documents.course import go, must_be_open_to
from huoku.server.documents.numbers import next_number
from huoku.server.documents.places import place_called, place_for_goods, place_of_kind
from huoku.server.documents.refusals import MoreThanAsked
from huoku.server.ledger.commands.movements import RecordMovement, record_movement
from huoku.server.ledger.commands.picking import Pick, pick
from huoku.server.ledger.lines import Line
from huoku.server.ledger.models import Location, Movement, Reservation, Status
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import Positive, plain, whole
from huoku.server.platform.kept import Unknown, add, facts, opened
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import Asked, Code, DueDay, Id, Name, Opened, Words
from huoku.server.sales.commands.orders import line_of
from huoku.server.sales.keeping import open_lines, release_all
from huoku.server.sales.lines import change_line
from huoku.server.sales.models import Requirement, SalesLine, SalesOrder, Shipment, ShipmentLine
from huoku.server.sales.refusals import NotCheckedOff, NotShippedYet
from huoku.server.sales.rights import CHECK_OFF, SHIP
from huoku.server.sales.states import PART_RETURNED, RETURNED, SHIPMENT, SHIPPED


class ShipLine(Asked):
    line: Id
    qty: Positive
    location: Code | None = Field(default=None, description="From where, beyond what is kept for the line.")


class ShipGoods(Opened):
    lines: Annotated[list[ShipLine], Field(min_length=1, max_length=500)]
    shipped_on: DueDay | None = None
    carrier: Name = ""
    tracking: Annotated[Name, Field(max_length=80)] = ""
    note: Words = ""


@command(right=SHIP)
def ship_goods(at: At, request: ShipGoods) -> dict[str, object]:
    """Ship lines of an order, in whole or in part: first what is kept for them, lots by expiry.

    Raises NotFound, Stale, NotFromHere, NoSuchLine, MoreThanAsked, NotCheckedOff, NotShippedYet, NotWholeSteps,
    InsufficientStock.
    """
    order = opened(at, SalesOrder, request.id, request.version)
    must_be_open_to(order, "sales.ship_goods")
    if request.shipped_on and request.shipped_on > at.today:
        raise NotShippedYet(field="shipped_on", value=request.shipped_on)
    shipment = Shipment(
        number=next_number(at, "sales.shipment", "SH"),
        state=SHIPMENT.start,
        site_id=order.site_id,
        order=order,
        shipped_on=request.shipped_on or at.today,
        made_at=at.now,
        made_by=at.actor.user,
        **request.model_dump(include={"carrier", "tracking", "note"}),
    )
    answer = add(at, shipment)
    target = place_of_kind(at, Location.Kind.CUSTOMER, order.site_id)
    for row, wanted in enumerate(request.lines):
        line = line_of(at, order, wanted.line)
        _ship(at, shipment, line, wanted, row, target)
    left = open_lines(at, order)
    went = go(at, order, "sales.ship_goods", to="" if left else SHIPPED)
    at.tell("goods_shipped", order, shipment=shipment.pk)
    return {**answer, "number": shipment.number, "order": went}


def _ship(at: At, shipment: Shipment, line: SalesLine, wanted: ShipLine, row: int, target: int) -> None:
    steps = whole(wanted.qty, line.item.decimals, "qty")
    if steps > line.open_steps:
        left = plain(line.open_steps, line.item.decimals)
        raise MoreThanAsked(row=row, field="qty", value=wanted.qty, most=left)
    open_wishes = Requirement.objects.of(at.company_id).filter(line=line, checked_at=None)
    if wish := open_wishes.first():
        raise NotCheckedOff(row=row, field="line", value=wish.text)
    taken = _take_kept(at, shipment, line, steps, target)
    if taken < steps:
        if wanted.location is None:
            raise PlaceNeeded(row=row, field="location", item=line.item.code)
        place = place_called(at, wanted.location).pk
        taken += _take(at, shipment, line, steps - taken, place, target)
    change_line(at, line, shipped_steps=line.shipped_steps + steps)
    if not line.open_steps:
        release_all(at, line)


def _take_kept(at: At, shipment: Shipment, line: SalesLine, steps: int, target: int) -> int:
    """Ship what is kept for the line, as far as it goes."""
    kept = Reservation.objects.of(at.company_id).filter(
        demand=line.demand, item_id=line.item_id, state__in=Reservation.OPEN, supply=None
    )
    taken = 0
    for reservation in kept.order_by("made_at", "id"):
        quantity = min(steps - taken, reservation.open_quantity)
        if quantity:
            _take(at, shipment, line, quantity, reservation.location_id, target, reservation)
            taken += quantity
    return taken


def _take(
    at: At,
    shipment: Shipment,
    line: SalesLine,
    steps: int,
    place: int,
    target: int,
    reservation: Reservation | None = None,
) -> int:
    """Let so much leave from a place, and write down which lots went."""
    asked = Pick(
        item=line.item_id,
        quantity=steps,
        from_location=place,
        to_location=target,
        kind=Movement.Kind.SHIP,
        reservation=reservation.pk if reservation else None,
        document=shipment.number,
    )
    moved = pick(at, asked)["movements"]
    for movement in moved:
        went = ShipmentLine.objects.create(
            company_id=at.company_id,
            shipment=shipment,
            line=line,
            lot_id=movement["lot"],
            qty_steps=movement["quantity"],
        )
        at.changed(went, {}, facts(went))
    return steps


class PlaceNeeded(Refused):
    code = "place_needed"
    words = Sentence(
        "给 {item} 留的不够这么多，请写明从哪个库位发。",
        "Less of {item} is kept than that; say from which place the rest is shipped.",
    )


class CheckOff(Opened):
    requirement: Id | None = Field(default=None, description="None named: all that are not checked off yet.")


@command(right=CHECK_OFF)
def check_off(at: At, request: CheckOff) -> dict[str, object]:
    """What the customer asked for besides is done. Raises NotFound, Stale, NotFromHere."""
    order = opened(at, SalesOrder, request.id, request.version)
    must_be_open_to(order, "sales.check_off")
    wishes = Requirement.objects.of(at.company_id).filter(line__order=order)
    if request.requirement is None:
        wishes = wishes.filter(checked_at=None)
    elif not (wishes := wishes.filter(pk=request.requirement)):
        raise Unknown(field="requirement", value=request.requirement, noun_zh="客户要求", noun_en="requirement")
    for wish in wishes.order_by("pk"):
        wish.checked_at, wish.checked_by = at.now, at.actor.user
        wish.save()
        at.changed(wish, {}, {"text": wish.text, "checked_at": at.now})
    return go(at, order, "sales.check_off")


class BackLine(Asked):
    shipment_line: Id
    qty: Positive


class TakeBack(Opened):
    location: Code
    lines: Annotated[list[BackLine], Field(min_length=1, max_length=500)]
    reason: Annotated[Words, Field(min_length=1)]


@command(right=SHIP)
def take_back(at: At, request: TakeBack) -> dict[str, object]:
    """The customer sends goods back: they come into quarantine until somebody has looked at them.
    Raises NotFound, Stale, NotFromHere, Unknown, NotForGoods, MoreThanAsked, NotWholeSteps."""
    shipment = opened(at, Shipment, request.id, request.version)
    must_be_open_to(shipment, "sales.take_back")
    place = place_for_goods(at, request.location).pk
    origin = place_of_kind(at, Location.Kind.CUSTOMER, shipment.site_id)
    moves = []
    for row, each in enumerate(request.lines):
        line = (
            ShipmentLine.objects.of(at.company_id)
            .select_for_update(of=("self",))
            .select_related("line__item")
            .filter(shipment=shipment, pk=each.shipment_line)
            .first()
        )
        if line is None:
            raise Unknown(
                row=row, field="shipment_line", value=each.shipment_line, noun_zh="发货明细", noun_en="line shipped"
            )
        item = line.line.item
        steps = whole(each.qty, item.decimals, "qty")
        if steps > line.qty_steps - line.returned_steps:
            left = plain(line.qty_steps - line.returned_steps, item.decimals)
            raise MoreThanAsked(row=row, field="qty", value=each.qty, most=left)
        change_line(at, line, returned_steps=line.returned_steps + steps)
        moves.append(
            Line(
                kind=Movement.Kind.RETURN,
                item=item.pk,
                quantity=steps,
                from_location=origin,
                to_location=place,
                lot=line.lot_id,
                to_status=Status.QUARANTINE,
            )
        )
    record_movement(at, RecordMovement(lines=moves, document=shipment.number, reason=request.reason))
    lines = ShipmentLine.objects.of(at.company_id).filter(shipment=shipment)
    is_all = all(line.returned_steps == line.qty_steps for line in lines)
    return go(at, shipment, "sales.take_back", to=RETURNED if is_all else PART_RETURNED)
