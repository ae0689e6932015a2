"""Giving what is kept for one demand to a more urgent one."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from huoku.server.ledger import facts
from huoku.server.ledger.booking import make
from huoku.server.ledger.holdings import Changes, Held, lessen, lock_supplies_of
from huoku.server.ledger.keeping import Demand, keep, new_id
from huoku.server.ledger.models import Reservation, SupplyBalance
from huoku.server.ledger.naming import MOST_STEPS, ReservationId, SupplyId
from huoku.server.ledger.refusals import NotLower, NotOfThisSupply, ReservationEnded
from huoku.server.ledger.rights import PRE_EMPT
from huoku.server.platform.command import At, command
from huoku.server.platform.naming import Steps
from huoku.server.platform.refusals import NotFound
from huoku.server.platform.requests import Asked, DueDay


class PreEmpt(Asked):
    """``quantity``: all that the loser still keeps, where none is given. ``promised_on`` is the loser's new date,
    ``from_supply`` what is to arrive and is kept for it instead."""

    loser: ReservationId
    demand: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)] = Field(
        description="Whose it is. On pages: the number of a paper and its line, such as SO-2026-00012/3."
    )
    priority: Annotated[int, Field(ge=1, le=9)]
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]
    quantity: Annotated[int, Field(gt=0, le=MOST_STEPS), Steps(of="loser", way="item")] | None = None
    need_on: DueDay | None = None
    lasts_seconds: Annotated[int, Field(gt=0, le=366 * 86400)] | None = None
    promised_on: DueDay | None = None
    from_supply: SupplyId | None = None


@command(right=PRE_EMPT)
def pre_empt(at: At, request: PreEmpt) -> dict[str, object]:
    """Take a reservation, or a part of it, for a more urgent demand; tell the loser's people, with the new date.

    Raises NotLower where the loser is as urgent, ReservationEnded, NotYourSite, InsufficientSupply, NotOfThisSupply.
    """
    loser = Reservation.objects.of(at.company_id).filter(pk=request.loser).first()
    if loser is None:
        raise NotFound(field="loser", value=request.loser, what="reservation")
    if loser.priority <= request.priority:
        raise NotLower(field="priority", value=request.loser)
    lock_supplies_of(at, [loser.pk])
    quantity = request.quantity or loser.open_quantity
    if not quantity:
        raise ReservationEnded(field="loser", value=request.loser, open=0)
    ours, changes = facts.own(at.company_id), Changes()
    held = lessen(at, loser.pk, quantity, Reservation.State.PRE_EMPTED)
    held.keep(-quantity, changes, ours)
    expires_at = at.now + timedelta(seconds=request.lasts_seconds) if request.lasts_seconds else None
    winner = Demand(request.demand, request.priority, request.need_on, expires_at)
    won = keep(at, winner, _at_the_same_place(at, held), quantity, changes, ours)
    instead = _instead(at, request, loser, quantity, changes, ours)
    make(at, changes)
    at.reason = at.reason or request.reason
    at.tell(
        "reservation_pre_empted",
        loser,
        demand=loser.demand,
        by=request.demand,
        item=loser.item_id,
        quantity=quantity,
        promised_on=request.promised_on,
        instead=instead,
        reason=request.reason,
    )
    return {"reservation": won, "loser": loser.pk, "quantity": quantity, "instead": instead}


def _at_the_same_place(at: At, held: Held) -> Held:
    return Held(new_id(at), held.kind, held.item_id, held.location_id, held.lot_id, held.owner_id, held.supply_id)


def _instead(at: At, request: PreEmpt, loser: Reservation, quantity: int, changes: Changes, ours: int) -> UUID | None:
    """What is kept for the loser of what is to arrive."""
    if request.from_supply is None:
        return None
    supply = SupplyBalance.objects.of(at.company_id).filter(pk=request.from_supply, item_id=loser.item_id).first()
    if supply is None:
        raise NotOfThisSupply(field="from_supply", value=request.from_supply)
    facts.check_site(at, supply.location_id)
    place = Held(new_id(at), Reservation.Kind.SUPPLY.value, loser.item_id, supply.location_id, None, None, supply.pk)
    demand = Demand(loser.demand, loser.priority, request.promised_on or loser.need_on, None)
    return keep(at, demand, place, quantity, changes, ours)
