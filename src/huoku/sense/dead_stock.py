"""Dead stock, lot by lot: by three rules, with the odds of use, its provisions, and where it came from."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from huoku.factory import Factory, unit_values
from huoku.factory.bom import positions
from huoku.sense.demand import Amounts
from huoku.sense.provision import BY_COVERAGE, BY_MOVEMENT, Step, provision_shares

MONTH_DAYS = 365.0 / 12.0
ENOUGH = 0.95

Floats = NDArray[np.float64]


class Rules(NamedTuple):
    """When stock counts as dead; every firm has its own figures."""

    idle_days: int = 180  # by movement: so long in stock without an issue
    over_age_days: int = 365  # by age: so long in stock, issues or not
    by_movement: Sequence[Step] = BY_MOVEMENT
    by_coverage: Sequence[Step] = BY_COVERAGE


USUAL = Rules()


def dead_stock(factory: Factory, year: Amounts, *, rules: Rules = USUAL) -> pl.DataFrame:
    """Every lot in stock with what is to be feared of it; stock that is blocked or in quarantine too.

    The oldest lots are used first. ``year``: the use of each item within a year, as its outlook foretells it.

    Returns
    -------
    Columns: item, location, lot, order (which brought it, where that is known), status, qty, value; age_days (empty
    where the day of receipt is not known); idle_days: since the last issue, or since the receipt of what was never
    issued; dead_by_movement, dead_by_age: the quantity that these rules call dead; dead_by_forecast: what goes beyond
    the 95 % quantile of a year's use; p_use: the share that is used within a year on average; provision_by_movement,
    provision_by_coverage: money.
    """
    lots = _lots(factory)
    item, qty, before = (lots[name].to_numpy() for name in ("row", "qty", "before"))
    unit_value = unit_values(factory)["unit_value"].to_numpy()[item]
    value = qty * unit_value
    yearly = year.mean()[item]
    coverage = np.where(yearly > 0, 12.0 * (before + qty) / np.where(yearly > 0, yearly, 1.0), np.inf)
    age, idle = lots["age_days"], _idle_days(factory, lots)
    return lots.select("item", "location", "lot", "order", "status", "qty").with_columns(
        value=value,
        age_days=lots["age_days"],
        idle_days=idle,
        dead_by_movement=np.where((idle >= rules.idle_days).fill_null(False), qty, 0.0),
        dead_by_age=np.where((age >= rules.over_age_days).fill_null(False), qty, 0.0),
        dead_by_forecast=np.clip(before + qty - year.quantile([ENOUGH])[item, 0], 0.0, qty),
        p_use=np.clip(year.used_of(item, before + qty) - year.used_of(item, before), 0.0, qty) / qty,
        provision_by_movement=value * provision_shares(idle.fill_null(0).to_numpy() / MONTH_DAYS, rules.by_movement),
        provision_by_coverage=value * provision_shares(coverage, rules.by_coverage),
    )


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


def _idle_days(factory: Factory, lots: pl.DataFrame) -> pl.Series:
    """Days without an issue while the lot was there; None where neither an issue nor the receipt is known."""
    issued = factory.history.filter((pl.col("qty") > 0) & (pl.col("date") < factory.settings.today))
    last = issued.group_by("item").agg(last=pl.col("date").max())
    since = (pl.lit(factory.settings.today) - pl.col("last")).dt.total_days()
    idle = lots.join(last, on="item", how="left", maintain_order="left").select(pl.min_horizontal(since, "age_days"))
    return idle.to_series()
