"""What is kept in stock, and for whom; handed out bit by bit to those of whom the plan knows."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from huoku.server.ledger.models import Location, Reservation
from huoku.server.planning.reading.columns import place

LIES_FREE = (Location.Kind.STORAGE, Location.Kind.LINE_SIDE)
"""What lies at places of other kinds belongs to a work order or is on its way."""


@dataclass(frozen=True, slots=True)
class Held:
    """So many steps of an item that lie at a site for somebody; of one lot, where one is named."""

    item: str
    site: str
    lot: str
    steps: int


class Kept:
    """The open reservations of stock. What is taken from here is spoken for in the plan."""

    def __init__(self, company_id: int) -> None:
        self._held: dict[tuple[str, int], list[Held]] = defaultdict(list)
        rows = Reservation.objects.of(company_id).filter(
            state__in=Reservation.OPEN, supply=None, location__kind__in=LIES_FREE, item__is_active=True
        )
        for demand, item_id, code, site, lot, quantity, *gone in rows.order_by("made_at", "pk").values_list(
            *("demand", "item_id", "item__code", "location__site__code", "lot__code", "quantity"),
            *("posted", "voided", "expired", "pre_empted"),
        ):
            self._held[demand, item_id].append(Held(code, place(site), lot or "", quantity - sum(gone)))

    def has(self, demand: str, item_id: int) -> bool:
        return bool(self._held.get((demand, item_id)))

    def take(self, demand: str, item_id: int, steps: int, sites: tuple[str, ...] | None = None) -> list[Held]:
        """Up to so many steps of what is kept of an item for a demand, at these sites or at any."""
        taken: list[Held] = []
        left: list[Held] = []
        for held in self._held.pop((demand, item_id), ()):
            part = min(steps, held.steps) if sites is None or held.site in sites else 0
            steps -= part
            taken += [replace(held, steps=part)] if part else []
            left += [replace(held, steps=held.steps - part)] if held.steps > part else []
        if left:
            self._held[demand, item_id] = left
        return taken

    def give(self, demand: str, item_id: int, held: Held) -> None:
        """What was taken is kept for this demand."""
        self._held[demand, item_id].append(held)

    def take_all(self, demands: set[str]) -> Iterator[tuple[str, Held]]:
        """Everything that is still kept for any of these demands."""
        for demand, item_id in [key for key in self._held if key[0] in demands]:
            for held in self._held.pop((demand, item_id)):
                yield demand, held

    def rest(self) -> Iterator[Held]:
        """What is kept for those of whom the plan does not know."""
        for held in self._held.values():
            yield from held
