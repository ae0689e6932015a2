"""Book stock held against what was reported: production and issues by document, counts by item and place."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from huoku.server.ledger.facts import LOCATIONS
from huoku.server.ledger.models import Count
from huoku.server.ledger.queries.history import MOVEMENTS
from huoku.server.platform.sql import ask

COUNTS = f'"{Count._meta.db_table}"'


@dataclass(frozen=True, slots=True)
class Reported:
    """What one document (a work order) did to one item, in its smallest steps."""

    document: str
    item_id: int
    made: int
    issued: int
    """Went to the line, to work in progress or straight into production."""
    used: int
    """Went into production, from wherever."""
    returned: int
    scrapped: int

    @property
    def still_there(self) -> int:
        """Issued and neither used, returned nor scrapped: must lie at the line."""
        return self.issued - self.used - self.returned - self.scrapped


BY_DOCUMENT = f"""
SELECT m.document, m.item_id,
  SUM(CASE WHEN m.kind = 'make' THEN sign * m.quantity ELSE 0 END),
  SUM(CASE WHEN m.kind = 'issue' AND o.kind NOT IN ('line_side', 'work_in_progress') THEN sign * m.quantity ELSE 0 END),
  SUM(CASE WHEN m.kind = 'issue' AND t.kind = 'production' THEN sign * m.quantity ELSE 0 END),
  SUM(CASE WHEN m.kind = 'return' THEN sign * m.quantity ELSE 0 END),
  SUM(CASE WHEN m.kind = 'scrap' AND o.kind IN ('line_side', 'work_in_progress') THEN sign * m.quantity ELSE 0 END)
FROM (SELECT *, CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END AS sign FROM {MOVEMENTS}
      WHERE company_id = %s AND document <> '' AND (document = %s OR %s = '')) m
JOIN {LOCATIONS} o ON o.id = CASE WHEN sign = 1 THEN m.from_location_id ELSE m.to_location_id END
JOIN {LOCATIONS} t ON t.id = CASE WHEN sign = 1 THEN m.to_location_id ELSE m.from_location_id END
WHERE m.kind IN ('make', 'issue', 'return', 'scrap')
GROUP BY m.document, m.item_id ORDER BY m.document, m.item_id
"""


def reported(company_id: int, document: str = "") -> list[Reported]:
    """Production, issues, returns and scrap by document and item; of one document, or of all."""
    rows = ask(BY_DOCUMENT, [company_id, document, document])
    return [Reported(row[0], row[1], *(int(value) for value in row[2:])) for row in rows]


@dataclass(frozen=True, slots=True)
class UsageDifference:
    """Production used more (or less) of a component than what was made takes by its bill of material."""

    document: str
    item_id: int
    used: int
    expected: Fraction

    @property
    def difference(self) -> Fraction:
        return self.used - self.expected


def usage_differences(
    company_id: int, per_made: Mapping[int, Mapping[int, Fraction]], document: str = ""
) -> list[UsageDifference]:
    """Reported use against reported production.

    ``per_made[parent][component]``: steps of the component for one step of the parent. Documents that made nothing yet
    are left out.
    """
    by_document: dict[str, list[Reported]] = {}
    for row in reported(company_id, document):
        by_document.setdefault(row.document, []).append(row)
    found = []
    for name, rows in by_document.items():
        expected: dict[int, Fraction] = {}
        for row in rows:
            for component, ratio in per_made.get(row.item_id, {}).items():
                expected[component] = expected.get(component, Fraction(0)) + row.made * ratio
        used = {row.item_id: row.used for row in rows}
        for component, quantity in sorted(expected.items()):
            if quantity != used.get(component, 0):
                found.append(UsageDifference(name, component, used.get(component, 0), quantity))
    return found


@dataclass(frozen=True, slots=True)
class CountDifference:
    """A count that differed from the book and has not changed it (yet)."""

    count_id: int
    item_id: int
    location_id: int
    book: int
    counted: int
    state: str


def open_count_differences(company_id: int) -> list[CountDifference]:
    """Counts with a difference that wait for a second count or for approval, the largest first."""
    rows = ask(
        f"SELECT id, item_id, location_id, book, counted, state FROM {COUNTS} WHERE company_id = %s "
        "AND difference <> 0 AND state IN ('stated', 'recount') ORDER BY ABS(difference) DESC, id",
        [company_id],
    )
    return [CountDifference(*row) for row in rows]
