"""What stands in the chain for one movement: its values in one fixed order, as canonical bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from huoku.server.ledger.models import Movement, Status
from huoku.server.platform.audit import StreamName, microseconds
from huoku.server.platform.canonical import canonical
from huoku.server.platform.chains import chained
from huoku.server.platform.command import At

SHARDS = 64
"""So many chains of movements a company has: one would be too hot, one for each item too many."""

FIELDS = (
    "kind",
    "item_id",
    "lot_id",
    "owner_id",
    "from_location_id",
    "to_location_id",
    "from_status",
    "to_status",
    "quantity",
    "entered",
    "entered_unit",
    "numerator",
    "denominator",
    "unit_cost",
    "document",
    "reason",
    "actor_id",
    "command_key",
)
"""The columns of a movement that are plain numbers and texts, in their order in the chain."""


def stream_of(item_id: int) -> StreamName:
    """The chain that an item's movements go into."""
    return StreamName("movements", item_id % SHARDS)


def audit_stream(item_id: int) -> StreamName:
    """The chain that the audit entries of an item's commands go into, sharded alike."""
    return StreamName("ledger", item_id % SHARDS)


def entry_of(values: Mapping[str, Any]) -> bytes:
    """The bytes of a movement in its chain, from its columns; ids as 32 digits."""
    id, plain, effective_at = values["id"].hex, [values[field] for field in FIELDS], values["effective_at"]
    need_on, reverses = values["need_on"], values["reverses_id"]
    return canonical(
        [id, *plain, microseconds(effective_at), need_on and need_on.isoformat(), reverses.hex if reverses else None]
    )


COLUMNS = ("id", *FIELDS, "effective_at", "need_on", "reverses_id")
chained(Movement, COLUMNS, lambda *values: entry_of(dict(zip(COLUMNS, values, strict=True))))


@dataclass(slots=True)
class Entry:
    """One movement to be entered: all that is known of it before it has its place in the chain."""

    id: UUID
    kind: str
    item_id: int
    lot_id: int
    owner_id: int
    from_location_id: int
    to_location_id: int
    quantity: int
    effective_at: datetime
    from_status: str = Status.AVAILABLE.value
    to_status: str = Status.AVAILABLE.value
    entered: str = ""
    entered_unit: str = ""
    numerator: int = 1
    denominator: int = 1
    unit_cost: int | None = None
    document: str = ""
    reason: str = ""
    need_on: date | None = None
    reverses_id: UUID | None = None
    reservation_id: UUID | None = None
    """The reservation that this movement takes its quantity from."""
    row: int | None = None
    """The line of the request, for refusals."""

    def append(self, at: At) -> None:
        """Let it go into its chain at the command's end."""
        values = {
            "id": self.id,
            "kind": self.kind,
            "item_id": self.item_id,
            "lot_id": self.lot_id,
            "owner_id": self.owner_id,
            "from_location_id": self.from_location_id,
            "to_location_id": self.to_location_id,
            "from_status": self.from_status,
            "to_status": self.to_status,
            "quantity": self.quantity,
            "entered": self.entered,
            "entered_unit": self.entered_unit,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "unit_cost": self.unit_cost,
            "effective_at": self.effective_at,
            "document": self.document,
            "reason": self.reason,
            "need_on": self.need_on,
            "actor_id": at.actor.user.pk if at.actor.user else None,
            "command_key": at.key,
            "reverses_id": self.reverses_id,
        }
        at.append(stream_of(self.item_id), Movement, entry_of(values), **values)
        at.changes.append({"what": "ledger.movement", "id": self.id})
