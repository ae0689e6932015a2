"""A small warehouse to move things in: the hands of the tests."""

import itertools
from typing import Any
from uuid import UUID


class Warehouse:
    """A company with one place of each kind. Its methods are commands under fresh keys, and return the answer."""

    def __init__(self, company: Any, owner: Any) -> None:
        from huoku.server.ledger.commands.places import AddLocation, add_location
        from huoku.server.ledger.models import Location

        self.company, self.actor = company, owner
        self.keys = (f"key-{n}" for n in itertools.count(1))
        self.places = {
            kind.value: self.do(add_location, AddLocation(code=kind.value.upper(), kind=kind))["id"]
            for kind in Location.Kind
        }
        self.shelf = self.places["storage"]
        self.places["shelf 2"] = self.do(add_location, AddLocation(code="SHELF2", kind="storage"))["id"]

    def do(self, command: Any, request: Any, *, key: str | None = None, actor: Any = None, reason: str = "") -> Any:
        from huoku.server.platform.command import perform

        return perform(command, request, actor=actor or self.actor, key=key or next(self.keys), reason=reason).result()

    def item(self, code: str = "BOLT", **fields: Any) -> int:
        from huoku.server.items.commands.items import AddItem, add_item

        return int(self.do(add_item, AddItem(code=code, **fields))["id"])

    def line(self, kind: str, item: int, quantity: int, origin: str, target: str, **fields: Any) -> dict[str, Any]:
        return {
            "kind": kind,
            "item": item,
            "quantity": quantity,
            "from_location": self.places[origin],
            "to_location": self.places[target],
            **fields,
        }

    def record(self, *lines: dict[str, Any], key: str | None = None, **fields: Any) -> Any:
        from huoku.server.ledger.commands.movements import RecordMovement, record_movement

        return self.do(record_movement, RecordMovement(lines=lines, **fields), key=key)

    def receive(self, item: int, quantity: int, document: str = "", **fields: Any) -> Any:
        return self.record(self.line("receive", item, quantity, "supplier", "storage", **fields), document=document)

    def issue(self, item: int, quantity: int, document: str = "", **fields: Any) -> Any:
        return self.record(self.line("issue", item, quantity, "storage", "production", **fields), document=document)

    def move(self, item: int, quantity: int, target: str = "shelf 2", **fields: Any) -> Any:
        return self.record(self.line("transfer", item, quantity, "storage", target, **fields))

    def reserve(
        self, item: int, quantity: int, *, demand: str = "sales:1", place: str = "storage", **fields: Any
    ) -> Any:
        """One line; fields of the whole request: priority, need_on, lasts_seconds, is_partial."""
        from huoku.server.ledger.commands.reservations import Reserve, Wish, reserve

        whole = {
            name: fields.pop(name) for name in ("priority", "need_on", "lasts_seconds", "is_partial") if name in fields
        }
        wish = Wish(item=item, location=self.places[place], quantity=quantity, **fields)
        (made,) = self.do(reserve, Reserve(lines=[wish], demand=demand, **whole))["reservations"]
        return made

    def release(self, reservation: str, quantity: int | None = None) -> Any:
        from huoku.server.ledger.commands.reservations import Release, release

        return self.do(release, Release(reservation=UUID(reservation), quantity=quantity))

    def stock(self, item: int, place: str = "storage") -> tuple[int, int]:
        """On hand and reserved."""
        from huoku.server.ledger.models import StockHead

        head = StockHead.objects.of(self.company).filter(item=item, location=self.places[place]).first()
        return (head.on_hand, head.reserved) if head else (0, 0)

    def free(self, item: int) -> int:
        """What of the shelf's stock nobody has reserved."""
        on_hand, reserved = self.stock(item)
        return on_hand - reserved

    def lot(self, item: int, code: str) -> int:
        from huoku.server.ledger.models import Lot

        return int(Lot.objects.of(self.company).get(item=item, code=code).pk)
