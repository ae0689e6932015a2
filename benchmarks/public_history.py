"""The public histories of use: 3,451 parts of a manufacturer in weeks, 5,000 spare parts in months."""

import os
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

SHARED = Path(os.environ.get("HUOKU_SHARED") or Path(__file__).resolve().parents[2] / "shared")


class History(NamedTuple):
    """Use (series, periods) with unit values, lead times in periods, and how many periods may be learnt from."""

    name: str
    use: NDArray[np.float64]
    unit_value: NDArray[np.float64]
    lead_time: NDArray[np.int64]
    learning: int
    usual_ahead: int  # the time that constants are chosen for: most series' lead time and a period


def man_moq() -> History:
    """105 weeks; lead times of 7 and 16 weeks."""
    folder = SHARED / "data" / "man_moq"
    items = pl.read_csv(folder / "items.csv", infer_schema_length=None)
    use = pl.read_csv(folder / "demand_weekly.csv.gz", infer_schema_length=None)
    assert items["sku"].equals(use["sku"])
    lead_time = items["lead_time_weeks"].to_numpy()
    return History("MAN", _table(use), items["unit_cost_eur"].cast(pl.Float64).to_numpy(), lead_time, 60, 17)


def raf() -> History:
    """84 months; lead times of 0 to 33 months."""
    folder = SHARED / "data" / "raf"
    items = pl.read_csv(folder / "items.csv", infer_schema_length=None)
    use = pl.read_csv(folder / "demand_monthly.csv.gz", infer_schema_length=None)
    assert items["item"].equals(use["item"])
    lead_time = items["lead_time_months"].to_numpy()
    return History("RAF", _table(use), items["price_gbp"].cast(pl.Float64).to_numpy(), lead_time, 59, 9)


def _table(use: pl.DataFrame) -> NDArray[np.float64]:
    return use[:, 1:].cast(pl.Float64).to_numpy()
