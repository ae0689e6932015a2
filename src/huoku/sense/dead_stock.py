"""Dead stock, lot by lot: by three rules, with the odds of use, what waiting costs, and where it came from."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from huoku.factory import Factory, unit_values
from huoku.factory.bom import positions
from huoku.sense.demand import Amounts
from huoku.sense.outlook import YEAR_WEEKS, Outlook
from huoku.sense.provision import BY_COVERAGE, BY_MOVEMENT, Step, provision_share
from huoku.sense.salvage import Outlet, best_disposal

MONTH_DAYS = 365.0 / 12.0
QUARTER_WEEKS = 13
ENOUGH = 0.95

Floats = NDArray[np.float64]


class Rules(NamedTuple):
    """When stock counts as dead; every firm has its own figures."""

    idle_days: int = 180  # by movement: so long in stock without an issue
    over_age_days: int = 365  # by age: so long in stock, issues or not
    by_movement: Sequence[Step] = BY_MOVEMENT
    by_coverage: Sequence[Step] = BY_COVERAGE


USUAL = Rules()


def dead_stock(
    factory: Factory,
    outlook: Outlook,
    *,
    outlets: Sequence[Outlet] = (),
    rules: Rules = USUAL,
) -> pl.DataFrame:
    """Every lot in stock with what is to be feared of it; stock that is blocked or in quarantine too.

    Parameters
    ----------
    outlook : of the same factory
    outlets : ways out of every item; without any, scrap at the factory's salvage rate

    Returns
    -------
    Columns: item, location, lot, order (which brought it, where that is known), status, qty, value; age_days (empty
    where the day of receipt is not known); idle_days: since the last issue, or since the receipt of what was never
    issued; dead_by_movement, dead_by_age: the quantity that these rules call dead; dead_by_forecast: what goes beyond
    the 95 % quantile of a year's use; p_use: the share that is used within a year on average; loss_per_month: what one
    more month of waiting costs; disposal, back: the best way out today and its money; provision_by_movement,
    provision_by_coverage: money.

    Notes
    -----
    The oldest lots are used first. A month of waiting costs the holding, and what outlets pay less for what is still
    there; it gives the value of what is used in it. Above 0, selling now is better than waiting a month.
    """
    lots = _lots(factory)
    item, qty, before = (lots[name].to_numpy() for name in ("row", "qty", "before"))
    unit_value = unit_values(factory)["unit_value"].to_numpy()[item]
    value = qty * unit_value
    year, quarter = outlook.within(YEAR_WEEKS), outlook.within(QUARTER_WEEKS)
    yearly = year.mean()[item]
    coverage = np.where(yearly > 0, 12.0 * (before + qty) / np.where(yearly > 0, yearly, 1.0), np.inf)
    age, idle = lots["age_days"].to_list(), _idle_days(factory, lots)
    used_in_a_month = _used(quarter.of_rows(item), before, qty) / 3.0
    ways = outlets or (Outlet("scrap", factory.settings.salvage_rate),)
    now = [best_disposal(units, each, ways) for units, each in zip(qty, unit_value, strict=True)]
    still_there = zip(qty - used_in_a_month, unit_value, strict=True)
    later = np.array([best_disposal(units, each, ways, months=1.0).money for units, each in still_there])
    back = np.array([found.money for found in now])
    holding = value * factory.settings.holding_rate / 12.0
    return lots.select("item", "location", "lot", "order", "status", "qty").with_columns(
        value=value,
        age_days=lots["age_days"],
        idle_days=pl.Series(idle, dtype=pl.Int64),
        dead_by_movement=np.where(_at_least(idle, rules.idle_days), qty, 0.0),
        dead_by_age=np.where(_at_least(age, rules.over_age_days), qty, 0.0),
        dead_by_forecast=np.clip(before + qty - year.quantile([ENOUGH])[item, 0], 0.0, qty),
        p_use=_used(year.of_rows(item), before, qty) / qty,
        loss_per_month=holding + back - later - used_in_a_month * unit_value,
        disposal=pl.Series([", ".join(name for name, _ in one.units) for one in now], dtype=pl.String),
        back=back,
        provision_by_movement=value * _provisions([(days or 0) / MONTH_DAYS for days in idle], rules.by_movement),
        provision_by_coverage=value * _provisions(coverage.tolist(), rules.by_coverage),
    )


def _used(spread: Amounts, before: Floats, qty: Floats) -> Floats:
    """How much of each lot is used on average when ``before`` units are used first."""
    return np.clip(spread.used(before + qty) - spread.used(before), 0.0, qty)


def _lots(factory: Factory) -> pl.DataFrame:
    """The lots by item, the oldest first, with the row of the item and what is there before each; age in days."""
    stock = factory.stock.filter(pl.col("qty") > 0).with_columns(
        qty=pl.col("qty").cast(pl.Float64),
        age_days=(pl.lit(factory.settings.today) - pl.col("received_on")).dt.total_days(),
    )
    stock = stock.sort("item", "received_on", "lot", "location", "status", "order", "qty", nulls_last=True)
    return stock.with_columns(
        row=pl.Series(positions(stock["item"], factory.items["item"])),
        before=(pl.col("qty").cum_sum() - pl.col("qty")).over("item"),
    )


def _idle_days(factory: Factory, lots: pl.DataFrame) -> list[int | None]:
    """Days without an issue while the lot was there; None where neither an issue nor the receipt is known."""
    issued = factory.history.filter((pl.col("qty") > 0) & (pl.col("date") < factory.settings.today))
    last = issued.group_by("item").agg(last=pl.col("date").max())
    since = (pl.lit(factory.settings.today) - pl.col("last")).dt.total_days()
    idle = lots.join(last, on="item", how="left", maintain_order="left").select(pl.min_horizontal(since, "age_days"))
    return idle.to_series().to_list()


def _at_least(days: Sequence[int | None], limit: int) -> NDArray[np.bool_]:
    return np.array([one is not None and one >= limit for one in days], np.bool_)


def _provisions(months: Sequence[float], table: Sequence[Step]) -> Floats:
    return np.array([provision_share(one, table) for one in months], np.float64)
