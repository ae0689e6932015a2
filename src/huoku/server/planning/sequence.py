"""What the last live plan lays on each resource, day by day: planned orders and work orders in one sequence (排产)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby

import polars as pl

from huoku.language import Language
from huoku.plan.explain.naming import names_of
from huoku.plan.tell.load import daily_load
from huoku.server.planning.advising import plan_in_hand
from huoku.server.planning.files import folder_of
from huoku.server.planning.models import PlanRun
from huoku.server.platform.actor import Actor
from huoku.server.platform.once_a_page import remembered


@dataclass(frozen=True, slots=True)
class Work:
    """One operation of an order on one day. ``is_planned``: the plan proposes the order; else it is a work order."""

    order: str
    seq: int
    item: str
    minutes: float
    is_planned: bool
    ends_on: date
    """The last day on which the operation is worked at."""

    @property
    def number(self) -> str:
        """What a work order's operation is called."""
        return f"{self.order}/{self.seq}"


@dataclass(frozen=True, slots=True)
class Day:
    """``capacity``: minutes; None where nothing limits the resource, 0 on a closed day."""

    day: date
    minutes: float
    capacity: float | None
    works: tuple[Work, ...]

    @property
    def share(self) -> float | None:
        return self.minutes / self.capacity if self.capacity else None


@dataclass(frozen=True, slots=True)
class OfResource:
    resource: str
    days: tuple[Day, ...]


def last_run(actor: Actor) -> PlanRun | None:
    """The last live plan that is done, and whose files are here."""
    return remembered(("last run", actor.company.pk), lambda: _last_run(actor))


def _last_run(actor: Actor) -> PlanRun | None:
    runs = PlanRun.objects.of(actor.company).filter(kind=PlanRun.Kind.LIVE, state=PlanRun.State.DONE)
    run = runs.order_by("-pk").first()
    return run if run and folder_of(run).is_dir() else None


def sequences(run: PlanRun, days: int) -> Sequence[OfResource]:
    """By resource, those of the run's first ``days`` that have work, each with what is laid on it, the earliest due
    first."""
    work, load = _read(run.company_id, run.pk, run.output_digest)
    until = run.today + timedelta(days=days)
    work, load = work.filter(pl.col("date") < until), load.filter(pl.col("date") < until, pl.col("minutes") > 0)
    loads = {(name, day): (minutes, capacity) for name, day, minutes, capacity in load.iter_rows()}
    rows = work.sort("resource", "date", "due", "order", "seq").iter_rows(named=True)
    found = []
    for name, of_resource in groupby(rows, key=lambda row: row["resource"]):
        found.append(
            OfResource(
                name,
                tuple(
                    Day(day, *loads[name, day], tuple(_work(row) for row in of_day))
                    for day, of_day in groupby(of_resource, key=lambda row: row["date"])
                ),
            )
        )
    return found


def load_of(run: PlanRun, resource: str) -> Sequence[Day]:
    """The days of the run on which anything is laid on one resource, each with what it is."""
    work, load = _read(run.company_id, run.pk, run.output_digest)
    mine = work.filter(pl.col("resource") == resource).sort("date", "due", "order", "seq").iter_rows(named=True)
    works = {day: tuple(_work(row) for row in of_day) for day, of_day in groupby(mine, key=lambda row: row["date"])}
    own = load.filter(pl.col("resource") == resource, pl.col("minutes") > 0).sort("date")
    return [Day(day, minutes, capacity, works.get(day, ())) for _, day, minutes, capacity in own.iter_rows()]


def names_in_plan(run: PlanRun, items: Iterable[str], lang: Language) -> dict[str, str]:
    """What items are called, as the plan knows them; nothing where the name only says the code again."""
    found = names_of(plan_in_hand(run, "zh").factory, lang, items)
    return {item: name for item, (name, _) in found.items() if name != item}


def planned_days(run: PlanRun) -> dict[tuple[str, int], date]:
    """By work order and operation, the first day on which the plan lays it."""
    work, _ = _read(run.company_id, run.pk, run.output_digest)
    first = work.filter(~pl.col("is_planned")).group_by("order", "seq").agg(pl.col("date").min())
    return {(order, seq): day for order, seq, day in first.iter_rows()}


def _work(row: dict[str, object]) -> Work:
    return Work(**{name: row[name] for name in ("order", "seq", "item", "minutes", "is_planned", "ends_on")})  # type: ignore[arg-type]


@lru_cache(maxsize=4)
def _read(company_id: int, run_id: int, digest: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The work of a run, with item and due day of each order, and the load of each resource and day. A run's files do
    not change; ``digest`` tells apart what was worked out again under its number."""
    plan = plan_in_hand(PlanRun(pk=run_id, company_id=company_id, output_digest=digest), "zh")
    planned, opened, factory = plan.schedule, plan.open_work.rename({"supply": "order"}), plan.factory
    about = ("order", "item", "due")
    orders = plan.orders.select(*about)
    supplies = factory.supplies.rename({"supply": "order"}).select(*about)
    every = pl.concat([planned, opened])
    load = daily_load(factory, every) if every.height else pl.DataFrame(schema=LOAD)
    work = pl.concat(
        [
            planned.join(orders, on="order", how="left").with_columns(is_planned=True),
            opened.join(supplies, on="order", how="left").with_columns(is_planned=False),
        ]
    )
    return work.with_columns(ends_on=pl.col("date").max().over("order", "seq")), load


LOAD = {"resource": pl.String, "date": pl.Date, "minutes": pl.Float64, "capacity": pl.Float64}
