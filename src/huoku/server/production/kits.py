"""What kitting tells: of each order its components, how many can be built now, and what it waits for (齐套)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

from huoku.server.ledger.queries.coverage import Arrival


@dataclass(frozen=True, slots=True)
class Stand:
    """What may be issued instead: so many units for one of the item, and what of it nobody has claimed yet."""

    item: str
    ratio: Fraction
    free: int
    decimals: int


@dataclass(frozen=True, slots=True)
class KitLine:
    """One component of an order, in its smallest steps."""

    seq: int
    item_id: int
    item: str
    name: str
    name_en: str
    unit: str
    decimals: int
    is_bought: bool
    needed: int
    issued: int
    """At the work or used already, by itself or by substitutes."""
    on_hand: int
    """Of what is still open: lies in a store and is this order's for the taking."""
    reserved: int
    """Of it: kept for this order by name."""
    elsewhere: int
    """Of it: lies at another site and is to be transferred."""
    arriving: tuple[Arrival, ...]
    """What will be there in time, by reservation or not."""
    late: tuple[Arrival, ...]
    short: int
    """What neither stock nor supply covers in time."""
    enough_for: int
    """So many steps of the product, from its first piece on, can be made of what was issued and what is here."""
    substitutes: tuple[Stand, ...]
    kept: Mapping[str, int]
    demand: str

    @property
    def missing(self) -> int:
        """What does not lie here now."""
        return self.needed - self.issued - self.on_hand

    @property
    def others(self) -> dict[str, int]:
        """What is kept of the item for others, by demand."""
        return {name: quantity for name, quantity in self.kept.items() if name != self.demand}

    @property
    def uncovered(self) -> int:
        """What is on its way for nobody: it is to be bought or made, whatever becomes of the days."""
        return self.missing - sum(each.quantity for each in (*self.arriving, *self.late))

    @property
    def complete_on(self) -> date | None:
        """The day on which the last of what is missing arrives; None where that is not known, or nothing is missing."""
        days = [each.on for each in (*self.arriving, *self.late)]
        known = [day for day in days if day is not None]
        return max(known) if known and len(known) == len(days) and self.uncovered <= 0 else None


@dataclass(frozen=True)
class Kit:
    """One order. ``done``: steps of the product that were made or scrapped; ``buildable``: those that what is here now
    suffices for besides; ``complete_lines`` of its ``components`` lack nothing. ``told``: its lines, made when somebody
    looks at them: of a thousand orders a page shows a few."""

    order: int
    number: str
    item: str
    name: str
    name_en: str
    unit: str
    decimals: int
    state: str
    site: str
    open: int
    done: int
    buildable: int
    priority: int
    start_on: date
    due_on: date
    components: int
    complete_lines: int
    told: Callable[[], tuple[KitLine, ...]] = field(repr=False, compare=False)

    @cached_property
    def lines(self) -> tuple[KitLine, ...]:
        return self.told()

    @property
    def is_complete(self) -> bool:
        return self.complete_lines == self.components

    @property
    def rate(self) -> Fraction:
        """Of its components the share that is complete (齐套率)."""
        return Fraction(self.complete_lines, self.components) if self.components else Fraction(1)

    @property
    def critical(self) -> KitLine | None:
        """The missing component that holds it up most: it suffices for the fewest, and of those comes last."""
        missing = [line for line in self.lines if line.missing]
        return min(missing, key=lambda line: (line.enough_for, _last_first(line.complete_on), line.seq), default=None)

    @property
    def complete_on(self) -> date | None:
        """The day on which all that is missing will be there; None where that is not known, or nothing is missing."""
        days = [line.complete_on for line in self.lines if line.missing]
        known = [day for day in days if day is not None]
        return max(known) if known and len(known) == len(days) else None


def _last_first(day: date | None) -> int:
    return -(day or date.max).toordinal()


@dataclass(frozen=True, slots=True)
class Kitting:
    """``look_up``: reads together what the lines of several orders are to be told with."""

    kits: tuple[Kit, ...]
    look_up: Callable[[Iterable[int]], None] = field(repr=False, compare=False)

    def look_at(self, kits: Iterable[Kit]) -> None:
        """The lines of these are asked for next: one question for all of them."""
        self.look_up(kit.order for kit in kits)

    @property
    def possible(self) -> int:
        """Orders of which everything is here."""
        return sum(kit.is_complete for kit in self.kits)

    @property
    def buildable(self) -> int:
        """Orders of which at least a piece can be built now."""
        return sum(kit.buildable > 0 for kit in self.kits)

    @property
    def rate(self) -> Fraction:
        """Of the orders the share of which everything is here (齐套率)."""
        return Fraction(self.possible, len(self.kits)) if self.kits else Fraction(1)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which kits are looked at. Nothing said: all."""

    site: str = ""
    start_from: date | None = None
    start_until: date | None = None

    def takes(self, kit: Kit) -> bool:
        return (
            self.site in ("", kit.site)
            and (self.start_from is None or kit.start_on >= self.start_from)
            and (self.start_until is None or kit.start_on <= self.start_until)
        )


def chosen(told: Kitting, choice: Choice) -> Kitting:
    """Those that the choice takes. They were served among all: what others get before them stays theirs."""
    return replace(told, kits=tuple(kit for kit in told.kits if choice.takes(kit)))
