"""The money in the stores, as the last plan sees it: all of it, and what nobody needs."""

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import NamedTuple

import polars as pl

from huoku.plan.explain.margins import values_of
from huoku.server.items.models import Item
from huoku.server.planning.advising import plan_in_hand
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
    return _stock_money(run.company_id, run.pk, run.output_digest)


@lru_cache(maxsize=4)
def _stock_money(company_id: int, run_id: int, digest: str) -> StockMoney:
    """``digest`` makes a run that was worked out again another one."""
    plan = plan_in_hand(PlanRun(pk=run_id, company_id=company_id, output_digest=digest), "zh")
    stock = plan.factory.stock.select("item", pl.col("qty").cast(pl.Float64)).join(values_of(plan), on="item")
    here = plan.leftovers.join(plan.orders, left_on="cause", right_on="order", how="anti")
    return StockMoney(
        _by_item(stock.select("item", value=pl.col("qty") * pl.col("unit_value"))),
        _by_item(here),
    )


def unit_values(run: PlanRun, items: Collection[str]) -> Mapping[str, float]:
    """What one unit of each of these items is worth to the plan: its cost, or what buying or making it costs."""
    found = _unit_values(run.company_id, run.pk, run.output_digest).filter(pl.col("item").is_in(list(items)))
    return dict(found.iter_rows())


@lru_cache(maxsize=4)
def _unit_values(company_id: int, run_id: int, digest: str) -> pl.DataFrame:
    plan = plan_in_hand(PlanRun(pk=run_id, company_id=company_id, output_digest=digest), "zh")
    return values_of(plan).select("item", "unit_value")


def step_values(run: PlanRun) -> pl.DataFrame:
    """Columns item_id and value: what one step of each item is worth to the plan, in the company's currency."""
    return _step_values(run.company_id, run.pk, run.output_digest)


@lru_cache(maxsize=4)
def _step_values(company_id: int, run_id: int, digest: str) -> pl.DataFrame:
    rows = Item.objects.of(company_id).values_list("pk", "code", "decimals")
    schema = {"item_id": pl.Int64, "item": pl.String, "decimals": pl.Int64}
    items = pl.DataFrame(list(rows), schema=schema, orient="row")
    value = pl.col("unit_value") / pl.lit(10.0).pow(pl.col("decimals"))
    return items.join(_unit_values(company_id, run_id, digest), on="item").select("item_id", value=value)


def _by_item(rows: pl.DataFrame) -> pl.DataFrame:
    found = rows.group_by("item").agg(pl.col("value").sum()).filter(pl.col("value") > 0)
    return found.sort("value", "item", descending=[True, False])
