"""The stock of a transfer is kept for it from its approval on, so that what was promised to arrive can be sent."""

from collections.abc import Sequence
from uuid import UUID

from huoku.server.ledger.commands.reservations import Reserve, Wish, reserve
from huoku.server.ledger.covering import lock_stock_of
from huoku.server.ledger.doubting import leave_out_doubted
from huoku.server.ledger.handing import give_back, hand_over
from huoku.server.ledger.keeping import Demand
from huoku.server.ledger.models import Reservation
from huoku.server.ledger.queries.coverage import Picture, read
from huoku.server.ledger.queries.stock import LotStock, by_lot
from huoku.server.ledger.restating import promised_of
from huoku.server.platform.command import At
from huoku.server.platform.exact import plain
from huoku.server.warehouse.models import Transfer, TransferLine
from huoku.server.warehouse.places import STORES, at_both_ends
from huoku.server.warehouse.refusals import NotThere


def keep_stock(at: At, transfer: Transfer, lines: Sequence[TransferLine]) -> None:
    """Reserve what the lines carry: what is kept at the origin for a line's own demand already, then free stock that
    is still good when it arrives.

    Raises NotThere where it is not there whole; then nothing is kept.
    """
    lock_stock_of(at, {line.item_id for line in lines})
    here = transfer.origin.site_id
    good_until = max(at.today, transfer.expected_on)
    picture = read(at.company_id, {line.item_id for line in lines}, good_until, None if here is None else [here])
    leave_out_doubted(at.company_id, picture.free)
    everywhere = at_both_ends(at)
    for line in lines:
        left = line.to_send_steps - sum(row.open_quantity for row in kept_for(at.company_id, line))
        left -= _handed_over(everywhere, transfer, line, left)
        wishes = _wishes(at, transfer, line, left, picture)
        if wishes:
            asked = Reserve(
                lines=wishes, demand=line.ledger_name, priority=transfer.priority, need_on=transfer.start_on
            )
            reserve.body(everywhere, asked)


def kept_for(company_id: int, line: TransferLine) -> list[Reservation]:
    """What is reserved for a line where it still lies, by place."""
    rows = Reservation.objects.of(company_id).filter(
        demand=line.ledger_name, item_id=line.item_id, supply=None, state__in=Reservation.OPEN
    )
    waiting = rows.exclude(location=line.transfer.transit_id).select_related("location")
    return sorted(waiting, key=lambda row: (row.location.code, row.made_at, row.pk))


def keep_for_its_demand(at: At, transfer: Transfer, line: TransferLine, supply: int) -> None:
    """It is carried for somebody: nobody else is promised what it brings."""
    wish = Wish(item=line.item_id, location=transfer.target_id, quantity=line.open_steps, supply=supply)
    asked = Reserve(lines=[wish], demand=line.demand, priority=transfer.priority, need_on=transfer.expected_on)
    reserve.body(at_both_ends(at), asked)


def give_up(at: At, transfer: Transfer, line: TransferLine) -> None:
    """What is kept for a line and is not sent stays where it lies: for the demand that it was to be carried for, as far
    as that still counts on the line; the rest is free again."""
    everywhere = at_both_ends(at)
    kept = kept_for(at.company_id, line)
    counted_on = [row for row in promised_of(at, line.ledger_name) if line.demand and row.demand == line.demand]
    staying = min(sum(row.open_quantity for row in kept), sum(row.open_quantity for row in counted_on))
    if staying:
        theirs = Demand(line.demand, transfer.priority, counted_on[0].need_on, None)
        hand_over(everywhere, line.ledger_name, theirs, {line.item_id: staying}, is_meant=_is_stock)
        give_back(everywhere, _so_many(counted_on, staying))
    let_go(at, line)


def let_go(at: At, line: TransferLine) -> None:
    """Everything that is kept for a line, of stock or of what is to arrive at the origin, is free again."""
    rows = Reservation.objects.of(at.company_id).filter(demand=line.ledger_name, state__in=Reservation.OPEN)
    give_back(at_both_ends(at), {row.pk: row.open_quantity for row in rows})


def _is_stock(row: Reservation) -> bool:
    return row.supply_id is None


def free_what_is_kept(at: At, line: TransferLine, steps: int) -> None:
    """So much of what is kept for a line at the origin need not be sent any more."""
    give_back(at_both_ends(at), _so_many(kept_for(at.company_id, line), steps))


def _so_many(rows: Sequence[Reservation], steps: int) -> dict[UUID, int]:
    """So many steps of these reservations, one after the other."""
    given: dict[UUID, int] = {}
    for row in rows:
        if part := min(steps, row.open_quantity):
            given[row.pk] = part
            steps -= part
    return given


def _handed_over(at: At, transfer: Transfer, line: TransferLine, wanted: int) -> int:
    """What is kept at the origin for the demand that the line is carried for goes with it."""
    if not line.demand or line.lot_id is not None or wanted <= 0:
        return 0

    def is_meant(row: Reservation) -> bool:
        lies_there = row.supply_id is None and row.location.kind in STORES
        return lies_there and (transfer.is_between_sites or row.location_id == transfer.origin_id)

    mine = Demand(line.ledger_name, transfer.priority, transfer.start_on, None)
    wish, sites = {line.item_id: wanted}, [transfer.origin.site_id]
    return hand_over(at, line.demand, mine, wish, sites, is_meant).get(line.item_id, 0)


def _wishes(at: At, transfer: Transfer, line: TransferLine, wanted: int, picture: Picture) -> list[Wish]:
    """From which places, and of which lot where it is named, free stock is taken: the origin first, then the fullest.

    Takes it out of ``picture``. Raises NotThere.
    """
    lots = _of_lot(at, line)
    free = picture.free.get(line.item_id, {})
    wishes, left = [], wanted
    for place in sorted(free, key=lambda place: (place != transfer.origin_id, -free[place], place)):
        is_of_the_site = transfer.is_between_sites and picture.sites[place] == transfer.origin.site_id
        if place != transfer.origin_id and not is_of_the_site:
            continue
        most = free[place] if lots is None else min(free[place], lots.get(place, 0))
        if (quantity := min(left, most)) > 0:
            wishes.append(Wish(item=line.item_id, location=place, quantity=quantity, lot=line.lot_id))
            free[place] -= quantity
            left -= quantity
    if left > 0:
        digits = line.item.decimals
        raise NotThere(
            row=line.seq - 1,
            field="qty",
            value=plain(line.to_send_steps, digits),
            seq=line.seq,
            item=line.item.code,
            origin=transfer.origin.code,
            free=plain(line.to_send_steps - left, digits),
        )
    return wishes


def _of_lot(at: At, line: TransferLine) -> dict[int, int] | None:
    """By place, what of the line's lot is not reserved by name; None where it names no lot."""
    if line.lot_id is None:
        return None
    rows = (row for row in by_lot(at.company_id, [line.item_id]) if _is_ours(row, line.lot_id))
    return {row.location_id: row.on_hand - row.reserved for row in rows}


def _is_ours(row: LotStock, lot: int) -> bool:
    return row.lot_id == lot and row.status == "available"
