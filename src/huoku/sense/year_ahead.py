"""A year's use of every item, as a few futures each: what planning thousands of items reckons leftovers with.

The same model as the outlook's (levels of activity and sizes, ``demand``), over periods of four weeks instead of one:
for the sum of a year that is as good, and a hundredth of the work (``docs/evidence/future-use.md``). The sum is not
added up exactly; beside the odds of no use at all it is taken as gamma distributed with the mean and the variance of
the model, by the cube-root normal approximation of Wilson & Hilferty (1931).
"""

from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from huoku.factory import Factory, unit_values
from huoku.factory.bom import Tree
from huoku.sense.endings import last_day_of_use
from huoku.sense.past_use import WEEK_DAYS, in_periods, recorded
from huoku.sense.use import Use

if TYPE_CHECKING:
    from huoku.sense.demand import Traits

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

YEAR_DAYS = 365.0
FUTURES = 16
"""So many futures in which something is used, equally likely; one more in which nothing is."""
LEARN_FROM = 600
"""The levels of activity are learnt from so many different series at most."""
PERIOD_WEEKS, ENOUGH_PERIODS = 4, 6
"""A period has four weeks; in a history shorter than six such periods two weeks, or one."""
WEEKLY_DISCOUNT = 0.99
NORMAL = np.array([NormalDist().inv_cdf((future + 0.5) / FUTURES) for future in range(FUTURES)])


class YearAhead(NamedTuple):
    """The items that something is foretold of, as rows of the table of items, by rising row.

    In each of their futures ``amount`` units are used within a year, evenly, with ``chance``; the amounts rise along
    each row and begin with 0, the chances of a row add up to 1. Both of shape (rows, FUTURES + 1).
    """

    row: NDArray[np.int64]
    amount: Floats
    chance: Floats


def year_ahead(factory: Factory, structure: Tree) -> YearAhead:
    """A year's use of each item with a past, its own or its parents'; of an item that will end, what comes before.

    Cost: 0.4 s for 20,000 items and two years.
    """
    oldest = recorded(factory)["age"].max() if factory.history.height else None
    if oldest is None:
        return nothing_foretold()
    assert isinstance(oldest, int)
    length = PERIOD_WEEKS
    while length > 1 and oldest < ENOUGH_PERIODS * length * WEEK_DAYS:
        length //= 2
    # By name and rounded, so that what is learnt does not depend on the order of rows.
    by_name = factory.items["item"].arg_sort().to_numpy()
    past = np.round(in_periods(factory, structure, length).weeks[by_name], 6)
    used = (past > 0).any(axis=1)
    if not used.any():
        return nothing_foretold()
    value = unit_values(factory, structure)["unit_value"].to_numpy()
    from huoku.sense.demand import Traits

    row = by_name[used]
    use = use_of_a_year(past[used], Traits(value[row]), length * WEEK_DAYS)
    if factory.history["customer"].null_count() < factory.history.height:
        use = _mixed_with_customers(factory, structure, value, row, use)
    amount, chance = futures(use)
    order = np.argsort(row)
    return YearAhead(row[order], amount[order], chance[order])


def nothing_foretold() -> YearAhead:
    """Of no item anything."""
    return YearAhead(np.zeros(0, np.int64), np.zeros((0, FUTURES + 1)), np.zeros((0, FUTURES + 1)))


def days_left_to_use(factory: Factory, structure: Tree) -> NDArray[np.int64]:
    """By item: on how many days of a year after the last day of the plan it can still be used.

    Of what ends by then, none: what is known to need it takes it, and more is not expected.
    """
    return np.clip(last_day_of_use(factory, structure) - factory.settings.horizon_days, 0, int(YEAR_DAYS))


def use_of_a_year(past: Floats, traits: "Traits", period_days: int) -> Use:
    """A year's use after ``past``: shape (series, periods) with some use in each series."""
    from huoku.sense.demand import Activity
    from huoku.sense.demand.sizes import learn_sizes, moments_of_sizes

    series, is_hit = len(past), past > 0
    activity = Activity.learn(is_hit, series=LEARN_FROM)
    ahead = round(YEAR_DAYS / period_days)
    hits = activity.hits_to_come(activity.state(is_hit), np.full(series, ahead))
    count = np.arange(ahead + 1)
    mean_hits, square_hits = hits @ count, hits @ count**2
    discount = WEEKLY_DISCOUNT ** (period_days / WEEK_DAYS)
    size, square = moments_of_sizes(past, learn_sizes(past, traits).with_("discount", discount), traits)
    mean = mean_hits * size
    variance = mean_hits * (square - size**2) + (square_hits - mean_hits**2) * size**2
    return Use(1.0 - hits[:, 0], mean, variance + mean**2)


def futures(use: Use) -> tuple[Floats, Floats]:
    """Amounts and chances of such uses, both of shape (series, FUTURES + 1); see ``YearAhead``."""
    any_use = np.maximum(use.any, 1e-9)
    amount = _gamma(use.mean / any_use, use.square / any_use - (use.mean / any_use) ** 2)
    chance = np.repeat(any_use[:, None] / FUTURES, FUTURES, axis=1)
    return (
        np.concatenate((np.zeros((len(amount), 1)), amount), axis=1),
        np.concatenate((1.0 - any_use[:, None], chance), axis=1),
    )


def _mixed_with_customers(
    factory: Factory, structure: Tree, unit_value: Floats, row: NDArray[np.int64], own: Use
) -> Use:
    """The use of the items in ``row``, mixed with what their customers will take, where few make up an item's use."""
    from huoku.sense.outlook import YEAR_WEEKS, weekly_model

    customers = weekly_model(factory, structure, unit_value).customers
    if customers is None:
        return own
    place = np.full(factory.items.height, -1)
    place[row] = np.arange(len(row))
    at = place[customers.items]
    mixed = customers.mixed_use(Use(*(part[at] for part in own)), YEAR_WEEKS)
    for part, theirs in zip(own, mixed, strict=True):
        part[at] = theirs
    return own


def _gamma(mean: Floats, variance: Floats) -> Floats:
    """Equally likely amounts (series, FUTURES) of gamma distributions with these means and variances."""
    spread = np.maximum(variance, 1e-9 * mean**2) / (9.0 * mean**2)
    amount = np.maximum(0.0, 1.0 - spread[:, None] + np.sqrt(spread)[:, None] * NORMAL) ** 3
    return np.asarray(amount * (mean / amount.mean(axis=1))[:, None])
