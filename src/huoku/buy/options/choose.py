"""All options of a need side by side, and the best of them within the owner's limit of risk."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from huoku.buy.joint import Board
from huoku.buy.leftover import NO_LIMIT_OF_MONEY, Limits
from huoku.buy.options.break_even import BreakEven, break_even
from huoku.buy.options.case import Case
from huoku.buy.options.charge import Charge, charge
from huoku.buy.options.decline import decline
from huoku.buy.options.later import Later
from huoku.buy.options.minimum import minimum
from huoku.buy.options.mix import mix, mixed
from huoku.buy.options.option import Option
from huoku.buy.options.other_supplier import other_supplier
from huoku.buy.options.pull_forward import pull_forward
from huoku.buy.options.redesign import Design, redesign
from huoku.buy.options.share import Partners, share
from huoku.buy.options.small_lot import SmallLot, small_lot
from huoku.buy.options.split_delivery import Contract, split_delivery
from huoku.buy.options.substitute import StandIn, replaced_by, substitute
from huoku.buy.options.to_break import to_break
from huoku.buy.options.together import together
from huoku.buy.options.wait import wait
from huoku.buy.options.weigh import Weighed, beyond, weigh

SINGLE = ("minimum", "to_break", "other_supplier", "small_lot")
"""Purchases from one offer."""


class JoinedPart(NamedTuple):
    """A joint purchase that the need could be part of: see ``together``."""

    board: Board
    part: int
    days: int
    vendor: str = ""


@dataclass(frozen=True, slots=True)
class Possible:
    """What is possible besides the item's own offers: terms that were offered, entered or found in other tables.

    ``mixes``: purchases from several of its offers, as (offer, quantity) each, to be weighed whether they are good or
    not.
    """

    small_lots: tuple[SmallLot, ...] = ()
    contracts: tuple[Contract, ...] = ()
    stand_ins: tuple[StandIn, ...] = ()
    joined: tuple[JoinedPart, ...] = ()
    later: tuple[Later, ...] = ()
    partners: tuple[Partners, ...] = ()
    designs: tuple[Design, ...] = ()
    charges: tuple[Charge, ...] = ()
    mixes: tuple[tuple[tuple[int, int], ...], ...] = ()


class Comparison(NamedTuple):
    """The options by expected cost, the best first; ``best`` is the cheapest within the owner's limits.

    ``is_within_limit`` is False where no option keeps the limits; then ``best`` is the one that breaks them by the
    least money, None where there is no option at all.
    """

    options: tuple[Weighed, ...]
    best: Weighed | None
    is_within_limit: bool

    def against_rest(self, case: Case, option: Weighed) -> BreakEven | None:
        """The break-even of an option with a leftover against the cheapest other one that leaves less."""
        less = [other for other in self.options if other.option.leftover < option.option.leftover]
        return break_even(case, option, less[0]) if less else None


def options_of(case: Case, possible: Possible | None = None, limits: Limits | None = None) -> Iterator[Option]:
    """Every option that exists for a need."""
    also = possible or Possible()
    found: list[Option | None] = [*_single(case, also.small_lots), *(mixed(case, parts) for parts in also.mixes)]
    best = mix(case, also.small_lots, limits)
    found += [best] if best is None or best.parts not in also.mixes else []
    found += [split_delivery(case, contract) for contract in also.contracts]
    found += [substitute(case, other, _ways_for_rest(case, other, also)) for other in also.stand_ins]
    found += [together(case, *joined) for joined in also.joined]
    found += [way(case, need) for need in also.later for way in (wait, pull_forward)]
    found += [share(case, partners) for partners in also.partners]
    found += [redesign(case, design) for design in also.designs]
    found += [charge(case, asked) for asked in also.charges]
    found += [decline(case)]
    return (option for option in found if option is not None)


def _ways_for_rest(case: Case, other: StandIn, also: Possible) -> list[Option]:
    """The ways to buy what a substitute leaves of the need."""
    need = case.need - replaced_by(case, other)
    if need <= 0:
        return []
    rest = replace(case, need=need)
    best = mix(rest, also.small_lots)
    return [*_single(rest, also.small_lots), *([] if best is None else [best])]


def _single(case: Case, small_lots: tuple[SmallLot, ...]) -> list[Option]:
    """The purchases from one offer."""
    bare = minimum(case)
    ways = [*to_break(case), *other_supplier(case), *(small_lot(case, offer) for offer in small_lots)]
    return ways if bare is None else [bare, *ways]


def compare_options(
    case: Case, possible: Possible | None = None, risk_limit: float = NO_LIMIT_OF_MONEY, excess_limit: float = 1.0
) -> Comparison:
    """Weigh all options and choose. A mix that is no better than a purchase from one offer is left out.

    Parameters
    ----------
    case : the need and what its units are worth
    possible : options besides the item's own offers
    risk_limit : money; by how much the dearest tenth of futures may exceed the expected cost. The owner sets it.
    excess_limit : the part of the purchase that may be left over; the owner sets it too.
    """
    limits = Limits(risk_limit, excess_limit)
    weighed = sorted(
        (weigh(case, option) for option in options_of(case, possible, limits)),
        key=lambda one: (one.cost, one.cvar, one.option.kind, one.option.source, one.option.named),
    )
    weighed = _without_idle_mixes(case, weighed, limits, possible)
    within = [one for one in weighed if beyond(case, one, limits) == 0.0]
    best = within[0] if within else min(weighed, key=lambda one: (beyond(case, one, limits), one.cost), default=None)
    return Comparison(tuple(weighed), best, bool(within))


def _without_idle_mixes(case: Case, weighed: list[Weighed], limits: Limits, possible: Possible | None) -> list[Weighed]:
    """All but mixes that a purchase from one offer is as good as; those that were asked for stay."""

    def rank(one: Weighed) -> tuple[float, float]:
        return beyond(case, one, limits), one.cost

    single = min((rank(one) for one in weighed if one.option.kind in SINGLE), default=(np.inf, np.inf))
    asked = () if possible is None else possible.mixes
    return [one for one in weighed if one.option.kind != "mix" or one.option.parts in asked or rank(one) < single]
