"""How much of a leftover has to be used for the larger purchase to pay: the sentence a buyer can say."""

from typing import NamedTuple

from huoku.buy.leftover import YEAR_DAYS
from huoku.buy.options.case import Case
from huoku.buy.options.weigh import Weighed, costs, days_kept
from huoku.language import Sentence

PAYS_IF = Sentence(
    "{qty} {unit}、单价 {price}，余料要用掉 {needed} 才划算；估计能用掉 {share}（八成把握在 {low} 到 {high} 之间）",
    "{qty} {unit} at {price} pays only if {needed} of the rest is used; the odds are {share} "
    "(eight times in ten between {low} and {high})",
)
ALWAYS = Sentence(
    "{qty} {unit}、单价 {price}，余料一点不用也划算", "{qty} {unit} at {price} pays even if none of the rest is used"
)
NEVER = Sentence(
    "{qty} {unit}、单价 {price}，余料全用掉也不划算",
    "{qty} {unit} at {price} does not pay even if all the rest is used",
)


class BreakEven(NamedTuple):
    """``needed``: the part of the rest that has to be used; below 0 it always pays, above 1 never.

    ``odds``: the part that is expected to be used, and its interval: eight futures of ten lie between ``low`` and
    ``high``.
    """

    needed: float
    odds: float
    low: float
    high: float

    @property
    def pays(self) -> bool:
        return self.odds >= self.needed

    @property
    def sentence(self) -> Sentence:
        """With fields qty, unit, price, needed, share, low, high."""
        if self.needed <= 0:
            return ALWAYS
        return NEVER if self.needed > 1 else PAYS_IF


def reuse_needed(
    outlay: float, other: float, leftover: float, value: float, salvage: float, holding: float = 0.0
) -> float:
    """The part of ``leftover`` that has to be used for ``outlay`` to cost no more than ``other`` without a leftover.

    A used unit gives back ``value`` less ``holding`` over its wait, an unused one ``salvage``:
    (outlay - other - salvage x leftover) / (leftover x (value - holding - salvage)). An extension of
    the newsvendor's critical ratio. Infinite where a used unit is worth no more than an unused one.
    """
    gain = leftover * (value - holding - salvage)
    lacking = outlay - other - salvage * leftover
    if gain <= 0:
        return float("inf") if lacking > 0 else float("-inf")
    return lacking / gain


def break_even(case: Case, larger: Weighed, other: Weighed) -> BreakEven | None:
    """The larger purchase against another option; None where it leaves nothing over.

    The wait of a used unit is the one that is expected, half a year where none is.
    """
    option = larger.option
    if larger.used_share is None:
        return None
    use = option.use or case.use
    used = larger.used_share * option.leftover
    unused = case.holding * days_kept(case, option) / YEAR_DAYS
    money = float(use.chance @ costs(case, option).mean(axis=1))
    held = money - option.cash - option.extra + case.value * used + case.salvage * (option.leftover - used)
    waiting = (held - unused * (option.leftover - used)) / used if used > 1e-9 else unused / 2.0
    needed = reuse_needed(
        option.cash + option.extra, other.cost, option.leftover, case.value, case.salvage - unused, waiting
    )
    assert larger.used_low is not None and larger.used_high is not None
    return BreakEven(needed, larger.used_share, larger.used_low, larger.used_high)
