"""The future use of every item of a factory: how likely, how soon, how much, and until when.

Past use (``past_use.py``) is foretold by levels of activity and sizes (``demand``), learnt from all items with a past
together. Where few customers make up the use of an item, what these will order is mixed in (``customers``).
Three things limit or raise it: an end of use by engineering change or life cycle (``endings.py``), needs that
are known already, and items that it may stand in for.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from huoku.factory import Factory, unit_values
from huoku.factory.bom import Tree, explode, positions, tree
from huoku.sense.customers import ByCustomers, by_customers
from huoku.sense.demand import Activity, Amounts, HitsAndSizes, Traits
from huoku.sense.demand.hits_and_sizes import FittedHits
from huoku.sense.endings import NEVER, last_day_of_use
from huoku.sense.past_use import WEEK_DAYS, past_use, still_taken

YEAR_WEEKS = 52
HALF_YEAR_WEEKS = 26
LEARN_AHEAD = 13
"""Constants are chosen for forecasts over a quarter, or a third of the history where that is shorter."""
LEARN_FROM = 600
"""Constants are learnt from so many different series at most."""
WAITS = np.array([0, 1, 2, 3, 4, 6, 8, 13, 26, 39, 52, 78, 104])
"""The wait for the next use is told up to two years."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class StandingIn(NamedTuple):
    """Which item may take the place of which, as rows of the table of items, and how many for one."""

    substitute: Ints
    wanted: Ints
    ratio: Floats


@dataclass(frozen=True, slots=True)
class Outlook:
    """Rows are the rows of the table of items; amounts in units, times in weeks from today."""

    items: pl.Series
    fitted: FittedHits
    ends: Ints  # the last day of use, counted from today; -1 ended, NEVER without an end
    until: Ints  # weeks that are foretold: to the end of use; none where there is no past
    known: Floats  # (items, YEAR_WEEKS): what known demands take up to the end of each week, over all levels
    stands_in: StandingIn
    idle: Ints  # weeks since the last use; all weeks of the history where there was none
    customers: ByCustomers | None  # of the items that few customers explain

    def within(self, weeks: int) -> Amounts:
        """The use of each item over the next ``weeks``: what the past foretells, but no less than what is known.

        After the end of its use only what is known.
        """
        weeks_left = np.minimum(weeks, self.until)
        foretold = self.fitted.over(weeks_left)
        if self.customers:
            foretold = self.customers.mixed_amounts(foretold, weeks_left)
        return Amounts(np.maximum(foretold.values, self._known_within(weeks)[:, None]), foretold.chances)

    def odds_of_use(self, weeks: int) -> Floats:
        """The chance of any use within ``weeks``; certain where it is known. Shape (items,)."""
        weeks_left = np.minimum(weeks, self.until)
        foretold = self.fitted.odds_of_use(weeks_left)
        if self.customers:
            foretold = self.customers.mixed_odds(foretold, weeks_left)
        return np.where(self._known_within(weeks) > 0, 1.0, foretold)

    def expected_wait(self) -> Floats:
        """Weeks until the next use on average, where a wait of more than two years counts as two; shape (items,)."""
        still_waiting = np.column_stack([1.0 - self.odds_of_use(int(week)) for week in WAITS])
        return (still_waiting[:, 1:] + still_waiting[:, :-1]) @ np.diff(WAITS) / 2.0

    def in_place_of_others(self) -> Floats:
        """What the items that each may stand in for use within a year on average, in its own units; shape (items,).

        It is used on its own account first; this is what a leftover could be offered to beside it.
        """
        substitute, wanted, ratio = self.stands_in
        offered = ratio * self.within(YEAR_WEEKS).mean()[wanted]
        return np.bincount(substitute, offered, minlength=len(self.items)).astype(np.float64)

    def table(self) -> pl.DataFrame:
        """One row for each item: what there is to say of its future use.

        Columns: item; idle_weeks; odds_26_weeks, odds_52_weeks; odds_dead: that nothing is used within a year;
        wait_weeks; known: within a year; mean_year and high_year: the mean and the 95 % quantile of a year's use;
        in_place_of_others; last_day_of_use (days from today, empty without an end).
        """
        year, odds = self.within(YEAR_WEEKS), self.odds_of_use(YEAR_WEEKS)
        return pl.DataFrame(
            {
                "item": self.items,
                "idle_weeks": self.idle,
                "odds_26_weeks": self.odds_of_use(HALF_YEAR_WEEKS),
                "odds_52_weeks": odds,
                "odds_dead": 1.0 - odds,
                "wait_weeks": self.expected_wait(),
                "known": self.known[:, -1],
                "mean_year": year.mean(),
                "high_year": year.quantile([0.95])[:, 0],
                "in_place_of_others": self.in_place_of_others(),
                "last_day_of_use": pl.Series(self.ends).replace(NEVER, None),
            }
        )

    def _known_within(self, weeks: int) -> Floats:
        return self.known[:, min(weeks, YEAR_WEEKS) - 1] if weeks > 0 else np.zeros(len(self.items))


def outlook(factory: Factory) -> Outlook:
    """The future use of every item of ``factory``, learnt from its own history alone.

    Of an item without a past nothing is foretold: its odds are 0 but for what is known. Cost: 1.3 CPU s for 20,000
    items and two years and a half, and 0.7 s for what a year uses of each (``within``).
    """
    structure = tree(factory.items, factory.bom)
    unit_value = unit_values(factory, structure)["unit_value"].to_numpy()
    model = weekly_model(factory, structure, unit_value)
    is_hit, ends = model.weeks > 0, last_day_of_use(factory, structure)
    used = is_hit.any(axis=1)
    return Outlook(
        items=factory.items["item"],
        fitted=model.method.fit(model.weeks, Traits(unit_value)),
        ends=ends,
        until=np.where(used, -(-(ends + 1) // WEEK_DAYS), 0),  # the week in which the use ends still counts
        known=known_needs(factory, structure),
        stands_in=_standing_in(factory),
        idle=np.where(used, np.argmax(is_hit[:, ::-1], axis=1), model.weeks.shape[1]),
        customers=model.customers,
    )


class WeeklyModel(NamedTuple):
    """What is learnt from the past week by week: ``weeks`` (items, weeks), and what foretells it."""

    weeks: Floats
    method: HitsAndSizes
    customers: ByCustomers | None


def weekly_model(factory: Factory, structure: Tree, unit_value: Floats) -> WeeklyModel:
    """Learnt from the past of all items; ``unit_value``, shape (items,), in the factory's currency."""
    weeks, traits = past_use(factory).weeks, Traits(unit_value)
    used = np.asarray((weeks > 0).any(axis=1))
    method = learnt_from(weeks[used], traits.of(used))
    return WeeklyModel(weeks, method, by_customers(factory, structure, weeks, method, traits))


def learnt_from(past: Floats, traits: Traits, ahead: int = LEARN_AHEAD) -> HitsAndSizes:
    """The constants, from ``past`` (series, periods) of series that were used; see ``HitsAndSizes.learn``."""
    hits = Activity.learn(past > 0, series=LEARN_FROM)
    return HitsAndSizes.learn(past, ahead=ahead, traits=traits, hits=hits, series=LEARN_FROM)


def known_needs(factory: Factory, structure: Tree) -> Floats:
    """What orders and contracts take of each item over all levels up to the end of each week of the year.

    Shape (items, YEAR_WEEKS). A forecast is not known; stock and lead times are not looked at. What is overdue is
    needed in the first week.
    """
    firm = factory.demands.select(
        "item",
        "kind",
        qty=pl.col("qty").cast(pl.Float64),
        week=(pl.col("due") - pl.lit(factory.settings.today)).dt.total_days().clip(0) // WEEK_DAYS,
    ).filter((pl.col("kind") != "forecast") & (pl.col("week") < YEAR_WEEKS))
    item, week, qty = positions(firm["item"], factory.items["item"]), firm["week"].to_numpy(), firm["qty"].to_numpy()
    need = np.zeros((factory.items.height, YEAR_WEEKS))
    order = np.lexsort((qty, week, item))  # so that the sums do not depend on the order of rows
    np.add.at(need, (item[order], week[order]), qty[order])
    return np.cumsum(explode(structure, still_taken(factory, structure)[:, None], need), axis=1)


def _standing_in(factory: Factory) -> StandingIn:
    """The substitutes that have not ended: which item may take the place of which."""
    valid = factory.substitutes.filter((pl.col("valid_to") >= factory.settings.today).fill_null(True))
    names = factory.items["item"]
    ratio = valid["ratio"].cast(pl.Float64).to_numpy()
    substitute, wanted = positions(valid["substitute"], names), positions(valid["item"], names)
    order = np.lexsort((ratio, wanted, substitute))
    return StandingIn(substitute[order], wanted[order], ratio[order])
