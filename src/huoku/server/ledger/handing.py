"""What is kept changes hands: it is given back, or kept for another demand instead.

Parts of the commands of documents, under their rights: who may cancel an order may free what was kept for it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from uuid import UUID

from huoku.server.ledger import facts
from huoku.server.ledger.booking import make
from huoku.server.ledger.holdings import Changes, Held, lessen, lock_supplies_of
from huoku.server.ledger.keeping import Demand, keep, new_id
from huoku.server.ledger.models import Reservation
from huoku.server.platform.command import At

State = Reservation.State


def give_back(at: At, given: Mapping[UUID, int]) -> None:
    """Free so much of each reservation. Raises ReservationEnded where one holds less."""
    changes, ours = Changes(), facts.own(at.company_id)
    lock_supplies_of(at, given)
    for id, quantity in sorted(given.items()):
        lessen(at, id, quantity, State.VOIDED).keep(-quantity, changes, ours)
    make(at, changes)


def hand_over(
    at: At,
    old: str,
    new: Demand,
    wanted: Mapping[int, int],
    sites: Collection[int | None] | None = None,
    is_meant: Callable[[Reservation], bool] = lambda _: True,
) -> dict[int, int]:
    """Keep for ``new`` what was kept for the demand ``old``: of each item up to ``wanted`` steps, stock before what is
    to arrive, at ``sites`` alone where they are named, and of reservations that are meant. Returns how much of each
    item.

    The body cannot read the new reservations: they are inserted at its end.
    """
    changes, ours = Changes(), facts.own(at.company_id)
    left = dict(wanted)
    for row in _open(at, old, wanted, sites):
        quantity = min(left[row.item_id], row.open_quantity)
        if quantity <= 0 or not is_meant(row):
            continue
        held = lessen(at, row.pk, quantity, State.VOIDED)
        held.keep(-quantity, changes, ours)
        place = Held(new_id(at), held.kind, held.item_id, held.location_id, held.lot_id, held.owner_id, held.supply_id)
        keep(at, new, place, quantity, changes, ours)
        left[row.item_id] -= quantity
    make(at, changes)
    return {item: wanted[item] - left[item] for item in wanted if left[item] != wanted[item]}


def free_to_move(at: At, place: tuple[int, int], steps: int) -> list[tuple[Demand, int]]:
    """Free so much of what is kept of an item at a place, the oldest first, for stock that moves: for whom it was."""
    item, location = place
    rows = Reservation.objects.of(at.company_id).filter(
        kind=Reservation.Kind.SOFT, item=item, location=location, state__in=Reservation.OPEN
    )
    freed: dict[UUID, int] = {}
    moving: list[tuple[Demand, int]] = []
    for row in rows.order_by("made_at", "pk"):
        if part := min(steps, row.open_quantity):
            freed[row.pk] = part
            moving.append((Demand(row.demand, row.priority, row.need_on, row.expires_at), part))
            steps -= part
    if freed:
        give_back(at, freed)
    return moving


def keep_there(at: At, place: tuple[int, int], moving: Sequence[tuple[Demand, int]]) -> None:
    """Keep for the same demands what has moved to a place. Raises InsufficientStock where it is not there."""
    item, location = place
    soft = Reservation.Kind.SOFT.value
    _keep_all(at, [(who, Held(new_id(at), soft, item, location, None, None, None), steps) for who, steps in moving])


def _open(at: At, demand: str, items: Mapping[int, int], sites: Collection[int | None] | None) -> list[Reservation]:
    rows = (
        Reservation.objects.of(at.company_id)
        .filter(demand=demand, item__in=list(items), state__in=Reservation.OPEN)
        .select_related("location")
    )
    here = [row for row in rows if sites is None or row.location.site_id in sites]
    return sorted(here, key=lambda row: (row.supply_id is not None, row.made_at, row.pk))


def keep_again(at: At, old: Reservation, quantity: int) -> UUID:
    """Keep for the same demand, at the same place, what was taken from a reservation and has come back. Returns the id
    of the new one, which the body cannot read. Raises InsufficientStock."""
    place = Held(new_id(at), old.kind, old.item_id, old.location_id, old.lot_id, old.owner_id, None)
    _keep_all(at, [(Demand(old.demand, old.priority, old.need_on, None), place, quantity)])
    return place.id


def _keep_all(at: At, wanted: Sequence[tuple[Demand, Held, int]]) -> None:
    changes, ours = Changes(), facts.own(at.company_id)
    for demand, held, steps in wanted:
        keep(at, demand, held, steps, changes, ours)
    if wanted:
        make(at, changes)
