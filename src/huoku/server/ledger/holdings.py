"""Reservations as they are taken from, released, or given away: each change is guarded, and leaves an event."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from huoku.server.ledger import facts
from huoku.server.ledger.entries import Entry
from huoku.server.ledger.guarded import SUPPLIES, Change, Key
from huoku.server.ledger.models import Reservation, ReservationEvent, Status
from huoku.server.ledger.refusals import NotForThis, ReservationEnded
from huoku.server.platform.command import At
from huoku.server.platform.exact import plain
from huoku.server.platform.sql import ask, for_update, places

TABLE = f'"{Reservation._meta.db_table}"'
OPEN = "quantity - posted - voided - expired - pre_empted"
State = Reservation.State
COLUMN = {State.POSTED: "posted", State.VOIDED: "voided", State.EXPIRED: "expired", State.PRE_EMPTED: "pre_empted"}


class Changes:
    """What a command changes, gathered so that each row is changed once."""

    def __init__(self) -> None:
        self.heads: dict[Key, Change] = defaultdict(Change)
        self.balances: dict[Key, Change] = defaultdict(Change)
        self.supplies: dict[Key, Change] = defaultdict(Change)


@dataclass(frozen=True, slots=True)
class Held:
    """Where a reservation holds its stock."""

    id: UUID
    kind: str
    item_id: int
    location_id: int
    lot_id: int | None
    owner_id: int | None
    supply_id: int | None
    state: str = State.PENDING.value

    def keep(self, quantity: int, changes: Changes, ours: int) -> None:
        """Reserve so much more where it is held (less, where ``quantity`` is negative)."""
        if self.supply_id is not None:
            changes.supplies[(self.supply_id,)].add(reserved=quantity)
            return
        if self.lot_id is not None:
            key = (self.item_id, self.location_id, self.lot_id, self.owner_id, Status.AVAILABLE.value)
            changes.balances[key].add(reserved=quantity)
        if self.owner_id in (None, ours):
            changes.heads[self.item_id, self.location_id].add(reserved=quantity)


def lessen(at: At, reservation_id: UUID, by: int, how: State) -> Held:
    """Take ``by`` off an open reservation, as posted, voided, expired or pre-empted, and note the event.

    Raises ReservationEnded where it holds less, has ended, or (when it is to be posted) has expired by the
    database's clock; NotYourSite where the actor does not work at its place.
    """
    column = COLUMN[how]
    in_time = "AND (expires_at IS NULL OR expires_at > %s)" if how == State.POSTED else ""
    part = "part_posted" if how == State.POSTED else None
    rows = ask(
        f"UPDATE {TABLE} SET {column} = {column} + %s, "
        f"state = CASE WHEN {OPEN} = %s THEN %s ELSE COALESCE(%s, state) END "
        f"WHERE company_id = %s AND id = %s AND state IN ('pending', 'part_posted') AND {OPEN} >= %s {in_time} "
        "RETURNING kind, item_id, location_id, lot_id, owner_id, supply_id, state",
        [by, by, how.value, part, at.company_id, reservation_id, by, *([at.now] if in_time else [])],
    )
    if not rows:
        raise ReservationEnded(field="reservation", value=reservation_id, open=_open_in_units(at, reservation_id))
    held = Held(reservation_id, *rows[0])
    facts.check_site(at, held.location_id)
    kind = held.state if how == State.POSTED else how.value
    note(at, reservation_id, kind, by)
    return held


def lock_supplies_of(at: At, reservations: Collection[UUID]) -> None:
    """Supplies are locked before what is promised of them, as by receipts; else the two would cross."""
    if reservations and connection.vendor == "postgresql":
        ask(
            f"SELECT id FROM {SUPPLIES.table} WHERE company_id = %s AND id IN (SELECT supply_id FROM {TABLE} "
            f"WHERE company_id = %s AND id IN {places(len(reservations), 1)}) ORDER BY id{for_update()}",
            [at.company_id, at.company_id, *reservations],
        )


def note(at: At, reservation_id: UUID, kind: str, quantity: int) -> None:
    """The event, and its line in the audit entry."""
    at.insert(
        ReservationEvent,
        reservation_id=reservation_id,
        kind=kind,
        quantity=quantity,
        recorded_at=at.now,
        command_key=at.key,
    )
    at.changes.append({"what": "ledger.reservation", "id": reservation_id, "new": {kind: quantity}})


def _open_in_units(at: At, reservation_id: UUID) -> str:
    """What a reservation still holds, in its item's unit: for people."""
    found = Reservation.objects.of(at.company_id).filter(pk=reservation_id).select_related("item").first()
    return plain(found.open_quantity, found.item.decimals) if found else "0"


def take(at: At, entries: Sequence[Entry], changes: Changes, ours: int) -> None:
    """Post what ``entries`` take from reservations, in the order of their ids.

    Raises ReservationEnded, and NotForThis where an entry takes other stock than the reservation keeps.
    """
    taken: dict[UUID, int] = defaultdict(int)
    for entry in entries:
        assert entry.reservation_id is not None
        taken[entry.reservation_id] += entry.quantity
    held = {id: lessen(at, id, taken[id], State.POSTED) for id in sorted(taken)}
    for entry in entries:
        of = held[entry.reservation_id]  # type: ignore[index]
        kept: tuple[Any, ...] = (of.item_id, of.location_id, of.lot_id or entry.lot_id, of.owner_id or entry.owner_id)
        if of.supply_id is not None or kept != (
            entry.item_id,
            entry.from_location_id,
            entry.lot_id,
            entry.owner_id,
        ):
            raise NotForThis(row=entry.row, field="reservation", value=of.id)
    for id, quantity in taken.items():
        held[id].keep(-quantity, changes, ours)


def open_of(at: At, ids: Sequence[UUID]) -> dict[UUID, int]:
    """What open reservations still hold, by id."""
    if not ids:
        return {}
    rows = ask(
        f"SELECT id, {OPEN} FROM {TABLE} WHERE company_id = %s AND id IN {places(len(ids), 1)} "
        "AND state IN ('pending', 'part_posted')",
        [at.company_id, *ids],
    )
    return {UUID(str(id)): quantity for id, quantity in rows}
