"""What hangs on each order line, as the last plan weighs it: its sales value, and what a late day of it costs."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from huoku.server.planning.files import FACTORY, folder_of, names_of
from huoku.server.planning.models import PlanRun
from huoku.server.sales.models import SalesLine

SETTINGS = "factory.toml"


@dataclass(frozen=True, slots=True)
class Stake:
    """In the company's currency. ``value``: what was open of the line when the plan was made, at its price."""

    value: float
    per_day: float


def stakes(run: PlanRun) -> Mapping[int, Stake]:
    """By line, those whose price the plan knows."""
    return _stakes(run.company_id, run.pk, run.output_digest)


@lru_cache(maxsize=4)
def _stakes(company_id: int, run_id: int, digest: str) -> Mapping[int, Stake]:
    """A run's files do not change; ``digest`` tells apart what was worked out again under its number."""
    run = PlanRun(pk=run_id, company_id=company_id)
    folder = folder_of(run) / FACTORY
    rate = tomllib.loads((folder / SETTINGS).read_text(encoding="utf-8")).get("late_rate", 0.0)
    prices = pl.read_parquet(folder / "items.parquet", columns=["item", "price"]).rename({"price": "list_price"})
    wanted = pl.read_parquet(folder / "demands.parquet", columns=["demand", "item", "qty", "price"])
    value = pl.col("qty").cast(pl.Float64) * pl.coalesce("price", "list_price").cast(pl.Float64)
    priced = wanted.join(prices, on="item", how="left").select("demand", value=value).drop_nulls()
    names = names_of(run).demand_of
    return {
        line: Stake(worth, worth * rate)
        for demand, worth in priced.iter_rows()
        if (line := SalesLine.id_of(names.get(demand, "")))
    }
