"""A month with partners, as entries: what was ordered, what moved, what came back, what stands open. One way for both
sides; each says where its lines and goods are found."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from huoku.server.platform.models import Company
from huoku.server.statements.entries import Entry, Found, Kind, Month
from huoku.server.statements.returns import Moved, returned


@dataclass(frozen=True, slots=True)
class Agreed:
    """A line of an order with a partner. ``ordered``: steps as agreed last; ``due``: what is to move in all;
    ``stands``: what has not moved is still expected on ``expected_on``."""

    id: int
    partner: int
    currency: str
    order: int
    item: int
    decimals: int
    price_millionths: int | None
    ordered: int
    due: int
    ordered_on: date | None
    expected_on: date
    stands: bool

    @property
    def key(self) -> tuple[int, str]:
        return self.partner, self.currency

    def entry(self, kind: Kind, on: date, steps: int, paper: int | None = None) -> Entry:
        return Entry(kind, on, self.order, self.item, self.decimals, steps, self.price_millionths, paper)


@dataclass(frozen=True, slots=True)
class Goods:
    """Of a line, so much of one lot that moved on a day. ``paper`` is its shipment or receipt; ``document``: under
    which number it goes back, ``returned``: how much did by now."""

    line: Agreed
    on: date
    steps: int
    paper: int
    document: str
    lot: int
    returned: int


def told(company: Company, month: Month, moved: Kind, lines: Sequence[Agreed], goods: Sequence[Goods]) -> Found:
    """The entries by partner and currency, in the order in which a statement lists them."""
    found: dict[tuple[int, str], list[Entry]] = defaultdict(list)
    for line in lines:
        if line.ordered_on and month.has(line.ordered_on):
            found[line.key].append(line.entry(Kind.ORDERED, line.ordered_on, line.ordered))
    gone: Counter[int] = Counter()
    for each in goods:
        gone[each.line.id] += each.steps
        if month.has(each.on):
            found[each.line.key].append(each.line.entry(moved, each.on, each.steps, each.paper))
    back = (Moved(each, each.document, each.lot, each.returned) for each in goods)
    for each, part, day in returned(company, back, month):
        found[each.line.key].append(each.line.entry(Kind.RETURNED, day, part, each.paper))
    for line in lines:
        steps = line.due - gone[line.id]
        if steps > 0 and line.stands:
            found[line.key].append(line.entry(Kind.OPEN, line.expected_on, steps))
    return found
