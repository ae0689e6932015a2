"""Stock as it was: after any movement of a chain, or at any time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from huoku.server.ledger.facts import LOCATIONS
from huoku.server.ledger.guarded import Key
from huoku.server.ledger.models import Movement
from huoku.server.platform.sql import ask

MOVEMENTS = f'"{Movement._meta.db_table}"'

AS_OF = """
SELECT side.location_id, side.lot_id, side.owner_id, side.status, SUM(side.quantity) FROM (
  SELECT to_location_id AS location_id, lot_id, owner_id, to_status AS status, quantity
  FROM {movements} m WHERE {which}
  UNION ALL
  SELECT from_location_id, lot_id, owner_id, from_status, -quantity FROM {movements} m WHERE {which}
) side JOIN {locations} l ON l.id = side.location_id AND l.is_physical
GROUP BY 1, 2, 3, 4 HAVING SUM(side.quantity) <> 0
"""


def on_hand_at_seq(company_id: int, item_id: int, seq: int) -> Mapping[Key, int]:
    """What the book said after movement ``seq`` of the item's chain, by place, lot, owner and status."""
    return _as_of(company_id, item_id, "seq <= %s", seq)


def on_hand_at(company_id: int, item_id: int, at: datetime) -> Mapping[Key, int]:
    """What the book said at a time, of what was recorded by then."""
    return _as_of(company_id, item_id, "recorded_at <= %s", at)


def on_hand_effective_at(company_id: int, item_id: int, at: datetime) -> Mapping[Key, int]:
    """What had happened by a time, whenever it was recorded: the view of valuation, ageing and reports."""
    return _as_of(company_id, item_id, "effective_at <= %s", at)


def _as_of(company_id: int, item_id: int, until: str, value: object) -> Mapping[Key, int]:
    which = f"m.company_id = %s AND m.item_id = %s AND m.{until}"
    sql = AS_OF.format(movements=MOVEMENTS, locations=LOCATIONS, which=which)
    rows = ask(sql, [company_id, item_id, value] * 2)
    return {tuple(row[:4]): int(row[4]) for row in rows}


def last_seq(company_id: int, item_id: int, at: datetime) -> int:
    """The item's last movement that was recorded by ``at``; 0 where there was none."""
    ((seq,),) = ask(
        f"SELECT MAX(seq) FROM {MOVEMENTS} WHERE company_id = %s AND item_id = %s AND recorded_at <= %s",
        [company_id, item_id, at],
    )
    return int(seq or 0)


@dataclass(frozen=True, slots=True)
class Lay:
    """So much of a lot lay at a place."""

    item_id: int
    location_id: int
    lot_id: int
    owner_id: int
    status: str
    quantity: int


EVERYTHING_AT = """
SELECT side.item_id, side.location_id, side.lot_id, side.owner_id, side.status, SUM(side.quantity) FROM (
  SELECT item_id, to_location_id AS location_id, lot_id, owner_id, to_status AS status, quantity
  FROM {movements} m WHERE m.company_id = %s AND m.{until} <= %s
  UNION ALL
  SELECT item_id, from_location_id, lot_id, owner_id, from_status, -quantity
  FROM {movements} m WHERE m.company_id = %s AND m.{until} <= %s
) side JOIN {locations} l ON l.id = side.location_id AND l.is_physical
GROUP BY 1, 2, 3, 4, 5 HAVING SUM(side.quantity) <> 0 ORDER BY 1, 2, 3, 4, 5
"""


def stock_at(company_id: int, at: datetime, *, by_effect: bool = False) -> list[Lay]:
    """All stock at a time: of what was recorded by then, or (``by_effect``) of what had happened by then."""
    until = "effective_at" if by_effect else "recorded_at"
    sql = EVERYTHING_AT.format(movements=MOVEMENTS, locations=LOCATIONS, until=until)
    return [
        Lay(item, place, lot, owner, status, int(quantity))
        for item, place, lot, owner, status, quantity in ask(sql, [company_id, at] * 2)
    ]
