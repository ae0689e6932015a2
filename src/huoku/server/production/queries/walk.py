"""The walk of a pick list: place by place, with the lots that are to be taken there."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from huoku.server.ledger.facts import own
from huoku.server.ledger.models import Status
from huoku.server.ledger.queries.stock import LotStock, by_lot
from huoku.server.production.models import PickLine


@dataclass(frozen=True, slots=True)
class Stop:
    """One line of the walk. ``lots``: what expires first, as it lies there now, with its steps."""

    line: int
    place: str
    item: str
    name: str
    name_en: str
    unit: str
    decimals: int
    order: str
    order_id: int
    component: int
    """Its seq in the order."""
    start_on: date
    open_steps: int
    """What is still to be fetched and kept for the order there: nothing where it is not needed any more."""
    lots: tuple[tuple[str, int], ...]


def walk(company_id: int, pick_list: int) -> list[Stop]:
    """What is still to be fetched, in walking order; lines at one place share its lots in that order."""
    lines = list(
        PickLine.objects.of(company_id)
        .filter(pick_list=pick_list, state=PickLine.State.OPEN)
        .select_related("location", "component__item", "component__order", "reservation__lot")
        .order_by("location__code", "seq")
    )
    ours = own(company_id)
    lots: dict[tuple[int, int], list[LotStock]] = defaultdict(list)
    free: dict[tuple[int, int, int], int] = {}
    for row in by_lot(company_id, [line.component.item_id for line in lines]):
        if row.owner_id == ours and row.status == Status.AVAILABLE:
            lots[row.item_id, row.location_id].append(row)
            free[row.item_id, row.location_id, row.lot_id] = row.on_hand - row.reserved
    return [_stop(line, lots[line.component.item_id, line.location_id], free) for line in lines]


def _stop(line: PickLine, lots: list[LotStock], free: dict[tuple[int, int, int], int]) -> Stop:
    order, item = line.component.order, line.component.item
    wanted = left = min(line.open_steps, line.reservation.open_quantity)
    taken: list[tuple[str, int]] = []
    if kept := line.reservation.lot:  # that very lot, whatever expires before it
        taken, lots = [(kept.code, left)], []
    for lot in lots:
        there = (lot.item_id, lot.location_id, lot.lot_id)
        is_good = lot.expires_on is None or lot.expires_on >= order.start_on
        if is_good and (part := min(left, free[there])):
            taken.append((lot.lot, part))
            free[there] -= part
            left -= part
    return Stop(
        line=line.seq,
        place=line.location.code,
        item=item.code,
        name=item.name,
        name_en=item.name_en,
        unit=item.unit,
        decimals=item.decimals,
        order=order.number,
        order_id=order.pk,
        component=line.component.seq,
        start_on=order.start_on,
        open_steps=wanted,
        lots=tuple(taken),
    )
