"""Where the files of plan runs lie: what each was made from and what came out, beside the other files that are kept."""

import hashlib
import json
import shutil
from collections.abc import Iterable
from pathlib import Path

import polars as pl
from django.conf import settings

from huoku.factory import Factory
from huoku.factory.read import read
from huoku.factory.write import write
from huoku.language import Language
from huoku.plan import Plan
from huoku.plan.retold import retold
from huoku.plan.store import read_table
from huoku.server.planning.keeping import AT_ONCE, Difference
from huoku.server.planning.models import PlanRun
from huoku.server.planning.proposing import Proposed
from huoku.server.planning.reading.trade import Names

FACTORY, PLAN, NAMES, ORDERS, PEGS = "factory", "plan", "names.json", "orders.parquet", "pegs.parquet"
PROMISES_EN = "promises_en.parquet"
"""The plan is kept in Chinese; what lists say of every promise is kept in English too."""


def folder_of(run: PlanRun) -> Path:
    return Path(settings.MEDIA_ROOT) / "plans" / str(run.company_id) / str(run.pk)


def save_factory(run: PlanRun, factory: Factory, named: Names) -> str:
    """Keep what the run is made from; returns its digest. What an earlier try left is written over."""
    folder = folder_of(run)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    write(factory, folder / FACTORY, "parquet")
    (folder / NAMES).write_text(json.dumps(dict(named.demand_of), ensure_ascii=False), encoding="utf-8")
    return digest_of(folder / FACTORY)


def save_plan(run: PlanRun, plan: Plan, in_english: Plan, asked: Proposed) -> str:
    """Keep what came out, and what it proposes; returns the digest of both."""
    folder = folder_of(run)
    plan.save(folder / PLAN, "parquet")
    in_english.promises.write_parquet(folder / PROMISES_EN)
    asked.orders.write_parquet(folder / ORDERS)
    asked.pegs.write_parquet(folder / PEGS)
    return digest_of(folder / PLAN, folder / ORDERS, folder / PEGS)


def plan_of(run: PlanRun, lang: Language | None = None) -> Plan:
    """The plan of a run that is done, to explain it, compare it, or go on from it."""
    plan = Plan.load(folder_of(run) / PLAN)
    return plan if lang is None else retold(plan, lang)


def promises_of(run: PlanRun, lang: Language) -> pl.DataFrame:
    """The table of the plan's promises, with reasons in the language; runs of an earlier version have one alone."""
    english = folder_of(run) / PROMISES_EN
    if lang == "en" and english.exists():
        return pl.read_parquet(english)
    return read_table(folder_of(run) / PLAN, "promises", "parquet")


def has_orders(run: PlanRun) -> bool:
    """A database that was brought back without its files has runs without them."""
    return (folder_of(run) / ORDERS).exists()


def orders_of(run: PlanRun) -> pl.DataFrame:
    """What the run proposes, see ``Proposed``."""
    return pl.read_parquet(folder_of(run) / ORDERS)


def save_difference(run: PlanRun, differs: Difference) -> None:
    """Keep what the run changes of the proposals, until that is written."""
    for name, rows in differs._asdict().items():
        rows.write_parquet(folder_of(run) / f"{name}.parquet")


def part_of(run: PlanRun, table: str, part: int) -> pl.DataFrame:
    """A part of a table of the difference, at most ``AT_ONCE`` rows of it."""
    rows = pl.scan_parquet(folder_of(run) / f"{table}.parquet").slice(part * AT_ONCE, AT_ONCE)
    return rows.collect()


def drop_difference(run: PlanRun) -> None:
    for name in Difference._fields:
        (folder_of(run) / f"{name}.parquet").unlink(missing_ok=True)


def pegs_of(run: PlanRun, orders: Iterable[str]) -> pl.DataFrame:
    """For whom these orders of the run are, see ``Proposed``; nobody where its files are gone."""
    path = folder_of(run) / PEGS
    if not path.exists():
        return pl.DataFrame(schema={"order": pl.String, "demand": pl.String, "qty_steps": pl.Int64, "need_on": pl.Date})
    return pl.scan_parquet(path).filter(pl.col("order").is_in(list(orders))).collect()


def factory_of_run(run: PlanRun) -> Factory:
    return read(folder_of(run) / FACTORY)


def names_of(run: PlanRun) -> Names:
    return Names(json.loads((folder_of(run) / NAMES).read_text(encoding="utf-8")))


def digest_of(*kept: Path) -> str:
    """SHA-256 over names and bytes of files, and of all files of folders, in order."""
    found = hashlib.sha256()
    for each in kept:
        for path in sorted(each.rglob("*")) if each.is_dir() else [each]:
            if path.is_file():
                found.update(path.relative_to(each.parent).as_posix().encode() + b"\0")
                found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()
