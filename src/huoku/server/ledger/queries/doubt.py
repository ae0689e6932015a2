"""How far the book can be trusted: when each item was last counted, with what result, and how much moved since."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from huoku.server.ledger.facts import LOCATIONS
from huoku.server.ledger.models import Count, CountTask, StockHead
from huoku.server.ledger.queries.history import MOVEMENTS
from huoku.server.platform.audit import as_time
from huoku.server.platform.sql import ask

HEADS, COUNTS, TASKS = (f'"{model._meta.db_table}"' for model in (StockHead, Count, CountTask))


@dataclass(frozen=True, slots=True)
class Standing:
    """One item at one place: how much moved there since its last count, and what that count said."""

    item_id: int
    location_id: int
    counted_at: datetime | None = None
    last_differed: bool = False
    moved: int = 0
    has_task: bool = False

    @property
    def doubt(self) -> int:
        """Movements since the count; ten times as many where it differed."""
        return self.moved * (10 if self.last_differed else 1)


STANDINGS = f"""
WITH last AS (
  SELECT item_id, location_id, MAX(id) AS id FROM {COUNTS} WHERE company_id = %s GROUP BY item_id, location_id
)
SELECT h.item_id, h.location_id, c.counted_at, COALESCE(c.difference, 0) <> 0,
  (SELECT COUNT(*) FROM {MOVEMENTS} m WHERE m.company_id = h.company_id AND m.item_id = h.item_id
     AND m.seq > COALESCE(c.seq, 0) AND h.location_id IN (m.from_location_id, m.to_location_id)),
  EXISTS (SELECT 1 FROM {TASKS} t WHERE t.company_id = h.company_id AND t.item_id = h.item_id
     AND t.location_id = h.location_id AND t.is_open)
FROM {HEADS} h LEFT JOIN last ON last.item_id = h.item_id AND last.location_id = h.location_id
LEFT JOIN {COUNTS} c ON c.id = last.id
WHERE h.company_id = %s
"""


def standings(company_id: int) -> list[Standing]:
    """Every item at every place where it has ever been."""
    return [
        Standing(item, place, as_time(counted) if counted else None, bool(differed), int(moved), bool(has_task))
        for item, place, counted, differed, moved, has_task in ask(STANDINGS, [company_id, company_id])
    ]


OUTFLOW = f"""
SELECT m.item_id, SUM(m.quantity), MAX(COALESCE((SELECT r.unit_cost FROM {MOVEMENTS} r WHERE r.company_id = m.company_id
  AND r.item_id = m.item_id AND r.unit_cost IS NOT NULL ORDER BY r.seq DESC LIMIT 1), 0))
FROM {MOVEMENTS} m JOIN {LOCATIONS} o ON o.id = m.from_location_id AND o.is_physical
JOIN {LOCATIONS} t ON t.id = m.to_location_id AND NOT t.is_physical
WHERE m.company_id = %s AND m.effective_at >= %s GROUP BY m.item_id
"""


def abc_classes(company_id: int, since: datetime) -> dict[int, str]:
    """A, B or C by the value that left since then: A is what makes up the first 80 %, B what goes on to 95 %."""
    rows = ask(OUTFLOW, [company_id, since])
    return classes((int(item), int(quantity) * int(cost)) for item, quantity, cost in rows)


def classes(values: Iterable[tuple[int, int]]) -> dict[int, str]:
    """Classes of items by value; an item belongs to the class in which its share begins."""
    ordered = sorted(values, key=lambda each: (-each[1], each[0]))
    total, before, found = sum(value for _, value in ordered), 0, {}
    for item, value in ordered:
        found[item] = "A" if before * 100 < total * 80 else "B" if before * 100 < total * 95 else "C"
        before += value
    return found
