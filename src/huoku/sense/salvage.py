"""What leftovers give back: real outlets with their terms, the best way to use them, and what closed cases taught.

An outlet is a way out: back to the supplier, resale, a promotion, scrap. Each pays a share of the value, takes no more
than so much, may cost a fee, is open for a time, and may pay less with every month of waiting.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import NamedTuple

PRIOR_CASES = 4.0
"""What an outlet is said to pay weighs as so many closed cases."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """One way out of a leftover."""

    name: str
    share: float  # of the value, paid for each unit today; negative where getting rid of it costs
    fee: float = 0.0  # money, once
    limit: float = float("inf")  # units it takes at most
    least: float = 0.0  # units it takes at least, if any
    open_months: float = float("inf")  # a buy-back right ends
    fade: float = 0.0  # of the share, lost with each month of waiting

    def share_after(self, months: float) -> float:
        """What it pays after so many months; nothing fades below scrap, and a cost does not fade."""
        if self.share <= 0.0:
            return self.share
        kept: float = (1.0 - self.fade) ** months
        return self.share * kept


class Disposal(NamedTuple):
    """How many units go where, and the money that comes back, fees paid."""

    money: float
    units: tuple[tuple[str, float], ...]


def best_disposal(units: float, unit_value: float, outlets: Sequence[Outlet], months: float = 0.0) -> Disposal:
    """The most money for ``units`` of one item, ``months`` from now; keeping a unit for nothing is always open.

    Every set of outlets is tried: with its fees paid and its least quantities met, the units go where they bring most.
    What has neither a fee nor a least quantity is in every set. Cost: 2 to the number of the others that are open.
    """
    still_open = sorted((outlet for outlet in outlets if outlet.open_months >= months), key=lambda one: one.name)
    free = tuple(outlet for outlet in still_open if outlet.fee == 0 and outlet.least == 0)
    others = [outlet for outlet in still_open if outlet not in free]
    best = Disposal(0.0, ())
    for number in range(len(others) + 1):
        for chosen in combinations(others, number):
            tried = _filled(units, unit_value, free + chosen, months)
            if tried is not None and tried.money > best.money + 1e-9:
                best = tried
    return best


def _filled(units: float, unit_value: float, chosen: Sequence[Outlet], months: float) -> Disposal | None:
    rest = units - sum(outlet.least for outlet in chosen)
    if rest < 0 or any(outlet.least > outlet.limit for outlet in chosen):
        return None
    money, placed = 0.0, []
    for outlet in sorted(chosen, key=lambda one: (-one.share_after(months), one.name)):
        share = outlet.share_after(months)
        more = min(rest, outlet.limit - outlet.least) if share > 0.0 else 0.0
        rest -= more
        if outlet.least + more > 0:
            placed.append((outlet.name, outlet.least + more))
        money += (outlet.least + more) * unit_value * share - outlet.fee
    return Disposal(money, tuple(placed))


class ClosedCase(NamedTuple):
    """One leftover that went through an outlet."""

    outlet: str
    value: float  # of what went, as booked
    recovered: float  # the money that came back, before the fee


def learnt(outlets: Sequence[Outlet], cases: Sequence[ClosedCase]) -> list[Outlet]:
    """The outlets with their shares drawn from what was said towards what closed cases brought.

    Each case is one vote, whatever its size: (prior x 4 + sum of shares) / (4 + cases). Cases without a value tell
    nothing.
    """
    found = []
    for outlet in outlets:
        shares = sorted(case.recovered / case.value for case in cases if case.outlet == outlet.name and case.value > 0)
        share = (PRIOR_CASES * outlet.share + sum(shares)) / (PRIOR_CASES + len(shares))
        found.append(replace(outlet, share=share))
    return found
