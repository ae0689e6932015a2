"""The money in the stores, as the last plan sees it: all of it, and what nobody needs."""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import polars as pl

from huoku.factory import unit_values
from huoku.factory.read import read
from huoku.plan.store import read_table
from huoku.server.planning.files import FACTORY, PLAN, folder_of
from huoku.server.planning.models import PlanRun


class StockMoney(NamedTuple):
    """Frames of item and value (in the company's currency), the dearest first.

    ``excess``: what is left of stock and of what is ordered already when every need of the plan is met; what the plan
    itself proposes to buy is not among it.
    """

    all: pl.DataFrame
    excess: pl.DataFrame


def stock_money(run: PlanRun) -> StockMoney:
    """Of the stock as it was when the plan was made."""
    return _stock_money(folder_of(run), run.output_digest)


@lru_cache(maxsize=4)
def _stock_money(folder: Path, digest: str) -> StockMoney:
    """``digest`` makes a run that was worked out again another one."""
    factory = read(folder / FACTORY)
    stock = factory.stock.select("item", pl.col("qty").cast(pl.Float64)).join(unit_values(factory), on="item")
    kept = read_table(folder / PLAN, "leftovers", "parquet")
    proposed = read_table(folder / PLAN, "orders", "parquet")
    here = kept.join(proposed, left_on="cause", right_on="order", how="anti")
    return StockMoney(
        _by_item(stock.select("item", value=pl.col("qty") * pl.col("unit_value"))),
        _by_item(here),
    )


def _by_item(rows: pl.DataFrame) -> pl.DataFrame:
    found = rows.group_by("item").agg(pl.col("value").sum()).filter(pl.col("value") > 0)
    return found.sort("value", "item", descending=[True, False])
