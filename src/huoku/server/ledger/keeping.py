"""Making reservations: the rows, their first event, and what they hold."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from huoku.server.ledger.holdings import Changes, Held, note
from huoku.server.ledger.models import Reservation
from huoku.server.platform.command import At
from huoku.server.platform.ids import time_ordered


@dataclass(frozen=True, slots=True)
class Demand:
    """For what stock is kept, how urgently, until when."""

    name: str
    priority: int
    need_on: date | None
    expires_at: datetime | None


def keep(at: At, demand: Demand, place: Held, quantity: int, changes: Changes, ours: int) -> UUID:
    """Make a reservation of ``quantity`` where ``place`` says; the caller makes the changes. Returns its id."""
    place.keep(quantity, changes, ours)
    at.insert(
        Reservation,
        id=place.id,
        kind=place.kind,
        item_id=place.item_id,
        location_id=place.location_id,
        lot_id=place.lot_id,
        owner_id=place.owner_id,
        supply_id=place.supply_id,
        demand=demand.name,
        priority=demand.priority,
        need_on=demand.need_on,
        quantity=quantity,
        posted=0,
        voided=0,
        expired=0,
        pre_empted=0,
        state=Reservation.State.PENDING.value,
        made_at=at.now,
        expires_at=demand.expires_at,
    )
    note(at, place.id, Reservation.State.PENDING.value, quantity)
    return place.id


def new_id(at: At) -> UUID:
    return time_ordered(at.now)
