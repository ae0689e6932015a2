"""The ledger once more, in memory and as simple as can be: what the real one has to agree with."""

from collections import defaultdict
from dataclasses import dataclass

AVAILABLE = "available"


@dataclass
class Kept:
    """A reservation; ``lot`` is None where any will do."""

    item: int
    place: int
    lot: int | None
    open: int
    priority: int = 3


class Model:
    """Stock by (item, place, lot, status). Places of ``unverified`` owe what was taken and not there."""

    def __init__(self, inside: set[int], unverified: set[int], lots: dict[int, list[int]]) -> None:
        self.inside, self.unverified, self.lots = inside, unverified, lots
        self.stock: dict[tuple[int, int, int, str], int] = defaultdict(int)
        self.debts: dict[tuple[int, int, int, str], int] = defaultdict(int)
        self.kept: dict[str, Kept] = {}

    def on_hand(self, item: int, place: int) -> int:
        return sum(self.stock[item, place, lot, AVAILABLE] for lot in self.lots[item])

    def reserved(self, item: int, place: int) -> int:
        return sum(kept.open for kept in self.kept.values() if (kept.item, kept.place) == (item, place))

    def kept_by_name(self, item: int, place: int, lot: int) -> int:
        return sum(kept.open for kept in self.kept.values() if (kept.item, kept.place, kept.lot) == (item, place, lot))

    def owed(self, item: int, place: int) -> int:
        return sum(self.debts[item, place, lot, AVAILABLE] for lot in self.lots[item])

    def free(self, item: int, place: int) -> int:
        return self.on_hand(item, place) - self.reserved(item, place)

    def free_of_lot(self, item: int, place: int, lot: int) -> int:
        return self.stock[item, place, lot, AVAILABLE] - self.kept_by_name(item, place, lot)

    def move(
        self,
        item: int,
        lot: int,
        quantity: int,
        origin: int,
        target: int,
        statuses: tuple[str, str] = (AVAILABLE, AVAILABLE),
        kept: str | None = None,
    ) -> bool:
        """One movement, perhaps out of a reservation; False, and nothing changed, where it must be refused."""
        here = (item, origin, lot, statuses[0])
        short = max(0, quantity - self.stock[here]) if origin in self.unverified else 0
        of = self.kept.get(kept) if kept else None
        if kept and (not of or of.open < quantity or (of.item, of.place, of.lot or lot) != (item, origin, lot)):
            return False
        if of:
            of.open -= quantity
        if origin in self.inside and not self._may_leave(here, quantity - short):
            if of:
                of.open += quantity
            return False
        if origin in self.inside:
            self.stock[here] -= quantity - short
            self.debts[here] += short
        if target in self.inside:
            there = (item, target, lot, statuses[1])
            paid = min(quantity, self.debts[there])
            self.debts[there] -= paid
            self.stock[there] += quantity - paid
        return True

    def _may_leave(self, here: tuple[int, int, int, str], quantity: int) -> bool:
        item, place, lot, status = here
        if status != AVAILABLE:
            return self.stock[here] >= quantity
        return min(self.free(item, place), self.free_of_lot(item, place, lot)) >= quantity

    def reserve(self, item: int, place: int, lot: int | None, quantity: int, *, is_partial: bool) -> int:
        """How much may be kept; 0 where it is refused."""
        free = self.free(item, place)
        if lot is not None:
            free = min(free, self.free_of_lot(item, place, lot))
        if self.owed(item, place):
            return 0
        return min(quantity, free) if is_partial else quantity if quantity <= free else 0

    def first_expired(self, item: int, place: int, quantity: int) -> list[tuple[int, int]]:
        """Lots and quantities, ``lots`` being in the order of expiry; empty where there is not enough."""
        chosen = []
        for lot in self.lots[item]:
            part = min(quantity, self.free_of_lot(item, place, lot))
            if part > 0:
                chosen.append((lot, part))
                quantity -= part
        return [] if quantity else chosen
