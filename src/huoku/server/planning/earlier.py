"""The live plan against the one of the day before: what it sees late, proposes to spend, leaves over, and says anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

import polars as pl

from huoku.plan.store import read_table
from huoku.server.planning.files import PLAN, folder_of, has_orders, orders_of
from huoku.server.planning.models import PlanRun
from huoku.server.planning.proposing import KEY
from huoku.server.platform.actor import Actor
from huoku.server.platform.once_a_page import remembered

MOST = 60
"""So many plans back; of each day the last one counts."""
DAYS = 12


@dataclass(frozen=True, slots=True)
class Past:
    """What is kept of a plan in the database: its day, when it was done, and its figures."""

    pk: int
    today: date
    asked_at: datetime
    ended_at: datetime
    figures: Mapping[str, float]
    output_digest: str
    company_id: int

    @property
    def run(self) -> PlanRun:
        return PlanRun(pk=self.pk, company_id=self.company_id, output_digest=self.output_digest, today=self.today)


def past(actor: Actor) -> Sequence[Past]:
    """Of each day on which there was a live plan the last one, the newest first."""
    return remembered(("past plans", actor.company.pk), lambda: _past(actor))


def _past(actor: Actor) -> Sequence[Past]:
    runs = PlanRun.objects.of(actor.company).filter(kind=PlanRun.Kind.LIVE, state=PlanRun.State.DONE)
    names = ("pk", "today", "asked_at", "ended_at", "figures", "output_digest", "company_id")
    found: dict[date, Past] = {}
    for row in runs.order_by("-pk").values(*names)[:MOST]:
        if row["ended_at"] is not None:
            found.setdefault(row["today"], Past(**row))
    return list(found.values())[:DAYS]


@dataclass(frozen=True, slots=True)
class Changed:
    """Proposals that the newer plan has and the older had not, and the other way round."""

    new: int
    gone: int


def spend(run: PlanRun) -> float | None:
    """All that the run proposes to buy, with fees; None where its files are gone."""
    return _spend(run.company_id, run.pk, run.output_digest) if has_orders(run) else None


@lru_cache(maxsize=16)
def _spend(company_id: int, run_id: int, digest: str) -> float:
    orders = read_table(folder_of(PlanRun(pk=run_id, company_id=company_id)) / PLAN, "orders", "parquet")
    bought = orders.filter(pl.col("kind") == "buy")
    price, fees = (pl.col(name).cast(pl.Float64).fill_null(0.0) for name in ("unit_price", "fees"))
    return float(bought.select((pl.col("qty").cast(pl.Float64) * price + fees).sum()).item())


def changed(newer: PlanRun, older: PlanRun) -> Changed | None:
    """None where the files of one of them are gone."""
    if not (has_orders(newer) and has_orders(older)):
        return None
    return _changed(newer.company_id, (newer.pk, newer.output_digest), (older.pk, older.output_digest))


@lru_cache(maxsize=8)
def _changed(company_id: int, newer: tuple[int, str], older: tuple[int, str]) -> Changed:
    now, then = (orders_of(PlanRun(pk=pk, company_id=company_id)).select(KEY) for pk, _ in (newer, older))
    return Changed(
        now.join(then, on=KEY, how="anti", nulls_equal=True).height,
        then.join(now, on=KEY, how="anti", nulls_equal=True).height,
    )
