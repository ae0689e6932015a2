"""All options of a need side by side, and the best of them within the owner's limit of risk."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from huoku.buy.joint import Board
from huoku.buy.options.break_even import BreakEven, break_even
from huoku.buy.options.case import Case
from huoku.buy.options.charge import Charge, charge
from huoku.buy.options.decline import decline
from huoku.buy.options.later import Later
from huoku.buy.options.minimum import minimum
from huoku.buy.options.option import Option
from huoku.buy.options.other_supplier import other_supplier
from huoku.buy.options.pull_forward import pull_forward
from huoku.buy.options.redesign import Design, redesign
from huoku.buy.options.share import Partners, share
from huoku.buy.options.small_lot import SmallLot, small_lot
from huoku.buy.options.split_delivery import Contract, split_delivery
from huoku.buy.options.substitute import StandIn, substitute
from huoku.buy.options.to_break import to_break
from huoku.buy.options.together import together
from huoku.buy.options.wait import wait
from huoku.buy.options.weigh import Weighed, weigh


class JoinedPart(NamedTuple):
    """A joint purchase that the need could be part of: see ``together``."""

    board: Board
    part: int
    days: int


@dataclass(frozen=True, slots=True)
class Possible:
    """What is possible besides the item's own offers: terms that were offered, entered or found in other tables."""

    small_lots: tuple[SmallLot, ...] = ()
    contracts: tuple[Contract, ...] = ()
    stand_ins: tuple[StandIn, ...] = ()
    joined: tuple[JoinedPart, ...] = ()
    later: tuple[Later, ...] = ()
    partners: tuple[Partners, ...] = ()
    designs: tuple[Design, ...] = ()
    charges: tuple[Charge, ...] = ()


class Comparison(NamedTuple):
    """The options by expected cost, the best first; ``best`` is the cheapest within the limit of risk.

    ``is_within_limit`` is False where no option keeps the limit; then ``best`` is the one with the least risk, None
    where there is no option at all.
    """

    options: tuple[Weighed, ...]
    best: Weighed | None
    is_within_limit: bool

    def against_rest(self, case: Case, option: Weighed) -> BreakEven | None:
        """The break-even of an option with a leftover against the cheapest other one that leaves less."""
        less = [other for other in self.options if other.option.leftover < option.option.leftover]
        return break_even(case, option, less[0]) if less else None


def options_of(case: Case, possible: Possible | None = None) -> Iterator[Option]:
    """Every option that exists for a need."""
    also = possible or Possible()
    found: list[Option | None] = [minimum(case), *to_break(case), *other_supplier(case)]
    found += [small_lot(case, offer) for offer in also.small_lots]
    found += [split_delivery(case, contract) for contract in also.contracts]
    found += [substitute(case, other) for other in also.stand_ins]
    found += [together(case, *joined) for joined in also.joined]
    found += [way(case, need) for need in also.later for way in (wait, pull_forward)]
    found += [share(case, partners) for partners in also.partners]
    found += [redesign(case, design) for design in also.designs]
    found += [charge(case, asked) for asked in also.charges]
    found += [decline(case)]
    return (option for option in found if option is not None)


def compare_options(case: Case, possible: Possible | None = None, risk_limit: float = float("inf")) -> Comparison:
    """Weigh all options and choose.

    Parameters
    ----------
    case : the need and what its units are worth
    possible : options besides the item's own offers
    risk_limit : money; by how much the dearest tenth of futures may exceed the expected cost. The owner sets it.
    """
    weighed = sorted(
        (weigh(case, option) for option in options_of(case, possible)),
        key=lambda one: (one.cost, one.cvar, one.option.kind, one.option.source, one.option.named),
    )
    within = [one for one in weighed if one.risk <= risk_limit]
    best = within[0] if within else min(weighed, key=lambda one: (one.risk, one.cost), default=None)
    return Comparison(tuple(weighed), best, bool(within))
