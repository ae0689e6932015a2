"""On which days suppliers are closed: no order leaves them and none arrives."""

from typing import NamedTuple

import numpy as np
import polars as pl

from huoku.buy.terms import Ints
from huoku.compiled import kernel
from huoku.factory import Factory
from huoku.plan.model.numbers import days_between, epoch_day


class Closures(NamedTuple):
    """The open days of suppliers, as far as the calendar closes any within the horizon.

    Source ``s`` is open as in row ``row[s]`` (-1: always). Row ``r`` says, for each of ``days`` days, the last open
    day up to it (-1: none) and the first open day from it on: places ``r * days + day``.
    """

    days: int
    row: Ints
    open_until: Ints
    open_from: Ints


@kernel
def last_open_day(closures: Closures, source: int, day: int) -> int:
    """The last day up to ``day`` on which the source takes and delivers orders; below 0 where there is none."""
    row = closures.row[source]
    return closures.open_until[row * closures.days + day] if row >= 0 and 0 <= day < closures.days else day


@kernel
def first_open_day(closures: Closures, source: int, day: int) -> int:
    """The first day from ``day`` on on which the source takes and delivers orders."""
    row = closures.row[source]
    return closures.open_from[row * closures.days + day] if row >= 0 and 0 <= day < closures.days else day


def closures(factory: Factory, supplier_of_source: pl.Series) -> Closures:
    """The closures of the suppliers; ``supplier_of_source``: by source, empty where none is named."""
    days = factory.settings.horizon_days + 1
    if factory.calendar.is_empty():
        nothing = np.zeros(0, np.int64)
        return Closures(days, np.full(len(supplier_of_source), -1), nothing, nothing)
    closed = factory.calendar.filter(~pl.col("open"), pl.col("supplier").is_not_null())
    day = days_between(closed["date"], epoch_day(factory), 0)
    within = (day >= 0) & (day < days)
    named = closed["supplier"].filter(pl.Series(within))
    names = named.unique().sort()
    number = pl.DataFrame({"supplier": names, "number": np.arange(len(names), dtype=np.int64)})
    at = pl.DataFrame({"supplier": named}).join(number, on="supplier", how="left", maintain_order="left")["number"]
    of_source = pl.DataFrame({"supplier": supplier_of_source.cast(pl.String)})
    row = of_source.join(number, on="supplier", how="left", maintain_order="left")["number"].fill_null(-1)
    is_open = np.ones((len(names), days), bool)
    is_open[at.to_numpy(), day[within]] = False
    all_days = np.arange(days)
    until = np.maximum.accumulate(np.where(is_open, all_days, -1), axis=1)
    after = np.minimum.accumulate(np.where(is_open, all_days, days)[:, ::-1], axis=1)[:, ::-1]
    return Closures(days, row.to_numpy().copy(), until.ravel().copy(), after.ravel().copy())
