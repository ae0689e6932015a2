"""Who is served from what: first in, first out, against a plain loop over each item's needs and receipts."""

from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from huoku.examples import write_demo, write_shop
from huoku.factory import read
from huoku.plan import Plan, plan

Node = tuple[str, str]
Peg = tuple[str, str, str, date]
"""Item, location, source and day of use."""


def receipts(planned: Plan) -> dict[Node, deque[list[Any]]]:
    """What each item gets: [source, quantity] by day; stock before open orders before new ones."""
    factory = planned.factory
    today = factory.settings.today
    come: dict[Node, list[tuple[Any, ...]]] = defaultdict(list)
    stock = factory.stock.filter(pl.col("status") == "available").with_columns(pl.col("qty").cast(pl.Float64))
    lots = stock.group_by("item", "location", "lot").agg(pl.col("qty").sum(), pl.col("received_on").min())
    for item, place, lot, qty, since in lots.iter_rows():
        come[item, place].append((today, 0, since or today, lot or "", ("stock", lot), qty))
    for row in factory.supplies.with_columns(pl.col("qty").cast(pl.Float64)).iter_rows(named=True):
        source = "supply", row["supply"]
        come[row["item"], row["location"]].append((max(today, row["due"]), 1, today, row["supply"], source, row["qty"]))
    for row in planned.orders.iter_rows(named=True):
        source = "order", row["order"]
        come[row["item"], row["location"]].append((row["due"], 2, today, row["order"], source, row["qty"]))
    in_turn = {node: sorted(rows, key=lambda row: row[:4]) for node, rows in come.items()}
    return {node: deque([source, qty] for *_, source, qty in rows) for node, rows in in_turn.items()}


def naive_pegs(planned: Plan) -> Iterator[tuple[Peg, float]]:
    """How much of each source is used on each day, where every need takes what came first."""
    waiting = receipts(planned)
    uses = pl.concat([planned.usage, planned.earmarks]).group_by("item", "location", "date").agg(pl.col("qty").sum())
    for item, place, day, qty in uses.sort("date").iter_rows():
        line = waiting[item, place]
        while qty > 1e-9:
            source, left = line[0]
            taken = min(qty, left)
            yield (item, place, str(source), day), taken
            qty -= taken
            line[0][1] -= taken
            if line[0][1] <= 1e-9:
                line.popleft()


@pytest.mark.parametrize(
    "write", [write_demo, lambda folder: write_shop(folder, 150, spread=2.5)], ids=["demo", "shop"]
)
def test_each_need_takes_what_came_first(write: Callable[[Path], Path], tmp_path: Path) -> None:
    planned = plan(read(write(tmp_path / "factory")))
    told: dict[Peg, float] = defaultdict(float)
    for row in pl.concat([planned.usage, planned.earmarks]).iter_rows(named=True):
        source = (row["source_kind"], row["lot"] if row["source_kind"] == "stock" else row["source"])
        told[row["item"], row["location"], str(source), row["date"]] += row["qty"]
    naive: dict[Peg, float] = defaultdict(float)
    for peg, qty in naive_pegs(planned):
        naive[peg] += qty
    assert len(told) > 300
    assert {source for _, _, source, _ in told if source.startswith("('stock")}
    assert dict(naive) == pytest.approx(dict(told))
