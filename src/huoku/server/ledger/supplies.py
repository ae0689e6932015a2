"""What was to arrive has arrived: what was promised of it is kept for the same demands where it lies now."""

from collections.abc import Sequence
from uuid import UUID

from huoku.server.ledger.entries import Entry
from huoku.server.ledger.facts import check_site, own
from huoku.server.ledger.guarded import SUPPLIES
from huoku.server.ledger.holdings import Changes, Held, lessen
from huoku.server.ledger.keeping import Demand, keep, new_id
from huoku.server.ledger.lines import Line
from huoku.server.ledger.models import Reservation, Status, SupplyBalance
from huoku.server.ledger.refusals import NotOfThisSupply
from huoku.server.platform.command import At
from huoku.server.platform.refusals import NotFound


def turn_into_stock(
    at: At, lines: Sequence[Line], entries: Sequence[Entry], changes: Changes
) -> list[dict[str, object]]:
    """For each line that names a supply: less is to arrive, and its reservations, the most urgent first, become
    reservations of the stock. Raises NotFound, NotYourSite, NotOfThisSupply where item or status do not fit."""
    kept: list[dict[str, object]] = []
    # Two parts of one supply may arrive at once: the second then sees what the first has left of it.
    SUPPLIES.lock(at.company_id, {(line.supply,) for line in lines if line.supply is not None})
    for line, entry in zip(lines, entries, strict=True):
        if line.supply is None:
            continue
        supply = SupplyBalance.objects.of(at.company_id).filter(pk=line.supply).first()
        if supply is None:
            raise NotFound(row=entry.row, field="supply", value=line.supply, what="supply")
        if (
            supply.item_id != entry.item_id
            or entry.to_status != Status.AVAILABLE
            or entry.owner_id != own(at.company_id)
        ):
            raise NotOfThisSupply(row=entry.row, field="supply", value=supply.supply)
        check_site(at, supply.location_id)
        still = changes.supplies[(supply.pk,)]
        still.add(stock=-min(entry.quantity, supply.quantity + still.stock))
        kept += _kept(at, supply.pk, entry, changes)
    return kept


def _kept(at: At, supply_id: int, entry: Entry, changes: Changes) -> list[dict[str, object]]:
    waiting = list(
        Reservation.objects.of(at.company_id)
        .filter(supply_id=supply_id, state__in=Reservation.OPEN)
        .order_by("priority", "made_at", "id")
    )
    left, given = entry.quantity, {}
    for reservation in waiting:
        if quantity := min(left, reservation.open_quantity):
            given[reservation.pk] = quantity
            left -= quantity
    held: dict[UUID, Held] = {id: lessen(at, id, given[id], Reservation.State.POSTED) for id in sorted(given)}
    ours = own(at.company_id)
    told: list[dict[str, object]] = []
    for reservation in waiting:
        if reservation.pk not in given:
            continue
        quantity = given[reservation.pk]
        held[reservation.pk].keep(-quantity, changes, ours)
        place = Held(new_id(at), Reservation.Kind.SOFT.value, entry.item_id, entry.to_location_id, None, None, None)
        demand = Demand(reservation.demand, reservation.priority, reservation.need_on, reservation.expires_at)
        keep(at, demand, place, quantity, changes, ours)
        told.append({"id": place.id, "of": reservation.pk, "demand": reservation.demand, "quantity": quantity})
    return told
