"""What can be said about one order, demand, supply, item or resource: facts, the rule, the tree of what feeds it.

Data without a drawing: the command line, the report and a notebook show the same.
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from huoku.language import Language, Sentence

Subject = Literal["order", "demand", "supply", "item", "resource"]
Measure = Literal["text", "qty", "money", "price", "share", "days", "minutes", "date"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure with its name. ``unit`` is the unit of a quantity; money is in the factory's currency."""

    label: Sentence
    value: str | float | date | None
    measure: Measure = "text"
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a need, or a part of it, comes from.

    ``qty`` flows to the need above; ``whole_qty`` is all of the order or supply, which may serve others too. A
    substitute has another ``item`` than the need and covers ``stands_for`` of what is needed. ``is_reserved``: the
    stock was kept for this demand; ``is_work``: the open supply is a make order.
    ``slack_days``: as far as this source goes, what is above could be so many days earlier; None: it is on hand.
    """

    kind: Literal["stock", "supply", "buy", "make", "transfer"]
    name: str | None  # order, supply or lot; a stock without lots has none
    item: str
    item_name: str
    qty: float
    whole_qty: float | None
    start: date | None  # the day an order is placed or started
    available: date
    supplier: str | None
    slack_days: int | None
    needs: tuple["Need", ...] = ()
    stands_for: float | None = None
    is_reserved: bool = False
    is_work: bool = False

    @property
    def covers(self) -> float:
        """How much of the need this is, in the unit of the need."""
        return self.qty if self.stands_for is None else self.stands_for

    @property
    def is_tight(self) -> bool:
        """Has this source itself no day to spare, while nothing that feeds it is as tight?"""
        fed = (source.slack_days for need in self.needs for source in need.sources)
        return self.slack_days == 0 and 0 not in fed


@dataclass(frozen=True, slots=True)
class Need:
    """What is needed of one item on one day, and all the sources of it: what they cover adds up to ``qty``."""

    level: int
    item: str
    item_name: str
    unit: str
    qty: float
    date: date
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """Who takes something: a demand, an order or a transfer, an open make order, a forecast's rest, safety stock."""

    kind: Literal["demand", "order", "transfer", "supply", "forecast", "safety"]
    name: str
    item: str
    item_name: str
    qty: float
    date: date


@dataclass(frozen=True, slots=True)
class Movement:
    """A change of one item's stock and the level after it. ``qty`` is negative when something is taken."""

    date: date
    kind: Literal["stock", "supply", "order", "use", "expiry"]
    name: str | None
    qty: float
    level: float


@dataclass(frozen=True, slots=True)
class Leftover:
    """What nobody needs by the last day, what it is worth, and the odds that it is used afterwards."""

    cause: str
    qty: float
    value: float
    p_use: float
    expected_loss: float


@dataclass(frozen=True, slots=True)
class Parent:
    """An item that is made from the subject: ``per`` of it for each, scrap included, and ``fixed`` for each order."""

    item: str
    item_name: str
    per: float
    fixed: float


@dataclass(frozen=True, slots=True)
class Load:
    """What a resource has to do from ``first`` to ``last``: one day, or as much of one week as the plan has.

    ``capacity`` and ``share`` are None where nothing limits it, ``share`` also where it is closed all the time.
    """

    first: date
    last: date
    minutes: float
    capacity: float | None
    share: float | None


@dataclass(frozen=True, slots=True)
class FullSpan:
    """Days one after the other on which a resource is full; ``days`` counts those on which it is open."""

    first: date
    last: date
    days: int


@dataclass(frozen=True, slots=True)
class Work:
    """An order on a resource: from its first day there to its last one."""

    order: str
    item: str
    item_name: str
    unit: str
    qty: float
    first: date
    last: date
    minutes: float


@dataclass(frozen=True, slots=True)
class HeldUp:
    """A demand, or what ships of it on one day, that a full resource makes late; ``date`` None: it is not promised.

    ``money``: the cost of its lateness, and its sales value where it is not promised.
    """

    demand: str
    item: str
    item_name: str
    unit: str
    qty: float
    due: date
    date: date | None
    days: int
    money: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer to "why?". Names and ``reason`` are in the plan's language, labels in both.

    ``needs``: the tree of what feeds the subject. ``uses``: who takes it (order, supply, item). ``sources``: all
    that an item has or gets. ``movements``: an item's stock day by day. Uses and leftovers add up to the quantity.
    ``load``, ``full``, ``work``, ``held_up``: of a resource, which has no item and no unit.
    """

    kind: Subject
    subject: str
    item: str
    item_name: str
    unit: str
    currency: str
    lang: Language
    is_late: bool
    facts: tuple[Fact, ...]
    rule: tuple[Fact, ...] = ()
    reason: str | None = None
    needs: tuple[Need, ...] = ()
    uses: tuple[Use, ...] = ()
    sources: tuple[Source, ...] = ()
    movements: tuple[Movement, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    parents: tuple[Parent, ...] = ()
    load: tuple[Load, ...] = ()
    full: tuple[FullSpan, ...] = ()
    work: tuple[Work, ...] = ()
    held_up: tuple[HeldUp, ...] = ()
    notes: tuple[str, ...] = ()

    def data(self) -> dict[str, Any]:
        """The same as plain dicts, lists, numbers and dates, for programs."""
        return asdict(self)
