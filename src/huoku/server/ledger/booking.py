"""The core of every movement: reservations that it takes from, heads, balances, then its place in the chain."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection

from huoku.server.ledger import facts
from huoku.server.ledger.debts import settle
from huoku.server.ledger.entries import Entry, stream_of
from huoku.server.ledger.facts import Place, own
from huoku.server.ledger.guarded import BALANCES, HEADS, SUPPLIES, Change, Key
from huoku.server.ledger.holdings import Changes, take
from huoku.server.ledger.models import Movement, PeriodLock, Status, SupplyBalance
from huoku.server.ledger.refusals import InsufficientStock, InsufficientSupply, MovementExists, NotYet, PeriodIsLocked
from huoku.server.ledger.serials import refuse_serials_that_are_there
from huoku.server.platform.audit import as_time
from huoku.server.platform.command import At
from huoku.server.platform.exact import plain
from huoku.server.platform.refusals import InvariantBroken, NotFound
from huoku.server.platform.sql import Statement, ask, ask_together, places

PERIOD = "period"
AHEAD = timedelta(hours=1)
"""So far may the clock of a scanner be ahead of the database's."""
MOVEMENTS, LOCKS = (f'"{model._meta.db_table}"' for model in (Movement, PeriodLock))


def book(at: At, entries: Sequence[Entry], where: Mapping[int, Place], changes: Changes | None = None) -> None:
    """Enter movements, all or none of them, together with ``changes`` of what is reserved.

    Raises InsufficientStock where a place holds less that is free, PeriodIsLocked, NotYet, SerialIsThere, and
    ReservationEnded and NotForThis of reservations that are taken from.
    """
    _check_times(at, entries)
    refuse_serials_that_are_there(at, entries, where)
    changes = changes or Changes()
    ours = own(at.company_id)
    for entry in entries:
        _leave(entry, where, ours, changes)
        _arrive(entry, where, ours, changes)
    take(at, [entry for entry in entries if entry.reservation_id], changes, ours)
    if unverified := {id for id, place in where.items() if place.is_unverified}:
        settle(at, unverified, ours, changes)
    make(at, changes, entries)
    for entry in entries:
        entry.append(at)


def make(at: At, changes: Changes, entries: Sequence[Entry] = ()) -> None:
    """Make the changes, heads before balances. Raises InsufficientStock and InsufficientSupply; InvariantBroken where
    the database's own check spoke, which the guards should never let happen."""
    try:
        if refused := SUPPLIES.change(at.company_id, changes.supplies):
            raise not_promised(at, refused[0], changes.supplies[refused[0]])
        if refused := HEADS.change(at.company_id, changes.heads):
            raise short(at, refused[0], changes.heads[refused[0]], entries)
        if refused := BALANCES.change(at.company_id, changes.balances):
            raise short(at, refused[0], changes.balances[refused[0]], entries)
    except IntegrityError as fault:
        if "_covers" not in str(fault):
            raise
        raise InvariantBroken(str(fault), sorted({stream_of(key[0]) for key in changes.heads}, key=str)) from fault


def _leave(entry: Entry, where: Mapping[int, Place], ours: int, changes: Changes) -> None:
    if where[entry.from_location_id].is_physical:
        key = (entry.item_id, entry.from_location_id)
        changes.balances[*key, entry.lot_id, entry.owner_id, entry.from_status].add(stock=-entry.quantity)
        if entry.owner_id == ours and entry.from_status == Status.AVAILABLE:
            changes.heads[key].add(stock=-entry.quantity)


def _arrive(entry: Entry, where: Mapping[int, Place], ours: int, changes: Changes) -> None:
    if where[entry.to_location_id].is_physical:
        key = (entry.item_id, entry.to_location_id)
        changes.balances[*key, entry.lot_id, entry.owner_id, entry.to_status].add(stock=entry.quantity)
        if entry.owner_id == ours and entry.to_status == Status.AVAILABLE:
            changes.heads[key].add(stock=entry.quantity)


def _check_times(at: At, entries: Sequence[Entry]) -> None:
    latest, earliest = max(e.effective_at for e in entries), min(e.effective_at for e in entries)
    if latest > at.now + AHEAD:
        raise NotYet(field="effective_at", value=latest.isoformat())
    # Also of what happens now: the books may have been closed while it was under way, or before the clock was put back.
    if (until := hold_period(at)) is not None and earliest <= until:
        raise PeriodIsLocked(field="effective_at", value=earliest.isoformat(), until=until.isoformat())


def hold_period(at: At, *, alone: bool = False) -> datetime | None:
    """Up to when the books are closed (None: never yet), and until the end nobody closes them (``alone``: nor enters
    anything). SQLite has one writer."""
    if PERIOD not in at.held or alone:
        at.held[PERIOD] = _closed_until(at, "" if alone else "_shared")
    until: datetime | None = at.held[PERIOD]
    return until


def _closed_until(at: At, shared: str) -> datetime | None:
    closed: Statement = (f"SELECT MAX(until) FROM {LOCKS} WHERE company_id = %s", [at.company_id])
    if connection.vendor != "postgresql":
        ((text,),) = ask(*closed)
        return as_time(datetime.fromisoformat(text)) if text else None
    hold = f"SELECT pg_advisory_xact_lock{shared}(hashtextextended(%s, 0))"
    # One round; the second statement sees what was committed before the lock was had.
    _, ((until,),) = ask_together([(hold, [f"{PERIOD}/{at.company_id}"]), closed])
    return as_time(until) if until else None


def check_ids(ids: Sequence[UUID]) -> None:
    """The movement's own id is a second guard beside the command's key. Raises MovementExists."""
    if len(set(ids)) < len(ids):
        raise MovementExists(field="id", value=next(id for id in ids if ids.count(id) > 1))
    if ids and (found := ask(f"SELECT id FROM {MOVEMENTS} WHERE id IN {places(len(ids), 1)}", ids)):
        raise MovementExists(field="id", value=found[0][0])


def short(at: At, key: Key, wanted: Change, entries: Sequence[Entry] = ()) -> InsufficientStock:
    """The refusal for a row that did not hold enough, with the names that people know. Raises NotFound of them."""
    guarded = HEADS if len(key) == 2 else BALANCES
    row = next((entry.row for entry in entries if (entry.item_id, entry.from_location_id) == key[:2]), None)
    item = facts.items(at.company_id, [key[0]])[key[0]]
    location = facts.locations(at, [key[1]])[key[1]].code
    stock, reserved = guarded.lock(at.company_id, [key]).get(key, (0, 0))
    asked: Any = max(wanted.reserved, wanted.reserved - wanted.stock)
    said = {"value": plain(asked, item.decimals), "free": plain(stock - reserved, item.decimals)}
    return InsufficientStock(row=row, field="quantity", item=item.code, location=location, **said)


def not_promised(at: At, key: Key, wanted: Change) -> InsufficientSupply:
    """The refusal for what is to arrive."""
    supply = SupplyBalance.objects.of(at.company_id).filter(pk=key[0]).first()
    if supply is None:
        raise NotFound(field="supply", value=key[0], what="supply")
    free = plain(supply.quantity - supply.reserved, supply.item.decimals)
    value = plain(wanted.reserved, supply.item.decimals)
    return InsufficientSupply(field="supply", value=value, supply=supply.supply, free=free)
