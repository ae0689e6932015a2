"""A step of a document that moved stock, undone as a whole: parts of the commands that do it, under their rights.

What the step did is read from its facts: movements and events of reservations carry its key and its time. Whatever has
gone on since, goods that left or were kept for others, refuses the whole.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from huoku.server.ledger.booking import make
from huoku.server.ledger.coming_back import SAME_STEP, events_of_step
from huoku.server.ledger.facts import own
from huoku.server.ledger.handing import give_back
from huoku.server.ledger.holdings import Changes, Held, lock_supplies_of
from huoku.server.ledger.keeping import Demand, keep, new_id
from huoku.server.ledger.models import Movement, Reservation
from huoku.server.ledger.reversing import reversed_by
from huoku.server.platform.command import At
from huoku.server.platform.refusals import NotFound

MADE = Reservation.State.PENDING


@dataclass(frozen=True)
class TakenStep:
    """``made``: by reservation, what the step kept; ``taken``: what it took from others or freed of them."""

    movements: list[Movement]
    made: Mapping[UUID, int]
    taken: Mapping[UUID, int]


def step_of(at: At, movement: UUID, document: str) -> TakenStep:
    """The whole step that entered a movement of this document. Raises NotFound."""
    mine = Movement.objects.of(at.company_id).filter(document=document)
    one = mine.filter(pk=movement).first()
    if one is None:
        raise NotFound(field="movement", value=movement, what="movement")
    about = one.recorded_at - SAME_STEP, one.recorded_at + SAME_STEP
    same = mine.filter(command_key=one.command_key, recorded_at__range=about)
    movements = list(same.order_by("recorded_at", "seq"))
    balance: Counter[UUID] = Counter()
    for event in events_of_step(at, one).filter(reservation__item__in={each.item_id for each in movements}):
        balance[event.reservation_id] += event.quantity if event.kind == MADE else -event.quantity
    made = {id: steps for id, steps in balance.items() if steps > 0}
    return TakenStep(movements, made, {id: -steps for id, steps in balance.items() if steps < 0})


def take_back_step(at: At, step: TakenStep, reason: str) -> dict[UUID, UUID]:
    """Free what the step kept, book the opposite of its movements, and keep again what it took: by old reservation the
    new one, which the body cannot read. What was to arrive is to be restated before.

    Raises ReservationEnded where what it kept is not kept any more, InsufficientStock, InsufficientSupply.
    """
    lock_supplies_of(at, [*step.made, *step.taken])
    give_back(at, _kept_by_now(at, step.made))
    reversed_by(at, [each.pk for each in step.movements], reason)
    rows = Reservation.objects.of(at.company_id).filter(pk__in=list(step.taken)).order_by("made_at", "pk")
    changes, ours, again = Changes(), own(at.company_id), {}
    for row in rows:
        place = Held(new_id(at), row.kind, row.item_id, row.location_id, row.lot_id, row.owner_id, row.supply_id)
        demand = Demand(row.demand, row.priority, row.need_on, row.expires_at)
        again[row.pk] = keep(at, demand, place, step.taken[row.pk], changes, ours)
    if again:
        make(at, changes)
    return again


def _kept_by_now(at: At, made: Mapping[UUID, int]) -> dict[UUID, int]:
    """Which reservations hold what these held: where a later step was taken back, another one of the same demand at the
    same place. What nobody holds any more stays asked of the first, which then refuses."""
    given: Counter[UUID] = Counter()
    for row in Reservation.objects.of(at.company_id).filter(pk__in=list(made)).order_by("made_at", "pk"):
        same = {name: getattr(row, name) for name in ("demand", "item_id", "location_id", "lot_id", "supply_id")}
        others = Reservation.objects.of(at.company_id).filter(**same, state__in=Reservation.OPEN).exclude(pk=row.pk)
        left = made[row.pk]
        for each in (row, *others.order_by("-made_at", "-pk")):
            part = min(left, each.open_quantity - given[each.pk])
            given[each.pk] += part
            left -= part
        given[row.pk] += left
    return {id: steps for id, steps in given.items() if steps}


def promised_again(at: At, again: Mapping[UUID, UUID]) -> bool:
    """Whether some of what ``take_back_step`` kept again is of what is to arrive."""
    rows = Reservation.objects.of(at.company_id).filter(pk__in=list(again))
    return rows.exclude(supply=None).exists()
