"""One way to meet a need, before it is weighed: what is paid, what is left, when the need is met."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from huoku.buy.options.case import Case, FutureUse
from huoku.buy.terms import outlay

Kind = Literal[
    "minimum",
    "to_break",
    "small_lot",
    "other_supplier",
    "mix",
    "split_delivery",
    "substitute",
    "together",
    "wait",
    "pull_forward",
    "share",
    "redesign",
    "charge",
    "decline",
]


class Calls(NamedTuple):
    """The rest of a contract: units that may be called at ``price`` as they are used, else cost ``cancel_fee`` each."""

    rest: float
    price: float
    cancel_fee: float


class Outcome(NamedTuple):
    """Money that is paid besides with some chance, whatever is used later; negative where it is received."""

    chance: float
    money: float


CERTAIN = (Outcome(1.0, 0.0),)


@dataclass(frozen=True, slots=True)
class Option:
    """A way to meet the need.

    ``qty`` is bought for ``cash`` now, ``leftover`` of it is beyond the need, and the need is met on ``day`` (from
    today; None where it is not met). ``extra`` is other money that is sure: lateness, stock that is taken. ``source``
    is the number of the offer, -1 where there is none; ``named`` says which partner, substitute or design is meant.
    ``use`` replaces the case's future use where the option changes it. ``parts``: the offers and quantities of a
    purchase from several. ``in_all``: what is bought together with others, of which ``qty`` is this need's part; 0
    where it is bought alone.
    """

    kind: Kind
    qty: float
    cash: float
    leftover: float
    day: int | None
    extra: float = 0.0
    source: int = -1
    named: str = ""
    calls: Calls | None = None
    outcomes: tuple[Outcome, ...] = CERTAIN
    use: FutureUse | None = None
    parts: tuple[tuple[int, int], ...] = ()
    in_all: float = 0.0

    @property
    def purchases(self) -> tuple[tuple[int, int], ...]:
        """The offers that it buys from, and how much of each."""
        return self.parts or (((self.source, int(self.qty)),) if self.source >= 0 else ())

    @property
    def unit_price(self) -> float:
        """What a bought unit costs, fees and all; 0 where none is bought."""
        return self.cash / self.qty if self.qty else 0.0


def bought(case: Case, kind: Kind, source: int, qty: int, *, wanted: int | None = None, wait: int = 0) -> Option:
    """Buying ``qty`` from an offer, ``wait`` days from now; ``wanted`` of it is needed (by default the need)."""
    day = int(case.terms.lead[source]) + wait
    needed = case.need if wanted is None else wanted
    cash = float(outlay(case.terms, source, qty))
    return Option(kind, qty, cash, max(0, qty - needed), day, case.lateness(day), source)
