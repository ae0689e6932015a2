"""Orders for which something lies ready to be fetched and nobody has been sent yet."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from huoku.server.ledger.models import Reservation
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.platform.sql import listed
from huoku.server.production.models import PickLine, WorkComponent, WorkOrder
from huoku.server.production.models.components import open_steps
from huoku.server.production.models.orders import ledger_name
from huoku.server.production.states import UNDER_WAY

FIGURES = ("quantity", "posted", "voided", "expired", "pre_empted")
"""Of a reservation: what was kept, and what of it no longer is."""


@dataclass(frozen=True, slots=True)
class ToPick:
    """``items``: so many components can be fetched now."""

    order: int
    number: str
    item: str
    start_on: date
    priority: int
    items: int


def to_pick(actor: Actor) -> list[ToPick]:
    """The first to start comes first."""
    rows = rows_for(actor, WorkOrder).filter(state__in=UNDER_WAY)
    columns = ("id", "number", "item__code", "start_on", "priority")
    orders = {id: about for id, *about in rows.order_by("start_on", "priority", "number").values_list(*columns)}
    wanted = _open_components(actor, orders)
    left = _kept_and_on_no_list(actor, {ledger_name(id): id for id in orders})
    found = (
        ToPick(id, number, item, start_on, priority, sum(left.get((id, each), 0) > 0 for each in wanted.get(id, ())))
        for id, (number, item, start_on, priority) in orders.items()
    )
    return [each for each in found if each.items]


def _open_components(actor: Actor, orders: Mapping[int, object]) -> dict[int, set[int]]:
    """By order, the items that are still to be issued to it."""
    rows = WorkComponent.objects.of(actor.company).filter(
        order__in=listed(orders), stands_for=None, is_backflushed=False
    )
    found: dict[int, set[int]] = defaultdict(set)
    for order, item, *figures in rows.values_list(
        "order", "item", "needed_steps", "replaced_steps", "issued_steps", "returned_steps"
    ):
        if open_steps(*figures):
            found[order].add(item)
    return found


def _kept_and_on_no_list(actor: Actor, demands: Mapping[str, int]) -> dict[tuple[int, int], int]:
    """Steps by order and item."""
    rows = Reservation.objects.of(actor.company).filter(supply=None, state__in=Reservation.OPEN)
    kept = [row for row in rows.values_list("pk", "demand", "item", *FIGURES) if row[1] in demands]
    left = {pk: quantity - sum(gone) for pk, _, _, quantity, *gone in kept}
    lines = PickLine.objects.of(actor.company).filter(state=PickLine.State.OPEN)
    for reservation, asked, taken in lines.values_list("reservation", "asked_steps", "taken_steps"):
        if reservation in left:
            left[reservation] -= asked - taken
    found: dict[tuple[int, int], int] = defaultdict(int)
    for pk, demand, item, *_ in kept:
        found[demands[demand], item] += max(0, left[pk])
    return found
