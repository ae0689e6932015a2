"""What can be promised of an item, in three figures that everybody can check: available now, expected use, receipts."""

from dataclasses import dataclass
from datetime import date

from huoku.server.ledger.queries.stock import available, expected


@dataclass(frozen=True, slots=True)
class Promiseable:
    """In the item's smallest steps: our own available stock; what of it and of the receipts is kept for demands; and
    what is to arrive by the day and confirmed by whoever brings it. Nothing of a place where something is owed counts.
    ``unconfirmed``: what is to arrive by the day besides; nothing is promised of it."""

    item: int
    until: date
    available: int
    expected_use: int
    receipts: int
    unconfirmed: int

    @property
    def promiseable(self) -> int:
        """Available - expected use + receipts, and never less than nothing."""
        return max(0, self.available - self.expected_use + self.receipts)


def promiseable(company_id: int, item: int, until: date) -> Promiseable:
    """What may be promised of the item by that day."""
    here = [row for row in available(company_id, [item]) if not row.debt]
    in_time = [row for row in expected(company_id, [item]) if row.expected_on and row.expected_on <= until]
    coming = [row for row in in_time if row.is_firm]
    unconfirmed = sum(row.quantity for row in in_time if not row.is_firm)
    kept = sum(row.reserved for row in here) + sum(row.reserved for row in coming)
    receipts = sum(row.quantity for row in coming)
    return Promiseable(item, until, sum(row.on_hand for row in here), kept, receipts, unconfirmed)
