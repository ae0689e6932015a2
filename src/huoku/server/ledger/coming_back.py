"""What was kept is kept as before when movements are undone: parts of the commands that take a step of a document back.

Which reservations a step made, and which it took from, their events tell: they carry its key and its time.
"""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet, Sum

from huoku.server.ledger.booking import make
from huoku.server.ledger.commands.reservations import Reserve, Wish, reserve
from huoku.server.ledger.facts import own
from huoku.server.ledger.handing import give_back, keep_again
from huoku.server.ledger.holdings import Changes, Held
from huoku.server.ledger.keeping import Demand, keep, new_id
from huoku.server.ledger.models import Movement, Reservation, ReservationEvent, SupplyBalance
from huoku.server.platform.command import At

State = Reservation.State
SAME_STEP = timedelta(minutes=1)
"""Keys are their senders' own: two of them may use one, but hardly in one minute for one demand."""


def free_what_came(at: At, movement: Movement, most: int) -> list[tuple[Demand, int]]:
    """Free up to so much, where ``movement`` brought it, of what is kept there for those that its step kept it for: for
    whom it was."""
    made = Reservation.objects.of(at.company_id).filter(
        pk__in=_of_kinds(at, movement, State.PENDING).values("reservation"),
        item=movement.item_id,
        location=movement.to_location_id,
        supply=None,
    )
    kept = Reservation.objects.of(at.company_id).filter(
        demand__in=made.values("demand"),
        kind=Reservation.Kind.SOFT,
        item=movement.item_id,
        location=movement.to_location_id,
        state__in=Reservation.OPEN,
    )
    freed, waiting = {}, []
    for row in kept.order_by("-made_at", "-pk"):
        if part := min(most, row.open_quantity):
            freed[row.pk] = part
            waiting.append((Demand(row.demand, row.priority, row.need_on, row.expires_at), part))
            most -= part
    give_back(at, freed)
    return waiting


def room_of(at: At, supply: str) -> int:
    """What is to arrive of a supply and is promised to nobody."""
    found = SupplyBalance.objects.of(at.company_id).filter(supply=supply).first()
    return found.quantity - found.reserved if found else 0


def promise_again(at: At, supply: str, waiting: Sequence[tuple[Demand, int]]) -> None:
    """Keep for the same demands what is to arrive. Raises InsufficientSupply."""
    if not waiting:
        return
    there = SupplyBalance.objects.of(at.company_id).get(supply=supply)
    changes, ours = Changes(), own(at.company_id)
    for demand, quantity in waiting:
        kind = Reservation.Kind.SUPPLY.value
        place = Held(new_id(at), kind, there.item_id, there.location_id, None, None, there.pk)
        keep(at, demand, place, quantity, changes, ours)
    make(at, changes)


def keep_what_was_taken(at: At, movements: Sequence[Movement], demands: Collection[str]) -> None:
    """Keep again for these demands what one step took from reservations by ``movements``, now that it has come back.
    Raises InsufficientStock."""
    if not movements:
        return
    taken = _of_kinds(at, movements[0], State.PART_POSTED, State.POSTED).filter(reservation__demand__in=demands)
    quantities = dict(taken.values_list("reservation").annotate(taken=Sum("quantity")))
    for row in Reservation.objects.of(at.company_id).filter(pk__in=list(quantities)).order_by("made_at", "pk"):
        keep_again(at, row, quantities[row.pk])


def keep_what_was_freed(at: At, movement: Movement, demands: Collection[str]) -> None:
    """Keep again for these demands, as far as it is free, what the step that entered a movement freed of theirs."""
    freed = _of_kinds(at, movement, State.VOIDED).filter(reservation__demand__in=demands)
    quantities = dict(freed.values_list("reservation").annotate(freed=Sum("quantity")))
    for row in Reservation.objects.of(at.company_id).filter(pk__in=list(quantities)).order_by("made_at", "pk"):
        wish: dict[str, Any] = {"item": row.item_id, "location": row.location_id, "quantity": quantities[row.pk]}
        wish |= {"lot": row.lot_id, "owner": row.owner_id, "supply": row.supply_id}
        known: dict[str, Any] = {"demand": row.demand, "priority": row.priority, "need_on": row.need_on}
        reserve.body(at, Reserve(lines=[Wish(**wish)], is_partial=True, **known))


def events_of_step(at: At, movement: Movement) -> QuerySet[ReservationEvent]:
    """What happened to reservations in the step that entered a movement."""
    about = movement.recorded_at - SAME_STEP, movement.recorded_at + SAME_STEP
    events = ReservationEvent.objects.of(at.company_id).filter(recorded_at__range=about)
    return events.filter(command_key=movement.command_key)


def _of_kinds(at: At, movement: Movement, *kinds: State) -> QuerySet[ReservationEvent]:
    return events_of_step(at, movement).filter(kind__in=kinds)
