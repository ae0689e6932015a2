"""The walk of a pick list: place by place, with the lots that are to be taken there."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from huoku.server.ledger.facts import own
from huoku.server.ledger.models import Status
from huoku.server.ledger.queries.stock import LotStock, by_lot
from huoku.server.production.models import PickLine

NEVER = date.max


@dataclass(frozen=True, slots=True)
class Stop:
    """One line of the walk. ``lots``: what expires first, as it lies there now, with its steps."""

    line: int
    place: str
    item: str
    order: str
    open_steps: int
    lots: tuple[tuple[str, int], ...]


def walk(company_id: int, pick_list: int) -> list[Stop]:
    """What is still to be fetched, in walking order; lines at one place share its lots in that order."""
    lines = list(
        PickLine.objects.of(company_id)
        .filter(pick_list=pick_list, state=PickLine.State.OPEN)
        .select_related("location", "component__item", "component__order", "reservation")
        .order_by("seq")
    )
    there: dict[tuple[int, int], list[list[LotStock | int]]] = defaultdict(list)
    ours = own(company_id)
    for row in by_lot(company_id, [line.component.item_id for line in lines]):
        if row.owner_id == ours and row.status == Status.AVAILABLE and row.on_hand > row.reserved:
            there[row.item_id, row.location_id].append([row, row.on_hand - row.reserved])
    return [_stop(line, there[line.component.item_id, line.location_id]) for line in lines]


def _stop(line: PickLine, lots: list[list[LotStock | int]]) -> Stop:
    order, left, taken = line.component.order, line.open_steps, []
    for pair in lots:
        lot, free = pair
        assert isinstance(lot, LotStock) and isinstance(free, int)
        if (lot.expires_on or NEVER) >= order.start_on and (part := min(left, free)):
            taken.append((lot.lot, part))
            pair[1] = free - part
            left -= part
    return Stop(line.seq, line.location.code, line.component.item.code, order.number, line.open_steps, tuple(taken))
