"""What our own stock is worth: replayed from the movements in the order in which they happened.

Values are whole numbers of millionths of the currency for one smallest step times the steps of a unit, so that a
receipt's value is exact; only what leaves at an average is rounded (half to even), and what is left keeps the rest.
"""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from huoku.server.items.models import Item
from huoku.server.ledger.facts import LOCATIONS, own
from huoku.server.ledger.models import Valuation
from huoku.server.ledger.queries.history import MOVEMENTS
from huoku.server.platform.canonical import canonical, digest
from huoku.server.platform.exact import minor_digits
from huoku.server.platform.models import Company
from huoku.server.platform.sql import ask

VERSION = 1
"""Of the reckoning below; a change makes new valuations and leaves the old ones as they are."""


class Store(Protocol):
    """The stock of one item as a method values it."""

    quantity: int
    value: int

    def come(self, quantity: int, unit_cost: int | None) -> None: ...

    def go(self, quantity: int) -> None: ...


@dataclass(slots=True)
class MovingAverage:
    """What leaves takes the average of what is there; what comes without a price comes at the last average."""

    quantity: int = 0
    value: int = 0
    last: tuple[int, int] = (0, 1)

    def come(self, quantity: int, unit_cost: int | None) -> None:
        self.value += self._at_average(quantity) if unit_cost is None else quantity * unit_cost
        self.quantity += quantity
        if self.quantity > 0:
            self.last = (self.value, self.quantity)

    def go(self, quantity: int) -> None:
        self.value -= self._at_average(quantity)
        self.quantity -= quantity

    def _at_average(self, quantity: int) -> int:
        value, of = (self.value, self.quantity) if self.quantity > 0 else self.last
        return divide(value * quantity, of)


@dataclass(slots=True)
class Fifo:
    """What came first leaves first, at its own cost. What left before it came is made good by what comes next."""

    quantity: int = 0
    value: int = 0
    layers: deque[tuple[int, int]] = field(default_factory=deque)
    last: int = 0

    def come(self, quantity: int, unit_cost: int | None) -> None:
        cost = self.last if unit_cost is None else unit_cost
        self.last = cost
        covers = min(quantity, max(0, -self.quantity))
        self.quantity += quantity
        self.value += quantity * cost
        if quantity > covers:
            self.layers.append((quantity - covers, cost))

    def go(self, quantity: int) -> None:
        self.quantity -= quantity
        while quantity and self.layers:
            there, cost = self.layers.popleft()
            taken = min(there, quantity)
            self.value -= taken * cost
            quantity -= taken
            if there > taken:
                self.layers.appendleft((there - taken, cost))
        self.value -= quantity * self.last


METHODS: dict[str, Callable[[], Store]] = {
    Valuation.Method.MOVING_AVERAGE: MovingAverage,
    Valuation.Method.FIFO: Fifo,
}


@dataclass(frozen=True, slots=True)
class Worth:
    """One item: steps, and minor units of the currency."""

    item_id: int
    quantity: int
    value: int
    provision: int = 0


Provision = Callable[[int, list[Worth], datetime], dict[int, int]]
PROVISIONS: list[Provision] = []
"""Rules that write value off: company, worths and day in, minor units by item out. Other apps add theirs."""

# What was reversed did not happen; nor did its reversal.
REPLAY = f"""
SELECT m.item_id, i.decimals, m.quantity, m.unit_cost, f.is_physical, t.is_physical
FROM {MOVEMENTS} m JOIN {LOCATIONS} f ON f.id = m.from_location_id JOIN {LOCATIONS} t ON t.id = m.to_location_id
JOIN "{Item._meta.db_table}" i ON i.id = m.item_id
WHERE m.company_id = %s AND m.owner_id = %s AND m.effective_at <= %s AND m.recorded_at <= %s
AND f.is_physical <> t.is_physical AND m.reverses_id IS NULL AND NOT EXISTS (
  SELECT 1 FROM {MOVEMENTS} r WHERE r.reverses_id = m.id AND r.effective_at <= %s AND r.recorded_at <= %s)
ORDER BY m.item_id, m.effective_at, m.recorded_at, m.id
"""


def value_stock(company_id: int, method: str, until: datetime, known_at: datetime) -> list[Worth]:
    """The worth of our own stock at ``until``, from what was recorded by ``known_at``, item by item."""
    stores: dict[int, tuple[int, Store]] = {}
    for item_id, decimals, quantity, unit_cost, _, arrives in ask(
        REPLAY, [company_id, own(company_id), until, known_at, until, known_at]
    ):
        if item_id not in stores:
            stores[item_id] = (decimals, METHODS[method]())
        store = stores[item_id][1]
        if arrives:
            store.come(quantity, unit_cost)
        else:
            store.go(quantity)
    currency = Company.objects.values_list("currency", flat=True).get(pk=company_id)
    millionths = 10 ** (6 - minor_digits(currency))  # of the currency, in its smallest amount
    worths = [
        Worth(item_id, store.quantity, divide(store.value, 10**decimals * millionths))
        for item_id, (decimals, store) in sorted(stores.items())
        if store.quantity or store.value
    ]
    return _provided(company_id, worths, until)


def _provided(company_id: int, worths: list[Worth], until: datetime) -> list[Worth]:
    provisions: dict[int, int] = {}
    for rule in PROVISIONS:
        for item_id, amount in rule(company_id, worths, until).items():
            provisions[item_id] = provisions.get(item_id, 0) + amount
    return [Worth(w.item_id, w.quantity, w.value, max(0, min(w.value, provisions.get(w.item_id, 0)))) for w in worths]


def quantities_digest(worths: Iterable[Worth]) -> bytes:
    """Equal for equal quantities and values, however they were reached. Provisions are judgement, not replay."""
    return digest(canonical([[w.item_id, w.quantity, w.value] for w in worths]))


def divide(amount: int, by: int) -> int:
    """Half to even, exactly."""
    quotient, rest = divmod(amount, by)
    if rest * 2 > by or (rest * 2 == by and quotient % 2):
        return quotient + 1
    return quotient
