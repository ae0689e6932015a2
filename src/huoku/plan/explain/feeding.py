"""The tree of what feeds a demand, an order or an open make order, followed only as far as it reaches.

Rows of ``usage`` and ``earmarks`` are fetched level by level, never the whole pegging, so that one subject of a plan
with ten thousand orders is explained in a few hundredths of a second.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from huoku.plan.explain.explanation import Need, Source
from huoku.plan.explain.naming import names_of
from huoku.plan.explain.projection import arrivals

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
    substitutes: dict[tuple[str, str], list[Row]]  # by what is wanted and what stands in for it
    kept: set[tuple[str, str, str | None]]  # item, place and lot (None: any) of what is reserved for the demand
    today: date
    earliest: date

    def needs(self, consumer: Key, share: float = 1.0, level: int = 1) -> tuple[Need, ...]:
        """What a consumer needs, the tightest first. ``share``: the part of it that counts here."""
        by_item: dict[tuple[str, date], list[Row]] = defaultdict(list)
        for row in self.taken_by.get(consumer, []):
            by_item[row["for_item"], row["date"]].append(row)
        parent = self.orders[consumer[1]]["item"] if consumer[0] == "order" else None
        found = [self._need(item, day, rows, parent, share, level) for (item, day), rows in by_item.items()]
        return tuple(sorted(found, key=_tightness))

    def _need(self, item: str, day: date, rows: list[Row], parent: str | None, share: float, level: int) -> Need:
        name, unit = self.names[item]
        found = (self._standing_in(self._source(row, share, level), row, parent) for row in rows)
        sources = tuple(sorted(found, key=lambda source: source.available))
        return Need(level, item, name, unit, sum(source.covers for source in sources), day, sources)

    def _standing_in(self, source: Source, row: Row, parent: str | None) -> Source:
        """With what a substitute covers: by the row of this parent before the general one."""
        if row["item"] == row["for_item"]:
            return source
        rules = [
            rule
            for rule in self.substitutes[row["for_item"], row["item"]]
            if rule["parent"] in (None, parent)
            and (rule["valid_from"] or row["date"]) <= row["date"] <= (rule["valid_to"] or row["date"])
        ]
        rule = min(rules, key=lambda rule: (rule["parent"] is None, rule["priority"], -rule["ratio"]))
        return replace(source, stands_for=source.qty / float(rule["ratio"]))

    def _source(self, row: Row, share: float, level: int) -> Source:
        item, qty, kind = row["item"], row["qty"] * share, row["source_kind"]
        name = self.names[item][0]
        if kind == "stock":
            place = (item, row["location"])
            reserved = (*place, None) in self.kept or (*place, row["lot"]) in self.kept
            return Source(
                "stock", row["lot"], item, name, qty, None, None, self.today, None, None, is_reserved=reserved
            )
        key = (kind, row["source"])
        needs = self.needs(key, qty / self.taken_of[key], level + 1)
        waiting: int = (row["date"] - self._available(key)).days
        if kind == "supply":
            slack = waiting
        else:
            slacks = [(self.orders[key[1]]["start"] - self.earliest).days]
            slacks += [source.slack_days for need in needs for source in need.sources if source.slack_days is not None]
            slack = max(0, waiting + min(slacks))
        whole = self.supplies[key[1]] if kind == "supply" else self.orders[key[1]]
        return coming_from(kind, whole, name, qty, slack, needs)

    def _available(self, key: Key) -> date:
        kind, name = key
        day: date = self.supplies[name]["arrives"] if kind == "supply" else self.orders[name]["due"]
        return day


def coming_from(
    kind: str, row: Row, item_name: str, qty: float, slack_days: int | None = None, needs: tuple[Need, ...] = ()
) -> Source:
    """A row of the open supplies (kind ``supply``) or of the planned orders, of which ``qty`` is taken."""
    is_supply = kind == "supply"
    return Source(
        kind="supply" if is_supply else row["kind"],
        name=row["supply"] if is_supply else row["order"],
        item=row["item"],
        item_name=item_name,
        qty=qty,
        whole_qty=row["qty"],
        start=None if is_supply else row["start"],
        available=row["arrives"] if is_supply else row["due"],
        supplier=row["supplier"] if is_supply or row["kind"] != "transfer" else row["from_location"],
        slack_days=slack_days,
        needs=needs,
        is_work=is_supply and row["kind"] == "make",
    )


def _tightness(need: Need) -> tuple[bool, int, str]:
    slacks = [source.slack_days for source in need.sources if source.slack_days is not None]
    return (not slacks, min(slacks, default=0), need.item)


def tree(plan: "Plan", kind: Literal["demand", "order", "supply"], *names: str) -> Tree:
    """Everything that feeds these consumers, through all levels; what is reserved is told for one demand alone."""
    uses = pl.concat([plan.usage, plan.earmarks])
    taken_by: dict[Key, list[Row]] = defaultdict(list)
    reached: set[Key] = set()
    # What remains of a forecast is earmarked under the forecast's name.
    kinds = ("demand", "forecast") if kind == "demand" else (kind,)
    front: set[Key] = {(each, name) for each in kinds for name in names}
    asked = {(kind, name) for name in names}
    while front:
        sources: set[Key] = set()
        for row in _of(uses, "consumer", front):
            taken_by[row["consumer_kind"], row["consumer"]].append(row)
            if row["source_kind"] != "stock":
                sources.add((row["source_kind"], row["source"]))
        front = sources - reached
        reached |= front
    taken_of: dict[Key, float] = defaultdict(float)
    for row in _of(uses, "source", reached):
        taken_of[row["source_kind"], row["source"]] += row["qty"]
    orders = _named(plan.orders, "order", reached | asked)
    items = {row[column] for rows in taken_by.values() for row in rows for column in ("item", "for_item")}
    settings = plan.factory.settings
    kept = plan.factory.reservations.filter(pl.col("demand").is_in(names) & pl.lit(kind == "demand"))
    substitutes: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in plan.factory.substitutes.iter_rows(named=True):
        substitutes[row["item"], row["substitute"]].append(row)
    return Tree(
        taken_by=taken_by,
        taken_of=taken_of,
        orders={row["order"]: row for row in orders.iter_rows(named=True)},
        supplies={row["supply"]: row for row in _named(arrivals(plan), "supply", reached).iter_rows(named=True)},
        names=names_of(plan.factory, plan.lang, items),
        substitutes=substitutes,
        kept=set(kept.select("item", "location", "lot").iter_rows()),
        today=settings.today,
        earliest=settings.today + timedelta(days=settings.frozen_days),
    )


def _of(uses: pl.DataFrame, side: Literal["consumer", "source"], keys: set[Key]) -> Iterator[Row]:
    """The rows with one of these consumers, or sources. By name first: one column is compared fast."""
    names = pl.DataFrame({side: sorted({name for _, name in keys})}, schema={side: pl.String})
    for row in uses.join(names, on=side, how="semi").iter_rows(named=True):
        if (row[f"{side}_kind"], row[side]) in keys:
            yield row


def _named(table: pl.DataFrame, column: str, keys: set[Key]) -> pl.DataFrame:
    """The rows of a table whose names are among the keys of that kind."""
    names = sorted(name for kind, name in keys if kind == column)
    return table.join(pl.DataFrame({column: names}, schema={column: pl.String}), on=column, how="semi")
