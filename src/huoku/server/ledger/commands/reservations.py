"""Keeping stock for a demand, and giving it back."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from huoku.server.ledger import facts
from huoku.server.ledger.booking import make
from huoku.server.ledger.entries import audit_stream
from huoku.server.ledger.guarded import BALANCES, HEADS, SUPPLIES
from huoku.server.ledger.holdings import TABLE, Changes, Held, lessen, lock_supplies_of, open_of
from huoku.server.ledger.keeping import Demand, keep, new_id
from huoku.server.ledger.models import Reservation, SupplyBalance
from huoku.server.ledger.naming import (
    ItemId,
    LocationId,
    LotId,
    OwnerId,
    Quantity,
    QuantityOfReservation,
    ReservationId,
    SupplyId,
)
from huoku.server.ledger.refusals import NotOfThisSupply, ReservationEnded
from huoku.server.ledger.rights import RESERVE
from huoku.server.platform.command import At, command
from huoku.server.platform.requests import Asked, DueDay
from huoku.server.platform.sql import ask, for_update

Kind, State = Reservation.Kind, Reservation.State


class Wish(Asked):
    """So much of an item at a place; of one lot where it is named (hard); or of what is to arrive (``supply``)."""

    item: ItemId
    location: LocationId
    quantity: Quantity
    lot: LotId | None = None
    owner: OwnerId | None = None
    supply: SupplyId | None = None

    @model_validator(mode="after")
    def is_of_one_kind(self) -> "Wish":
        if (self.supply is not None and self.lot is not None) or (self.owner is not None and self.lot is None):
            raise ValueError("supply has no lot yet, and another owner's stock is reserved by lot")
        return self

    @property
    def kind(self) -> Reservation.Kind:
        return Kind.SUPPLY if self.supply is not None else Kind.HARD if self.lot is not None else Kind.SOFT


class Reserve(Asked):
    """All or nothing, unless ``is_partial``: then of each line what is free. ``lasts_seconds``: until released."""

    lines: Annotated[list[Wish], Field(min_length=1, max_length=1000)]
    demand: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)] = Field(
        description="Whose it is. On pages: the number of a paper and its line, such as SO-2026-00012/3."
    )
    priority: Annotated[int, Field(ge=1, le=9)] = 3
    need_on: DueDay | None = None
    lasts_seconds: Annotated[int, Field(gt=0, le=366 * 86400)] | None = None
    is_partial: bool = False


@command(right=RESERVE, stream=lambda request: audit_stream(request.lines[0].item))
def reserve(at: At, request: Reserve) -> dict[str, object]:
    """Keep stock or supply for a demand, so that nobody else is promised it.

    Raises InsufficientStock or InsufficientSupply and keeps nothing, unless the request is partial.
    """
    if at.actor.sites is not None:
        facts.locations(at, [line.location for line in request.lines])
    ours = facts.own(at.company_id) if any(line.lot is not None for line in request.lines) else 0
    expires_at = at.now + timedelta(seconds=request.lasts_seconds) if request.lasts_seconds else None
    demand = Demand(request.demand, request.priority, request.need_on, expires_at)
    _check_supplies(at, request.lines)
    places = [place_of(at, line, ours) for line in request.lines]
    wanted = [line.quantity for line in request.lines]
    given = _as_far_as_free(at, places, wanted, ours) if request.is_partial else wanted
    changes = Changes()
    made = []
    for line, place, quantity in zip(request.lines, places, given, strict=True):
        if quantity:
            keep(at, demand, place, quantity, changes, ours)
        made.append(
            {
                "id": place.id if quantity else None,
                "item": line.item,
                "location": line.location,
                "asked": line.quantity,
                "quantity": quantity,
            }
        )
    make(at, changes)
    return {"reservations": made, "expires_at": expires_at}


def place_of(at: At, wish: Wish, ours: int) -> Held:
    """Where the stock of a wish would be held, under a new id."""
    owner = (wish.owner or ours) if wish.lot is not None else None
    return Held(new_id(at), wish.kind.value, wish.item, wish.location, wish.lot, owner, wish.supply)


def _check_supplies(at: At, lines: Sequence[Wish]) -> None:
    ids = [line.supply for line in lines if line.supply is not None]
    if not ids:
        return
    found = SupplyBalance.objects.of(at.company_id).in_bulk(ids)
    for row, line in enumerate(lines):
        if line.supply is not None:
            if line.supply not in found or found[line.supply].item_id != line.item:
                raise NotOfThisSupply(row=row, field="supply", value=line.supply)
            facts.check_site(at, found[line.supply].location_id)


def _as_far_as_free(at: At, places: Sequence[Held], wanted: Sequence[int], ours: int) -> list[int]:
    """Of each line what is free once those before it are served; all rows are locked first, in the order of all."""
    supplies, heads, balances = _locked(at, places, ours)
    given = []
    for place, quantity in zip(places, wanted, strict=True):
        touched = Changes()
        place.keep(1, touched, ours)
        rows = [
            *((supplies, key) for key in touched.supplies),
            *((heads, key) for key in touched.heads),
            *((balances, key) for key in touched.balances),
        ]
        free = min(free_of.get(key, 0) for free_of, key in rows)
        share = max(0, min(quantity, free))
        for free_of, key in rows:
            free_of[key] = free_of.get(key, 0) - share
        given.append(share)
    return given


def _locked(at: At, places: Sequence[Held], ours: int) -> list[dict[tuple[object, ...], int]]:
    touched = Changes()
    for place in places:
        place.keep(1, touched, ours)
    return [
        {key: stock - reserved for key, (stock, reserved) in table.lock(at.company_id, list(keys)).items()}
        for table, keys in ((SUPPLIES, touched.supplies), (HEADS, touched.heads), (BALANCES, touched.balances))
    ]


class Release(Asked):
    reservation: ReservationId
    quantity: QuantityOfReservation | None = None


@command(right=RESERVE)
def release(at: At, request: Release) -> dict[str, object]:
    """Give back a reservation, or a part of it. Raises ReservationEnded where it holds less, NotYourSite."""
    lock_supplies_of(at, [request.reservation])
    quantity = request.quantity or open_of(at, [request.reservation]).get(request.reservation)
    if not quantity:
        raise ReservationEnded(field="reservation", value=request.reservation, open=0)
    held = lessen(at, request.reservation, quantity, State.VOIDED)
    changes = Changes()
    held.keep(-quantity, changes, facts.own(at.company_id))
    make(at, changes)
    return {"reservation": held.id, "released": quantity, "state": held.state}


class ExpireDue(Asked):
    limit: Annotated[int, Field(gt=0, le=10_000)] = 1000


@command(right=RESERVE)
def expire_due(at: At, request: ExpireDue) -> dict[str, object]:
    """End reservations whose time is over by the database's clock, and free what they held. A schedule runs it."""
    rows = ask(
        f"SELECT id FROM {TABLE} WHERE company_id = %s AND expires_at <= %s AND state IN ('pending', 'part_posted') "
        f"ORDER BY id LIMIT %s{for_update(skip_locked=True)}",
        [at.company_id, at.now, request.limit],
    )
    left = open_of(at, [UUID(str(id)) for (id,) in rows])
    ours, changes = facts.own(at.company_id), Changes()
    for id, quantity in sorted(left.items()):
        lessen(at, id, quantity, State.EXPIRED).keep(-quantity, changes, ours)
    make(at, changes)
    for reservation in Reservation.objects.of(at.company_id).filter(pk__in=list(left)):
        at.tell("reservation_expired", reservation, demand=reservation.demand, quantity=left[reservation.pk])
    return {"expired": sorted(left)}
