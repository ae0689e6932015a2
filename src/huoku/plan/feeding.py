"""The tree of what feeds a demand, an order or an open make order, followed only as far as it reaches.

Rows of ``usage`` and ``earmarks`` are fetched level by level, never the whole pegging, so that one subject of a plan
with ten thousand orders is explained in a few hundredths of a second.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from huoku.plan.explanation import Need, Source
from huoku.plan.naming import names_of
from huoku.plan.projection import arrivals

if TYPE_CHECKING:
    from huoku.plan.plan import Plan

Row = dict[str, Any]
Key = tuple[str, str]
"""Kind and name of who takes something, or of what is taken."""


@dataclass(frozen=True, slots=True)
class Tree:
    """All that reaches one subject, looked up once."""

    taken_by: dict[Key, list[Row]]
    taken_of: dict[Key, float]  # by source: what everybody takes of it
    orders: dict[str, Row]
    supplies: dict[str, Row]
    names: dict[str, tuple[str, str]]
    today: date
    earliest: date

    def needs(self, consumer: Key, share: float = 1.0, level: int = 1) -> tuple[Need, ...]:
        """What a consumer needs, the tightest first. ``share``: the part of it that counts here."""
        by_item: dict[tuple[str, date], list[Row]] = defaultdict(list)
        for row in self.taken_by.get(consumer, []):
            by_item[row["for_item"], row["date"]].append(row)
        found = [self._need(item, day, rows, share, level) for (item, day), rows in by_item.items()]
        return tuple(sorted(found, key=_tightness))

    def _need(self, item: str, day: date, rows: list[Row], share: float, level: int) -> Need:
        name, unit = self.names[item]
        sources = tuple(sorted((self._source(row, share, level) for row in rows), key=lambda source: source.available))
        return Need(level, item, name, unit, sum(row["qty"] for row in rows) * share, day, sources)

    def _source(self, row: Row, share: float, level: int) -> Source:
        item, qty, kind = row["item"], row["qty"] * share, row["source_kind"]
        name = self.names[item][0]
        if kind == "stock":
            return Source("stock", row["lot"], item, name, qty, None, None, self.today, None, None)
        key = (kind, row["source"])
        needs = self.needs(key, qty / self.taken_of[key], level + 1)
        waiting: int = (row["date"] - self._available(key)).days
        if kind == "supply":
            supply = self.supplies[row["source"]]
            return Source(
                "supply", row["source"], item, name, qty, supply["qty"], None, self._available(key), supply["supplier"], waiting, needs
            )
        order = self.orders[row["source"]]
        slacks = [(order["start"] - self.earliest).days]
        slacks += [source.slack_days for need in needs for source in need.sources if source.slack_days is not None]
        slack = max(0, waiting + min(slacks))
        return Source(
            order["kind"], row["source"], item, name, qty, order["qty"], order["start"], order["due"], order["supplier"], slack, needs
        )

    def _available(self, key: Key) -> date:
        kind, name = key
        day: date = self.supplies[name]["arrives"] if kind == "supply" else self.orders[name]["due"]
        return day


def _tightness(need: Need) -> tuple[bool, int, str]:
    slacks = [source.slack_days for source in need.sources if source.slack_days is not None]
    return (not slacks, min(slacks, default=0), need.item)


def tree(plan: "Plan", kind: Literal["demand", "forecast", "order", "supply"], name: str) -> Tree:
    """Everything that feeds this consumer, through all levels."""
    uses = pl.concat([plan.usage, plan.earmarks])
    taken_by: dict[Key, list[Row]] = defaultdict(list)
    items: set[str] = set()
    reached: set[Key] = set()
    front = {(kind, name)} if kind != "demand" else {("demand", name), ("forecast", name)}
    while front:
        sources: set[Key] = set()
        for row in uses.join(_frame(front), on=["consumer_kind", "consumer"], how="semi").iter_rows(named=True):
            taken_by[row["consumer_kind"], row["consumer"]].append(row)
            items |= {row["item"], row["for_item"]}
            if row["source_kind"] != "stock":
                sources.add((row["source_kind"], row["source"]))
        front = {(str(source_kind), source) for source_kind, source in sources - reached}
        reached |= front
    taken = uses.join(_frame(reached, "source"), on=["source_kind", "source"], how="semi")
    of_each = taken.group_by("source_kind", "source").agg(pl.col("qty").sum())
    orders = plan.orders.join(pl.DataFrame({"order": _names(reached, "order")}, schema={"order": pl.String}), on="order", how="semi")
    supplies = arrivals(plan).filter(pl.col("supply").is_in(_names(reached, "supply")))
    settings = plan.factory.settings
    return Tree(
        taken_by=taken_by,
        taken_of={(source_kind, source): qty for source_kind, source, qty in of_each.iter_rows()},
        orders={row["order"]: row for row in orders.iter_rows(named=True)},
        supplies={row["supply"]: row for row in supplies.iter_rows(named=True)},
        names=names_of(plan.factory, plan.lang, items),
        today=settings.today,
        earliest=settings.today + timedelta(days=settings.frozen_days),
    )


def _names(keys: set[Key], kind: str) -> list[str]:
    return sorted(name for key_kind, name in keys if key_kind == kind)


def _frame(keys: set[Key], what: Literal["consumer", "source"] = "consumer") -> pl.DataFrame:
    rows = sorted(keys)
    kinds, names = [kind for kind, _ in rows], [name for _, name in rows]
    return pl.DataFrame({f"{what}_kind": kinds, what: names}, schema={f"{what}_kind": pl.String, what: pl.String})
