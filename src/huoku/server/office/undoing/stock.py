"""Stock where it lay, and kept for whom it was kept."""

from collections.abc import Iterable

from huoku.server.ledger.models import Balance, Movement, Reservation
from huoku.server.office.undoing.counter import Asked
from huoku.server.office.undoing.doing import Doing
from huoku.server.platform.exact import plain
from huoku.server.platform.kept import rows_for

TAKEN = ("voided", "posted", "part_posted", "pre_empted")
"""What lessens a reservation, in the events of a step."""


def released(doing: Doing) -> Iterable[tuple[str, Asked]]:
    for each in doing.answer["reservations"]:
        if each["id"] is not None:
            yield "ledger.release", {"reservation": each["id"]}


def reversed_movements(doing: Doing) -> Iterable[tuple[str, Asked]]:
    """Every movement by its opposite, the last one first."""
    for each in reversed(doing.answer["movements"]):
        yield "ledger.reverse_movement", {"movement": each["id"]}


def kept_again(doing: Doing) -> Iterable[tuple[str, Asked]]:
    """What was given back or taken of reservations is kept for the same demands, as long as they lasted."""
    for each in doing.changes("ledger.reservation"):
        if not (steps := sum(each.new.get(kind, 0) for kind in TAKEN)):
            continue  # made by it
        row = Reservation.objects.of(doing.actor.company).get(pk=each.id)
        wish = {"item": row.item_id, "location": row.location_id, "quantity": steps, "lot": row.lot_id}
        wish |= {"owner": row.owner_id, "supply": row.supply_id}
        lasts = row.expires_at and max(1, int((row.expires_at - doing.at).total_seconds()))
        asked = {"demand": row.demand, "priority": row.priority, "need_on": row.need_on, "lasts_seconds": lasts}
        yield "ledger.reserve", {"lines": [wish], **asked}


def taken_back(doing: Doing) -> Iterable[tuple[str, Asked]]:
    yield from reversed_movements(doing)
    yield from kept_again(doing)


def carried_back(doing: Doing) -> Iterable[tuple[str, Asked]]:
    """To the place where it lay, with what is kept of it."""
    moved = rows_for(doing.actor, Movement).get(pk=doing.answer["movements"][0]["id"])
    here = {"lot": moved.lot_id, "owner": moved.owner_id, "status": moved.to_status, "location": moved.to_location_id}
    for balance in rows_for(doing.actor, Balance).filter(**here).select_related("item"):
        qty = plain(moved.quantity, balance.item.decimals)
        yield "ledger.put_away", {"id": balance.pk, "to_location": moved.from_location_id, "qty": qty}


def given_back_to_the_loser(doing: Doing) -> Iterable[tuple[str, Asked]]:
    """What the more urgent demand got is freed, and what the loser got instead; the loser keeps its own again."""
    for id in (doing.answer["reservation"], doing.answer["instead"]):
        if id is not None:
            yield "ledger.release", {"reservation": id, "quantity": doing.answer["quantity"]}
    yield from kept_again(doing)
