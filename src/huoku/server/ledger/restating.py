"""What an order's line will bring, stated anew as a part of a document's step: promises beyond it are given back."""

from dataclasses import dataclass
from datetime import date

from huoku.server.ledger.booking import make
from huoku.server.ledger.commands.supplies import StateSupply, state
from huoku.server.ledger.facts import own
from huoku.server.ledger.holdings import Changes, lessen
from huoku.server.ledger.models import Reservation, SupplyBalance
from huoku.server.platform.command import At


@dataclass(frozen=True, slots=True)
class GivenBack:
    """So much of what was to arrive was promised to a demand, and is not any more."""

    demand: str
    quantity: int
    need_on: date | None


def restate_supply(at: At, stated: StateSupply) -> list[GivenBack]:
    """Enter, change or end what a line will bring; what was promised beyond it, the least urgent and the latest first.

    Unlike the command it asks for no right: the step of the document did.
    """
    supply = SupplyBalance.objects.of(at.company_id).select_for_update().filter(supply=stated.supply).first()
    if supply is None:
        if stated.quantity:
            state(at, stated)
        return []
    before = (supply.location_id, supply.quantity, supply.expected_on, supply.is_firm)
    if before == (stated.location, stated.quantity, stated.expected_on, stated.is_firm):
        return []
    given_back = _give_back(at, supply, supply.reserved - stated.quantity)
    state(at, stated)
    return given_back


def promised_of(at: At, supply: str) -> list[Reservation]:
    """Open reservations of what a line will bring, the most urgent first."""
    kept = Reservation.objects.of(at.company_id).filter(supply__supply=supply, state__in=Reservation.OPEN)
    return list(kept.order_by("priority", "made_at", "id"))


def _give_back(at: At, supply: SupplyBalance, beyond: int) -> list[GivenBack]:
    changes, ours, given_back = Changes(), own(at.company_id), []
    for reservation in reversed(promised_of(at, supply.supply)):
        quantity = min(beyond, reservation.open_quantity)
        if quantity <= 0:
            break
        lessen(at, reservation.pk, quantity, Reservation.State.VOIDED).keep(-quantity, changes, ours)
        given_back.append(GivenBack(reservation.demand, quantity, reservation.need_on))
        beyond -= quantity
    make(at, changes)
    return given_back
