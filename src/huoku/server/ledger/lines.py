"""A line of a movement as it is asked for, and how it becomes an entry: names, lots, units and ends checked."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from huoku.server.ledger import facts
from huoku.server.ledger.entries import Entry
from huoku.server.ledger.facts import LOTS, ItemFacts, LotWanted, Place
from huoku.server.ledger.models import Location, Movement, Status
from huoku.server.ledger.naming import (
    MOST_STEPS,
    ItemId,
    LocationId,
    OwnerId,
    Quantity,
    ReservationId,
    SupplyId,
    UnitCost,
)
from huoku.server.ledger.refusals import (
    LotDiffers,
    LotNeeded,
    LotNotWanted,
    NotInUse,
    QuantityDiffers,
    SamePlace,
    SerialIsOne,
    WrongEnds,
)
from huoku.server.platform.command import At
from huoku.server.platform.ids import time_ordered
from huoku.server.platform.naming import Called, Names, Steps
from huoku.server.platform.refusals import NotFound
from huoku.server.platform.requests import IN_A_LINE, Asked, Id
from huoku.server.platform.sql import ask, places

Kind, Ends = Movement.Kind, Location.Kind
LotCode = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80, pattern=IN_A_LINE)]
Document = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=400)]

INSIDE = frozenset(Location.PHYSICAL)
FLOOR = frozenset({Ends.LINE_SIDE, Ends.WORK_IN_PROGRESS, Ends.PRODUCTION})
ENDS: dict[str, list[tuple[frozenset[Any], frozenset[Any]]]] = {
    Kind.RECEIVE: [(frozenset({Ends.SUPPLIER}), INSIDE)],
    Kind.MAKE: [(frozenset({Ends.PRODUCTION}), INSIDE)],
    Kind.ISSUE: [(INSIDE, FLOOR)],
    Kind.SHIP: [(INSIDE, frozenset({Ends.CUSTOMER}))],
    Kind.TRANSFER: [(INSIDE, INSIDE)],
    Kind.RETURN: [
        (frozenset({Ends.CUSTOMER, Ends.PRODUCTION}), INSIDE),
        (INSIDE, frozenset({Ends.SUPPLIER})),
        (frozenset({Ends.LINE_SIDE, Ends.WORK_IN_PROGRESS}), INSIDE),
    ],
    Kind.SCRAP: [(INSIDE, frozenset({Ends.SCRAP}))],
    Kind.STATUS: [(INSIDE, INSIDE)],
}
"""From where to where a movement of each kind goes. Count differences are entered by counts alone."""


class Part(Asked):
    """So much of a lot went into what was made."""

    lot: Annotated[Id, Called("lot_id"), Names("ledger.Lot", code="")]
    quantity: Annotated[int, Field(gt=0, le=MOST_STEPS), Steps(of="lot", way="item")]


class Line(Asked):
    """One quantity of one item from one place to another.

    ``lot`` names a lot by id; ``lot_code`` by code, and makes it where it arrives from outside and is new. The quantity
    may be given as entered too: ``entered`` of ``unit``, where a unit is ``numerator / denominator`` smallest steps.
    """

    id: UUID | None = None
    kind: Movement.Kind
    item: ItemId
    quantity: Quantity
    from_location: LocationId
    to_location: LocationId
    lot: Annotated[Id, Called("lot_id"), Names("ledger.Lot", code="")] | None = None
    lot_code: Annotated[LotCode, Called("lot")] = ""
    received_on: date | None = None
    expires_on: date | None = None
    demand: Document = ""
    made_from: list[Part] = []
    owner: OwnerId | None = None
    from_status: Status = Status.AVAILABLE
    to_status: Status = Status.AVAILABLE
    entered: Annotated[Decimal, Called("")] | None = None
    unit: Annotated[str, StringConstraints(max_length=20), Called("")] = ""
    numerator: Annotated[int, Field(gt=0), Called("")] = 1
    denominator: Annotated[int, Field(gt=0), Called("")] = 1
    unit_cost: UnitCost | None = None
    reservation: ReservationId | None = None
    supply: SupplyId | None = None

    @model_validator(mode="after")
    def status_changes_are_of_their_own_kind(self) -> "Line":
        if (self.kind == Kind.STATUS) != (
            self.from_location == self.to_location and self.from_status != self.to_status
        ):
            raise ValueError("a change of status, and only it, stays at its place and has two statuses")
        if self.kind not in (Kind.STATUS, Kind.RECEIVE, Kind.MAKE, Kind.RETURN) and self.from_status != self.to_status:
            raise ValueError("the status changes by a movement of its own")
        return self


def entries_of(
    at: At, lines: Sequence[Line], *, effective_at: datetime | None, document: str, reason: str
) -> tuple[list[Entry], dict[int, Place]]:
    """The lines as entries, and the places that they name.

    Raises NotFound, NotInUse, NotYourSite, WrongEnds, SamePlace, LotNeeded, LotNotWanted, LotDiffers,
    SerialIsOne, QuantityDiffers.
    """
    items = facts.items(at.company_id, [line.item for line in lines])
    where = facts.locations(at, [id for line in lines for id in (line.from_location, line.to_location)])
    facts.check_owners(at.company_id, [line.owner for line in lines])
    for row, line in enumerate(lines):
        _check(row, line, items[line.item], where)
    lots = _lots(at, lines, items, where)
    ours = facts.own(at.company_id)
    made = [
        Entry(
            id=line.id or time_ordered(at.now),
            kind=line.kind.value,
            item_id=line.item,
            lot_id=lot,
            owner_id=line.owner or ours,
            from_location_id=line.from_location,
            to_location_id=line.to_location,
            quantity=line.quantity,
            effective_at=effective_at or at.now,
            from_status=line.from_status.value,
            to_status=line.to_status.value,
            entered="" if line.entered is None else format(line.entered, "f"),
            entered_unit=line.unit,
            numerator=line.numerator,
            denominator=line.denominator,
            unit_cost=line.unit_cost,
            document=document,
            reason=reason,
            reservation_id=line.reservation,
            row=row,
        )
        for row, (line, lot) in enumerate(zip(lines, lots, strict=True))
    ]
    return made, where


def _check(row: int, line: Line, item: ItemFacts, where: Mapping[int, Place]) -> None:
    if not item.is_active and not where[line.from_location].is_physical:
        raise NotInUse(row=row, field="item", value=item.code)
    if item.is_serial and line.quantity != 1:
        raise SerialIsOne(row=row, field="quantity", value=line.quantity)
    origin, target = where[line.from_location], where[line.to_location]
    if not any(origin.kind in a and target.kind in b for a, b in ENDS.get(line.kind, [])):
        raise WrongEnds(
            row=row, field="kind", value=line.kind.value, kind=line.kind.value, origin=origin.kind, target=target.kind
        )
    if line.from_location == line.to_location and line.from_status == line.to_status:
        raise SamePlace(row=row, field="to_location", value=origin.code)
    if line.entered is not None:
        steps = Fraction(line.entered) * line.numerator / line.denominator
        if steps != line.quantity:
            raise QuantityDiffers(
                row=row, field="entered", value=line.quantity, entered=line.entered, unit=line.unit, steps=str(steps)
            )


def _lots(at: At, lines: Sequence[Line], items: Mapping[int, ItemFacts], where: Mapping[int, Place]) -> list[int]:
    """The id of each line's lot. Lots named by code are made where they come from outside and are new."""
    by_code: dict[int, LotWanted] = {}
    by_id: dict[int, int] = {}
    for row, line in enumerate(lines):
        item = items[line.item]
        if not item.is_tracked:
            if line.lot_code:
                raise LotNotWanted(row=row, field="lot", value=line.lot_code, item=item.code)
            if line.lot is None:
                by_code[row] = LotWanted(line.item, "")
                continue
        if line.lot is not None:
            by_id[row] = line.lot
        elif line.lot_code:
            by_code[row] = LotWanted(line.item, line.lot_code, *_dates(at, line, item), demand=line.demand)
        else:
            raise LotNeeded(row=row, field="lot", item=item.code)
    _check_lots_by_id(at, lines, by_id)
    found = _known_or_new(at, lines, by_code, items, where)
    return [by_id[row] if row in by_id else found[row] for row in range(len(lines))]


def _dates(at: At, line: Line, item: ItemFacts) -> tuple[date | None, date | None]:
    """When a new lot came and when it expires: as stated, else by the item's shelf life from its coming."""
    received = line.received_on or at.today
    if line.expires_on is None and item.shelf_life_days is not None:
        return received, date.fromordinal(min(received.toordinal() + item.shelf_life_days, date.max.toordinal()))
    return received, line.expires_on


def _check_lots_by_id(at: At, lines: Sequence[Line], by_id: Mapping[int, int]) -> None:
    if not by_id:
        return
    rows = ask(
        f"SELECT id, item_id FROM {LOTS} WHERE company_id = %s AND id IN {places(len(set(by_id.values())), 1)}",
        [at.company_id, *sorted(set(by_id.values()))],
    )
    item_of: dict[int, int] = dict(rows)
    for row, lot in by_id.items():
        if item_of.get(lot) != lines[row].item:
            raise NotFound(row=row, field="lot", value=lot, what="lot")


def _known_or_new(
    at: At,
    lines: Sequence[Line],
    by_code: Mapping[int, LotWanted],
    items: Mapping[int, ItemFacts],
    where: Mapping[int, Place],
) -> dict[int, int]:
    if not by_code:
        return {}
    may_be_new = [
        lot for row, lot in by_code.items() if not lot.code or not where[lines[row].from_location].is_physical
    ]
    known = facts.lots_by_code(at.company_id, by_code.values(), may_be_new)
    for row, lot in by_code.items():
        if (lot.item_id, lot.code) not in known:
            raise NotFound(row=row, field="lot", value=lot.code, what="lot")
        expires_on = known[lot.item_id, lot.code][1]
        if lines[row].expires_on is not None and expires_on != lines[row].expires_on:
            raise LotDiffers(
                row=row, field="expires_on", value=lot.code, item=items[lot.item_id].code, expires_on=expires_on
            )
    return {row: known[lot.item_id, lot.code][0] for row, lot in by_code.items()}
