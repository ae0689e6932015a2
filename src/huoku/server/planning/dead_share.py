"""How much of the stock is dead, as the case for the boss has it: reviewed after each live plan, kept beside it."""

import json
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import polars as pl

from huoku.factory import Settings
from huoku.metrics.dead_share import DeadShare, dead_share
from huoku.metrics.lines import Lines
from huoku.sense.review import DeadStock, lines_of
from huoku.server.planning.files import folder_of
from huoku.server.planning.models import PlanRun

SUMMARY, ITEMS = "dead.json", "dead.parquet"


class Dead(NamedTuple):
    """``items``: item and dead value, the dearest first; ``lines``: from which shares on it is told, and an alarm."""

    of: DeadShare
    lines: Lines
    items: pl.DataFrame


def keep_dead(run: PlanRun, settings: Settings, review: DeadStock) -> None:
    """Keep what is dead of the stock of the run, as it was reviewed."""
    lots, lines, folder = review.lots, lines_of(settings), folder_of(run)
    of_items = lots.group_by("item").agg(value=pl.col("dead_value").sum()).filter(pl.col("value") > 0)
    of_items.sort("value", "item", descending=[True, False]).write_parquet(folder / ITEMS)
    told = dead_share(lots.rename({"dead": "dead_by_forecast"}), "dead_by_forecast", lines)
    (folder / SUMMARY).write_text(json.dumps([told._asdict(), lines._asdict()]), encoding="utf-8")


def dead_of(run: PlanRun) -> Dead | None:
    """None where the stock of the run was not reviewed, or not yet."""
    folder = folder_of(run)
    return _dead(folder, run.output_digest) if (folder / SUMMARY).exists() else None


@lru_cache(maxsize=4)
def _dead(folder: Path, digest: str) -> Dead:
    """``digest`` makes a run that was worked out again another one."""
    share, lines = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
    return Dead(DeadShare(**share), Lines(**lines), pl.read_parquet(folder / ITEMS))
