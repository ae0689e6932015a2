"""Two years in quarters: what was used, and how long what lies here today has been lying dead."""

from datetime import timedelta

import numpy as np
import polars as pl

from huoku.factory import Factory, kinds, unit_values
from huoku.sense.past_use import WEEK_DAYS, past_use

QUARTERS, QUARTER_WEEKS = 8, 13
SCHEMA = {"begins": pl.Date, "ends": pl.Date, "used": pl.Float64, "dead": pl.Float64}


def two_years(factory: Factory, lots: pl.DataFrame, idle_days: int) -> pl.DataFrame:
    """The last eight quarters of 13 weeks, the oldest first.

    Parameters
    ----------
    lots : those of ``dead_stock``: item, value, age_days
    idle_days : without an issue for so long, stock counts as dead

    Returns
    -------
    Columns: begins, ends (days); used: what was used of bought material, at today's cost, empty before the history
    begins; dead: the value of those of today's lots that were there at the end, and without an issue for so long.

    Notes
    -----
    The tables know no past stock: what was there then and is gone now is not counted. So ``dead`` is the least that was
    dead at the time, by movement. A part without a history of its own takes what its parents used.
    """
    today = factory.settings.today
    bought = kinds(factory).select((pl.col("kind") == "buy").cast(pl.Float64)).to_series().to_numpy()
    weekly = (bought * unit_values(factory)["unit_value"].to_numpy()) @ past_use(factory).weeks
    issued = factory.history.filter(pl.col("qty") > 0).select("item", "date")
    rows = []
    for back in range(QUARTERS - 1, -1, -1):
        first, last = weekly.size - (back + 1) * QUARTER_WEEKS, weekly.size - back * QUARTER_WEEKS
        ago = back * QUARTER_WEEKS * WEEK_DAYS
        ends = today - timedelta(days=ago + 1)
        there = lots.filter(pl.col("age_days") > ago).with_columns(lain=pl.col("age_days") - ago - 1)
        last_issue = issued.filter(pl.col("date") <= ends).group_by("item").agg(pl.col("date").max())
        known = there.join(last_issue, on="item", how="left")
        since = (pl.lit(ends) - pl.col("date")).dt.total_days()
        idle = known.filter(pl.min_horizontal("lain", since) >= idle_days)
        rows.append(
            {
                "begins": ends - timedelta(days=QUARTER_WEEKS * WEEK_DAYS - 1),
                "ends": ends,
                "used": float(np.sum(weekly[first:last])) if first >= 0 and not issued.is_empty() else None,
                "dead": float(idle["value"].sum()),
            }
        )
    return pl.DataFrame(rows, schema=SCHEMA)
