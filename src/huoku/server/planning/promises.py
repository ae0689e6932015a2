"""What the last live plan says of every order line: will it be there in time, and what feeds it (订单齐套)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl

from huoku.plan import Plan
from huoku.plan.explain.explanation import Need, Source
from huoku.server.look.speaking import language
from huoku.server.planning.files import names_of, promises_of
from huoku.server.planning.models import PlanRun
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.sales.models import SalesLine

Certainty = Literal["stock", "supply", "planned"]
"""On hand, on order, or only proposed by the plan."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A line that is planned. ``date``: the first day on which all of it can be there; None where there is none.
    ``late_days`` counts from the day wanted; 0 in time."""

    demand: str
    line: SalesLine
    date: date | None
    late_days: int
    reason: str

    @property
    def qty(self) -> float:
        return float(self.line.open_steps / 10**self.line.item.decimals)

    @property
    def level(self) -> Literal["R", "O", "G"]:
        """Never: octagon; late: diamond; in time: circle."""
        return "R" if self.date is None else "O" if self.late_days else "G"


def promises(actor: Actor, run: PlanRun) -> Sequence[Promise]:
    """The lines that the actor may see, those in trouble first, then by the day wanted."""
    parts = (
        promises_of(run, language())
        .group_by("demand")
        .agg(
            pl.col("date").max(),
            pl.col("date").null_count().alias("never"),
            pl.col("late_days").max(),
            pl.col("reason").sort_by("late_days", descending=True).first(),
        )
    )
    demand_of = names_of(run).demand_of
    lines = _lines(actor, demand_of)
    found = [
        Promise(demand, lines[demand], None if never else on, late or 0, reason or "")
        for demand, on, never, late, reason in parts.iter_rows()
        if demand in lines
    ]
    return sorted(found, key=lambda each: ("ROG".index(each.level), each.line.due_on, each.demand))


def _lines(actor: Actor, demand_of: Mapping[str, str]) -> Mapping[str, SalesLine]:
    ids = {int(name.partition(":")[2]): demand for demand, name in demand_of.items() if name.startswith("sales.line:")}
    rows = rows_for(actor, SalesLine).select_related("order__customer", "order__site", "item")
    return {ids[row.pk]: row for row in rows.filter(pk__in=ids) if row.open_steps}


@dataclass(frozen=True, slots=True)
class Part:
    """One need in the tree of a demand, and how much of it is how certain. Quantities in the item's unit.

    ``slack_days``: by so many days the last of it may come later; None where all of it is on hand.
    """

    need: Need
    covered: Mapping[Certainty, float]
    slack_days: int | None
    is_tight: bool
    orders: tuple[str, ...]

    @property
    def is_leaf(self) -> bool:
        return not any(source.needs for source in self.need.sources)

    @property
    def secured(self) -> float:
        """The share of the need that is on hand or on order."""
        return (self.covered["stock"] + self.covered["supply"]) / self.need.qty if self.need.qty else 1.0


def parts(plan: Plan, demand: str) -> Sequence[Part]:
    """The whole tree of what feeds a demand, each need before what feeds it."""
    return [_part(need) for need in _walked(plan.explain(demand).needs)]


def _walked(needs: Sequence[Need]) -> Iterator[Need]:
    for need in needs:
        yield need
        for source in need.sources:
            yield from _walked(source.needs)


def _part(need: Need) -> Part:
    covered: dict[Certainty, float] = {"stock": 0.0, "supply": 0.0, "planned": 0.0}
    for source in need.sources:
        covered[certainty_of(source)] += source.covers
    slacks = [source.slack_days for source in need.sources if source.slack_days is not None]
    return Part(
        need,
        covered,
        min(slacks, default=None),
        any(source.is_tight for source in need.sources),
        tuple(source.name for source in need.sources if source.name and source.kind != "stock"),
    )


def certainty_of(source: Source) -> Certainty:
    """How sure it is that this source brings what it is to bring."""
    return "stock" if source.kind == "stock" else "supply" if source.kind == "supply" else "planned"
