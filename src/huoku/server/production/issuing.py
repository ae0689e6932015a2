"""Bringing materials of an order from storage to its work, or straight into the product, and back."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from huoku.server.ledger.commands.movements import RecordMovement, record_movement
from huoku.server.ledger.commands.picking import Pick, PostReservation, pick, post_reservation
from huoku.server.ledger.lines import Line
from huoku.server.ledger.models import Movement, Reservation
from huoku.server.platform.command import At
from huoku.server.production.components import kept_for
from huoku.server.production.models import WorkOrder

AT_ONCE = 1000
"""So many lines one movement command takes."""


def good_until(at: At, order: WorkOrder) -> date:
    """The day on which what is issued must still be good."""
    return max(at.today, order.start_on)


def issue(
    at: At,
    order: WorkOrder,
    item: int,
    quantity: int,
    origin: int,
    target: int,
    *,
    lot: int | None = None,
    reason: str = "",
) -> dict[int, int]:
    """Issue so much from one place: first what is reserved for the order there, then what is free. Returns lots.

    Raises InsufficientStock, ReasonNeeded where a lot is named.
    """
    lots: dict[int, int] = defaultdict(int)
    about: dict[str, Any] = {
        "to_location": target,
        "need_on": good_until(at, order),
        "lot": lot,
        "document": order.ledger_name,
        "reason": reason,
    }
    for kept in _kept_there(at, order, item, origin):
        if part := min(quantity, kept.open_quantity):
            told = post_reservation(at, PostReservation(reservation=kept.pk, quantity=part, **about))
            _add(lots, told)
            quantity -= part
    if quantity:
        _add(lots, pick(at, Pick(item=item, quantity=quantity, from_location=origin, **about)))
    return lots


def _kept_there(at: At, order: WorkOrder, item: int, place: int) -> list[Reservation]:
    here = [row for row in kept_for(at.company_id, order) if (row.item_id, row.location_id) == (item, place)]
    return [row for row in here if row.supply_id is None]


def _add(lots: dict[int, int], told: Any) -> None:
    for movement in told["movements"]:
        lots[movement["lot"]] += movement["quantity"]


def move_lots(
    at: At,
    order: WorkOrder,
    kind: Movement.Kind,
    lots: dict[int, dict[int, int]],
    origin: int,
    target: int,
    serials: set[int],
) -> None:
    """Move lots of the order by item and lot; ``serials``: the items of which each piece is a movement of its own."""
    lines: list[Line] = []
    for item, of_item in lots.items():
        for lot, quantity in of_item.items():
            pieces: Sequence[int] = [1] * quantity if item in serials else [quantity]
            lines += [
                Line(kind=kind, item=item, quantity=each, from_location=origin, to_location=target, lot=lot)
                for each in pieces
            ]
    for start in range(0, len(lines), AT_ONCE):
        record_movement(at, RecordMovement(lines=lines[start : start + AT_ONCE], document=order.ledger_name))
