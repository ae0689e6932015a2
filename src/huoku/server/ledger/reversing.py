"""Undoing movements by their opposites. Parts of the commands of documents, under their rights: who may issue something
may undo having issued it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from huoku.server.ledger import facts
from huoku.server.ledger.booking import book
from huoku.server.ledger.entries import Entry
from huoku.server.ledger.models import Movement
from huoku.server.ledger.refusals import AlreadyReversed
from huoku.server.platform.command import At
from huoku.server.platform.ids import time_ordered
from huoku.server.platform.refusals import NotFound


def reversed_by(
    at: At, ids: Sequence[UUID], reason: str, *, id: UUID | None = None, effective_at: datetime | None = None
) -> list[Entry]:
    """Book the opposite of each movement, the last one first. The facts themselves stay.

    ``id``: of the opposite, where one movement is undone. Raises NotFound, AlreadyReversed, InsufficientStock where
    the stock has gone on meanwhile.
    """
    # Locked, so that of two who undo the same at once the second finds it undone.
    rows = Movement.objects.of(at.company_id).select_for_update().filter(pk__in=list(ids)).order_by("pk")
    found = {row.pk: row for row in rows}
    for each in ids:
        if each not in found:
            raise NotFound(field="movement", value=each, what="movement")
    undone = Movement.objects.of(at.company_id).filter(reverses__in=list(ids)).values_list("reverses", flat=True)
    if gone := [each for each in ids if each in set(undone) or found[each].reverses_id]:
        raise AlreadyReversed(field="movement", value=gone[0])
    movements = [found[each] for each in reversed(ids)]
    entries = [opposite(each, id or time_ordered(at.now), effective_at, reason) for each in movements]
    ends = {place for each in movements for place in (each.from_location_id, each.to_location_id)}
    book(at, entries, facts.locations(at, sorted(ends)))
    return entries


def opposite(movement: Movement, id: UUID, effective_at: datetime | None, reason: str) -> Entry:
    """The movement back: everything else is the same."""
    return Entry(
        id=id,
        kind=movement.kind,
        item_id=movement.item_id,
        lot_id=movement.lot_id,
        owner_id=movement.owner_id,
        from_location_id=movement.to_location_id,
        to_location_id=movement.from_location_id,
        from_status=movement.to_status,
        to_status=movement.from_status,
        quantity=movement.quantity,
        effective_at=effective_at or movement.effective_at,
        entered=movement.entered,
        entered_unit=movement.entered_unit,
        numerator=movement.numerator,
        denominator=movement.denominator,
        unit_cost=movement.unit_cost,
        document=movement.document,
        reason=reason,
        reverses_id=movement.pk,
    )
