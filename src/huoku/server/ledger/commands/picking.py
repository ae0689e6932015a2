"""Taking stock by the rule that what expires first goes first, for a reservation or without one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator

from huoku.server.ledger import facts
from huoku.server.ledger.booking import book
from huoku.server.ledger.commands.movements import told
from huoku.server.ledger.entries import audit_stream
from huoku.server.ledger.facts import LOTS
from huoku.server.ledger.guarded import BALANCES, HEADS
from huoku.server.ledger.holdings import OPEN, TABLE
from huoku.server.ledger.lines import Document, Line, Reason, entries_of
from huoku.server.ledger.models import Movement, Status
from huoku.server.ledger.naming import ItemId, LocationId, LotId, Quantity, QuantityOfReservation, ReservationId
from huoku.server.ledger.refusals import InsufficientStock, NotForThis, ReasonNeeded, ReservationEnded
from huoku.server.ledger.rights import MOVE
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import plain
from huoku.server.platform.naming import Called, Names
from huoku.server.platform.refusals import NotFound
from huoku.server.platform.requests import Asked, DueDay, Id, Moment
from huoku.server.platform.sql import ask, for_update


def _takes(kind: Movement.Kind) -> Movement.Kind:
    if kind == Movement.Kind.STATUS:
        raise ValueError("a change of status stays at its place: nothing is taken")
    return kind


Taking = Annotated[Movement.Kind, AfterValidator(_takes)]


class Pick(Asked):
    """``need_on`` (default: today) is the day for which the stock must still be good. ``lot`` overrides the rule and
    wants a reason. ``reservation``: what is taken, is taken from it."""

    item: ItemId
    quantity: Quantity
    from_location: LocationId
    to_location: LocationId
    kind: Taking = Movement.Kind.ISSUE
    need_on: DueDay | None = None
    lot: LotId | None = None
    reservation: ReservationId | None = None
    document: Document = ""
    effective_at: Moment | None = None
    reason: Reason = ""


@command(right=MOVE, stream=lambda request: audit_stream(request.item))
def pick(at: At, request: Pick) -> dict[str, object]:
    """Take our own available stock: lots by expiry, receipt and number, leaving out what is held, kept by name for
    others, or expired on the day of need. Raises InsufficientStock, ReasonNeeded, ReservationEnded, NotForThis."""
    kept = _kept(at, request.reservation) if request.reservation else None
    if kept and (kept.item_id, kept.location_id) != (request.item, request.from_location):
        raise NotForThis(field="reservation", value=request.reservation)
    return _picked(at, request, kept)


class PostReservation(Asked):
    """``quantity``: all that it still keeps, where none is given."""

    reservation: ReservationId
    to_location: LocationId
    quantity: QuantityOfReservation | None = None
    kind: Taking = Movement.Kind.ISSUE
    need_on: DueDay | None = None
    lot: Annotated[Id, Called("lot_id"), Names("ledger.Lot", code="")] | None = None
    document: Document = ""
    effective_at: Moment | None = None
    reason: Reason = ""


@command(right=MOVE)
def post_reservation(at: At, request: PostReservation) -> dict[str, object]:
    """Take what a reservation keeps: its lot, or lots by the rule. Raises as ``pick``."""
    kept = _kept(at, request.reservation)
    asked = request.model_dump(exclude={"quantity"}, exclude_unset=True)
    picked = Pick(
        **asked, item=kept.item_id, from_location=kept.location_id, quantity=request.quantity or max(kept.open, 1)
    )
    return _picked(at, picked, kept)


@dataclass(frozen=True, slots=True)
class Kept:
    """A reservation of stock, locked."""

    id: UUID
    item_id: int
    location_id: int
    lot_id: int | None
    owner_id: int | None
    open: int


def _kept(at: At, reservation: UUID) -> Kept:
    rows = ask(
        f"SELECT item_id, location_id, lot_id, owner_id, {OPEN}, kind FROM {TABLE} "
        f"WHERE company_id = %s AND id = %s{for_update()}",
        [at.company_id, reservation],
    )
    if not rows:
        raise NotFound(field="reservation", value=reservation, what="reservation")
    *kept, kind = rows[0]
    if kind == "supply" or not kept[-1]:
        raise ReservationEnded(field="reservation", value=reservation, open=0)
    return Kept(reservation, *kept)


def _picked(at: At, request: Pick, kept: Kept | None) -> dict[str, object]:
    item = facts.items(at.company_id, [request.item])[request.item]
    need_on = None
    if kept and kept.lot_id:
        lots = [(kept.lot_id, request.quantity)]
    elif request.lot is not None:
        if not request.reason:
            raise ReasonNeeded(field="reason")
        lots = [(request.lot, request.quantity)]
    else:
        need_on = request.need_on or at.today
        lots = _first_expired_first(at, request, item, need_on)
    lines = [
        Line(
            kind=request.kind,
            item=request.item,
            quantity=quantity,
            from_location=request.from_location,
            to_location=request.to_location,
            lot=lot,
            owner=kept.owner_id if kept else None,
            reservation=request.reservation,
        )
        for lot, quantity in _by_piece(lots, item.is_serial)
    ]
    entries, where = entries_of(
        at, lines, effective_at=request.effective_at, document=request.document, reason=request.reason
    )
    for entry in entries:
        entry.need_on = need_on if item.is_tracked else None
    book(at, entries, where)
    return {"movements": [told(entry) for entry in entries]}


def _by_piece(lots: Sequence[tuple[int, int]], is_serial: bool) -> Sequence[tuple[int, int]]:
    return [(lot, 1) for lot, quantity in lots for _ in range(quantity)] if is_serial else lots


LOTS_IN_ORDER = (
    f"SELECT b.lot_id, b.on_hand - b.reserved FROM {BALANCES.table} b JOIN {LOTS} l ON l.id = b.lot_id "
    "WHERE b.company_id = %s AND b.item_id = %s AND b.location_id = %s AND b.owner_id = %s AND b.status = %s "
    "AND b.on_hand > b.reserved AND (l.expires_on IS NULL OR l.expires_on >= %s) "
    "ORDER BY COALESCE(l.expires_on, %s), COALESCE(l.received_on, %s), l.id"
)


def _first_expired_first(at: At, request: Pick, item: facts.ItemFacts, need_on: date) -> list[tuple[int, int]]:
    """Lots and quantities. The head is locked, so whoever else chooses among these lots waits."""
    place = (request.item, request.from_location)
    HEADS.lock(at.company_id, [place])
    last: Any = date.max
    rows = ask(
        LOTS_IN_ORDER,
        [at.company_id, *place, facts.own(at.company_id), Status.AVAILABLE.value, need_on, last, last],
    )
    chosen, left = [], request.quantity
    for lot, free in rows:
        if left:
            chosen.append((int(lot), min(left, int(free))))
            left -= chosen[-1][1]
    if left:
        where = facts.locations(at, [request.from_location])[request.from_location]
        free = plain(request.quantity - left, item.decimals)
        value = plain(request.quantity, item.decimals)
        raise InsufficientStock(field="quantity", value=value, item=item.code, location=where.code, free=free)
    return chosen
