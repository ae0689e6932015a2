"""Answers of commands as they are outside: ids beside codes, quantities in units, as lists show them."""

import json
from typing import Any
from uuid import UUID

from huoku.server.api.lookup import Lookup
from huoku.server.ledger.models import Location, Lot, Owner, Reservation
from huoku.server.platform.canonical import canonical
from huoku.server.platform.exact import minor_digits, plain
from huoku.server.platform.models import Course, User

ROWS: dict[str, Any] = {
    **dict.fromkeys(("location", "from_location", "to_location"), Location),
    "owner": Owner,
    "lot": Lot,
    "course": Course,
}
STEPS = ("quantity", "asked", "released", "reserved", "counted")
OF_RESERVATION = ("reservation", "of", "loser")
MINOR = ("value", "provision", "amount_minor")


def told(answer: bytes, known: Lookup) -> bytes:
    """The stored answer of a command for whoever asked. Codes and decimals of items never change, so the same stored
    answer is told in the same bytes each time."""
    plain_answer = json.loads(answer)
    shown = outside(plain_answer, known)
    return answer if shown == plain_answer else canonical(shown)


def outside(value: Any, known: Lookup, item: int | None = None) -> Any:
    """Values of a request or an answer by the names that they have outside. ``item``: that quantities are of."""
    if isinstance(value, list):
        return [outside(each, known, item) for each in value]
    if not isinstance(value, dict):
        return value
    item = _item(value, known) or item
    shown: dict[str, Any] = {}
    for name, each in value.items():
        shown |= _field(name, each, known, item)
    return shown


def _field(name: str, value: Any, known: Lookup, item: int | None) -> dict[str, Any]:
    if not isinstance(value, int) or isinstance(value, bool):
        return {name: outside(value, known, item)}
    if name == "item":
        return {name: known.item(value).code, "item_id": value}
    if name == "user":
        return {name: User.objects.values_list("username", flat=True).get(pk=value), "user_id": value}
    if name in ROWS:
        return {name: known.code_of(ROWS[name], value), f"{name}_id": value}
    if name in STEPS and item is not None:
        return {name: known.shown(item, value)}
    if name == "unit_cost":
        return {name: plain(value, 6)}
    if name in MINOR:
        return {name.removesuffix("_minor"): plain(value, minor_digits(known.actor.company.currency))}
    return {name: value}


def _item(value: dict[str, Any], known: Lookup) -> int | None:
    """The item that a line is about: as it names it, or over its lot or reservation."""
    if isinstance(named := value.get("item"), int):
        return named
    rows: list[tuple[Any, Any]] = [(Lot, value.get("lot"))] if isinstance(value.get("lot"), int) else []
    rows += [(Reservation, UUID(value[name])) for name in OF_RESERVATION if isinstance(value.get(name), str)]
    for model, row in rows:
        if (found := known.item_of_row(model, row)) is not None:
            return found
    return None
