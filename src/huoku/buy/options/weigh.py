"""What an option costs in each future, and what that comes to: on average, in the bad tenth, in leftovers and weeks."""

from typing import NamedTuple

import numpy as np

from huoku.buy.leftover import NO_LIMIT_OF_MONEY, TAIL, YEAR_DAYS, Limits
from huoku.buy.options.case import Case, FutureUse
from huoku.buy.options.option import CERTAIN, Option
from huoku.buy.terms import Floats, Ints

WEEK_DAYS = 7.0


class Weighed(NamedTuple):
    """An option with its figures; money in the case's currency.

    ``cost``: expected cost of the need, less what the rest gives back. ``cvar``: the mean cost of the dearest tenth
    of futures (Rockafellar & Uryasev 2000). ``used_share``: the part of the leftover that is expected to be used
    within the year, with ``used_low`` and ``used_high`` reached and not exceeded in nine futures of ten; None without
    a leftover. ``weeks``: until the last unit of the leftover is used, in the futures in which it is; None where it
    never is. ``not_all``: the odds that some of it is never used.
    """

    option: Option
    cost: float
    cvar: float
    leftover_value: float
    used_share: float | None
    used_low: float | None
    used_high: float | None
    weeks: float | None
    not_all: float | None

    @property
    def risk(self) -> float:
        """How much dearer the bad tenth is than expected: what an owner limits."""
        return self.cvar - self.cost

    @property
    def dies(self) -> float:
        """The part of the leftover that is expected never to be used; 0 without a leftover."""
        return 0.0 if self.used_share is None else 1.0 - self.used_share


def weigh(case: Case, option: Option) -> Weighed:
    """Weigh an option over all futures."""
    use = option.use or case.use
    cost = costs(case, option)
    chance = _chances(use, option)
    worth = option.leftover * case.value
    left, dearest = option.leftover, _dearest(cost, chance)
    if left <= 0:
        return Weighed(option, _mean(cost, chance), dearest, worth, None, None, None, None, None)
    wanted = np.maximum(use.amount + use.event - case.spare, 0.0)
    share = np.minimum(wanted, left) / left
    low, high = _quantiles(share, use.chance)
    enough = wanted >= left
    odds = float(use.chance[enough].sum())
    more = np.maximum(left + case.spare - use.event, 0.0)[enough]
    weeks = use.days / WEEK_DAYS * more / np.maximum(use.amount[enough], 1e-12)
    weeks = np.where(more > 0, weeks, use.event_day / WEEK_DAYS)
    return Weighed(
        option=option,
        cost=_mean(cost, chance),
        cvar=dearest,
        leftover_value=worth,
        used_share=float(share @ use.chance),
        used_low=low,
        used_high=high,
        weeks=float(weeks @ use.chance[enough]) / odds if odds > 0 else None,
        not_all=1.0 - odds,
    )


def expected_cost(case: Case, option: Option) -> float:
    """The mean cost of an option, as ``weigh`` tells it."""
    return _mean(costs(case, option), _chances(option.use or case.use, option))


def _chances(use: FutureUse, option: Option) -> Floats:
    """The chance of each future and outcome, shape (futures, outcomes)."""
    if option.outcomes == CERTAIN:
        return use.chance[:, None]
    return np.outer(use.chance, [outcome.chance for outcome in option.outcomes])


def costs(case: Case, option: Option) -> Floats:
    """The money of an option in each future and outcome, shape (futures, outcomes)."""
    use, days = option.use or case.use, days_kept(case, option)
    # What is left anyway is used first: the purchase answers for the difference.
    money = option.cash + option.extra + _left(case, use, days, case.spare + option.leftover)
    if case.spare > 0:
        money = money - _left(case, use, days, case.spare)
    if option.calls is not None:
        called = called_of(case, option, use)
        gain = max(0.0, case.value - option.calls.price)
        money += option.calls.cancel_fee * (option.calls.rest - called) - gain * called
    if option.outcomes == CERTAIN:
        return money[:, None]
    return np.asarray(money[:, None] + np.array([outcome.money for outcome in option.outcomes])[None, :])


def called_of(case: Case, option: Option, use: FutureUse) -> Floats:
    """How much of the rest of its contract is called in each future."""
    rest = option.calls.rest if option.calls is not None else 0.0
    further = np.maximum(use.amount + use.event - case.spare - option.leftover, 0.0)
    return np.asarray(np.minimum(rest, further))


def days_kept(case: Case, option: Option) -> float:
    """Days from the need, or from when the option meets it, to the last day of the plan."""
    return max(0.0, case.kept - max(0, (option.day or 0) - case.due))


def _left(case: Case, use: FutureUse, days: float, left: float | Floats) -> Floats:
    """What ``left`` units cost in each future: holding for at most ``days``, less what they give back.

    For several amounts, shape (m, 1), the answer has shape (m, futures).
    """
    held, reused, salvaged = kept_and_given_back(case, use, days, left)
    return np.asarray(held - reused - salvaged)


def kept_and_given_back(case: Case, use: FutureUse, days: float, left: float | Floats) -> tuple[Floats, Floats, Floats]:
    """Of ``left`` units in each future: the cost of holding, what need not be bought later, what the rest fetches."""
    taken = np.minimum(use.event, left)
    rest = left - taken
    used = np.minimum(use.amount, rest)
    # Units are used evenly: on average a used one waits half as long as the last that is used by then.
    in_time = np.minimum(rest, use.amount * min(use.days, days) / use.days)
    waits = in_time * in_time / np.maximum(2.0 * use.amount, 1e-12) * use.days + (rest - in_time) * days
    held = case.holding * (taken * min(use.event_day, days) + waits) / YEAR_DAYS
    return np.asarray(held), np.asarray(case.value * (taken + used)), np.asarray(case.salvage * (rest - used))


LEAST_MONEY = 1e-6
"""Limits broken by no more than this are kept: it is rounding."""


def beyond(case: Case, weighed: Weighed, limits: Limits) -> float:
    """Money by which an option breaks the owner's limits, as ``buy.leftover.beyond_limits``; 0 where it keeps them."""
    option = weighed.option
    broken = max(0.0, weighed.risk - limits.risk)
    broken += max(0.0, option.leftover - limits.excess * option.qty) * case.value
    return broken if broken > LEAST_MONEY else 0.0


def weigh_purchases(case: Case, cash: Floats, bought: Ints, limits: Limits) -> tuple[Floats, Floats]:
    """Many purchases in time: by how much each breaks the limits, and its expected cost; all of shape (purchases,)."""
    use, left = case.use, np.maximum(bought - case.need, 0)
    by_future = _left(case, use, case.kept, case.spare + left[:, None]) - _left(case, use, case.kept, case.spare)
    cost = cash + by_future @ use.chance
    broken = np.maximum(left - limits.excess * bought, 0.0) * case.value
    if limits.risk < NO_LIMIT_OF_MONEY:
        broken = broken + np.maximum(cash + _dearest_of_rows(by_future, use.chance) - cost - limits.risk, 0.0)
    return np.where(broken > LEAST_MONEY, broken, 0.0), cost


def _mean(cost: Floats, chance: Floats) -> float:
    return float((cost * chance).sum())


def _dearest(cost: Floats, chance: Floats) -> float:
    """The mean of the dearest tenth."""
    order = np.argsort(-cost, axis=None, kind="stable")
    dear, odds = cost.ravel()[order], chance.ravel()[order]
    before = np.cumsum(odds) - odds
    return float((np.clip(TAIL - before, 0.0, odds) @ dear) / TAIL)


def _dearest_of_rows(cost: Floats, chance: Floats) -> Floats:
    """The same for each row of ``cost`` (rows, futures)."""
    order = np.argsort(-cost, axis=1, kind="stable")
    odds = chance[order]
    before = np.cumsum(odds, axis=1) - odds
    return np.asarray((np.clip(TAIL - before, 0.0, odds) * np.take_along_axis(cost, order, axis=1)).sum(axis=1) / TAIL)


def _quantiles(share: Floats, chance: Floats) -> tuple[float, float]:
    """What is reached in nine futures of ten, and what is not exceeded in nine of ten."""
    order = np.argsort(share, kind="stable")
    reached = np.cumsum(chance[order])
    low, high = np.searchsorted(reached, [TAIL + 1e-12, 1.0 - TAIL - 1e-12])
    last = share.size - 1
    return float(share[order][min(low, last)]), float(share[order][min(high, last)])
