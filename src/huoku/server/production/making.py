"""The stock side of a report: materials go into production, and what was made comes out of it, traced to their lots."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from math import ceil
from typing import Any

from huoku.server.items.models import Item
from huoku.server.ledger.commands.movements import RecordMovement, record_movement
from huoku.server.ledger.lines import Line, Part
from huoku.server.ledger.models import Location, Movement
from huoku.server.ledger.queries.stock import available
from huoku.server.platform.command import At
from huoku.server.production.components import Components, kept_for
from huoku.server.production.consumption import missing
from huoku.server.production.issuing import issue, move_lots
from huoku.server.production.lots import last_lots_used, lots_at_work, take_from
from huoku.server.production.models import WorkComponent, WorkOrder
from huoku.server.production.output import supply_of
from huoku.server.production.places import STORES, production_place
from huoku.server.production.refusals import SerialsNeeded

Used = dict[int, int]
"""Steps by lot."""


def consume(at: At, order: WorkOrder, components: Components, due: Mapping[int, int]) -> Used:
    """Let ``due`` (steps by component) go into production. Returns the lots. Raises MaterialMissing."""
    production = production_place(at, order)
    rows = [row for row in components if due.get(row.pk)]
    there = lots_at_work(at, order, [row.item_id for row in rows if not row.is_backflushed])
    taken: dict[int, Used] = defaultdict(dict)
    used: Used = defaultdict(int)
    for row in rows:
        steps = due[row.pk]
        if row.is_backflushed:
            lots = _from_stores(at, order, row, steps, production)
            row.issued_steps += steps
        else:
            lots = take_from(there.get(row.item_id, {}), steps)
            if sum(lots.values()) < steps:
                raise missing(row, steps, sum(lots.values()))
            for lot, quantity in lots.items():
                taken[row.item_id][lot] = taken[row.item_id].get(lot, 0) + quantity
        row.consumed_steps += steps
        for lot, quantity in lots.items():
            used[lot] += quantity
    serials = {row.item_id for row in rows if row.item.tracking == Item.Tracking.SERIAL}
    move_lots(at, order, Movement.Kind.ISSUE, taken, order.work_in_progress_id, production, serials)
    return used


def _from_stores(at: At, order: WorkOrder, row: WorkComponent, steps: int, production: int) -> Used:
    """Backflush: what is kept for the order, then what is free beside the line, then in the stores of its site."""
    used: Used = defaultdict(int)
    left = steps
    for place, there in _places(at, order, row.item_id):
        if part := min(left, there):
            for lot, quantity in issue(at, order, row.item_id, part, place, production).items():
                used[lot] += quantity
            left -= part
    if left:
        raise missing(row, steps, steps - left)
    return used


def _places(at: At, order: WorkOrder, item: int) -> list[tuple[int, int]]:
    """Places with what the order may take there, in the order in which it takes."""
    kept: dict[int, int] = defaultdict(int)
    for each in kept_for(at.company_id, order):
        if each.item_id == item and each.supply_id is None:
            kept[each.location_id] += each.open_quantity
    free = {row.location_id: row.free for row in available(at.company_id, [item])}
    known = Location.objects.of(at.company_id).in_bulk({*kept, *free})
    sites = (None, order.site_id) if order.site_id else None
    here = [
        place
        for place in known.values()
        if place.pk in kept or (place.kind in STORES and place.is_active and (not sites or place.site_id in sites))
    ]
    here.sort(key=lambda place: (place.pk not in kept, place.kind != Location.Kind.LINE_SIDE, place.code))
    return [(place.pk, kept.get(place.pk, 0) + free.get(place.pk, 0)) for place in here]


def make(
    at: At, order: WorkOrder, good: int, used: Used, *, lot_code: str, expires_on: date | None, serials: Sequence[str]
) -> list[Any]:
    """Put what was made to its place. What was promised of it is kept there for the same demands.

    An item kept by lot gets the order's number as its lot, unless another is given. Raises SerialsNeeded.
    """
    codes = _codes(order, good, lot_code, serials)
    production = production_place(at, order)
    parts = _parts(at, order, used, production, len(codes))
    supply = _supply(at, order)
    lines = [
        Line(
            kind=Movement.Kind.MAKE,
            item=order.item_id,
            quantity=good // len(codes),
            from_location=production,
            to_location=order.target_id,
            lot_code=code,
            expires_on=expires_on if code else None,
            demand=order.demand,
            made_from=parts,
            supply=supply,
        )
        for code in codes
    ]
    told = record_movement(at, RecordMovement(lines=lines, document=order.ledger_name))
    return [each["lot"] for each in told["movements"]]


def _codes(order: WorkOrder, good: int, lot_code: str, serials: Sequence[str]) -> Sequence[str]:
    if order.item.tracking == Item.Tracking.SERIAL:
        if len(set(serials)) != good or len(serials) != good:
            raise SerialsNeeded(field="serials", value=good, item=order.item.code)
        return serials
    return [(lot_code or order.number) if order.item.tracking == Item.Tracking.LOT else ""]


def _parts(at: At, order: WorkOrder, used: Used, production: int, pieces: int) -> list[Part]:
    """What each piece was made from. Of pieces reported together nobody wrote down which got which lot, so each is
    traced to all of them, with its share rounded up. A drum that an earlier report opened is in these pieces too,
    although nothing of it was consumed now: it is named with one step."""
    earlier = set(last_lots_used(at, order, production).values()) - used.keys()
    shares = {**{lot: 1 for lot in earlier}, **{lot: ceil(quantity / pieces) for lot, quantity in used.items()}}
    return [Part(lot=lot, quantity=quantity) for lot, quantity in sorted(shares.items())]


def _supply(at: At, order: WorkOrder) -> int | None:
    supply = supply_of(at, order)
    return supply.pk if supply and supply.quantity else None
