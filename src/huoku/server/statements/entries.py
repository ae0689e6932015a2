"""What a statement is made of: one entry for each thing that happened, and what it comes to."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from huoku.server.platform.clock import day_begins
from huoku.server.platform.exact import minor_digits
from huoku.server.platform.models import Company
from huoku.server.statements.models import StatementLine

Kind = StatementLine.Kind


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the company, by its own days."""

    first: date
    after: date
    """The first day of the next one."""
    begins: datetime
    ends: datetime

    def has(self, day: date | None) -> bool:
        return day is not None and self.first <= day < self.after


def month_of(company: Company, first: date) -> Month:
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return Month(first, after, day_begins(company, first), day_begins(company, after))


@dataclass(frozen=True, slots=True)
class Entry:
    """So much of an item on a day, at a price of the order; ``paper`` is the shipment or the receipt."""

    kind: StatementLine.Kind
    on: date
    order: int
    item: int
    decimals: int
    steps: int
    price_millionths: int | None
    paper: int | None = None

    def amount_minor(self, currency: str) -> int | None:
        """Half of the smallest amount is rounded up, line by line, as on an invoice."""
        if self.price_millionths is None:
            return None
        amount: int = self.steps * self.price_millionths * 10 ** minor_digits(currency)
        whole: int = 10 ** (self.decimals + 6)
        return (2 * amount + whole) // (2 * whole)


Found = Mapping[tuple[int, str], Sequence[Entry]]
"""By partner and currency."""
Entries = Callable[[Company, Collection[int], Month], Found]
"""The entries of a company with some partners in a month, asked for all at once."""
