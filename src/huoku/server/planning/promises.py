"""What the last live plan says of every order line: will it be there in time, and what feeds it (订单齐套)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

import polars as pl
from django.db.models import F, QuerySet

from huoku.language import Language
from huoku.server.planning.files import names_of, promises_of
from huoku.server.planning.models import PlanRun
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.platform.once_a_page import remembered
from huoku.server.sales.models import SalesLine
from huoku.server.sales.states import PLANNED

AT_ONCE = 5_000
"""So many lines are asked for by their ids."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the plan says of a line. ``date``: the first day on which all of it can be there; None where there is none.
    ``late_days`` counts from the day wanted; 0 in time."""

    demand: str
    date: date | None
    late_days: int
    reason: str
    resource: str | None = None
    """The full resource behind a late day."""

    @property
    def level(self) -> Literal["R", "O", "G"]:
        """Never: octagon; late: diamond; in time: circle."""
        return "R" if self.date is None else "O" if self.late_days else "G"


@dataclass(frozen=True, slots=True)
class Open:
    """An open line that is planned, by its id."""

    line_id: int
    due_on: date
    told: Told
    order_id: int = 0


@dataclass(frozen=True, slots=True)
class Promise:
    """The same with the line itself."""

    told: Told
    line: SalesLine

    @property
    def qty(self) -> float:
        return float(self.line.open_steps / 10**self.line.item.decimals)


def open_lines(actor: Actor, run: PlanRun, lang: Language = "zh") -> Sequence[Open]:
    """The lines that the actor may see, those in trouble first, then by the day wanted; reasons in ``lang``."""
    asked = ("open lines", actor.key_scope, actor.sites, run.company_id, run.pk, lang)
    return remembered(asked, lambda: _open_lines(actor, run, lang))


def _open_lines(actor: Actor, run: PlanRun, lang: Language) -> Sequence[Open]:
    told = _told(run.company_id, run.pk, run.output_digest, lang)
    still_open = _still_open(actor)
    found = [
        Open(pk, due_on, told[pk], order)
        for some in _parts(list(told))
        for pk, due_on, order in still_open.filter(pk__in=some).values_list("pk", "due_on", "order_id")
    ]
    return sorted(found, key=lambda each: ("ROG".index(each.told.level), each.due_on, each.told.demand))


def _still_open(actor: Actor) -> "QuerySet[SalesLine]":
    """Of orders that the next plan provides for: since the last one some were shipped or cancelled."""
    return rows_for(actor, SalesLine).filter(qty_steps__gt=F("shipped_steps"), order__state__in=PLANNED)


def promises(actor: Actor, of: Sequence[Open]) -> Sequence[Promise]:
    """These lines, in this order."""
    lines = rows_for(actor, SalesLine).select_related("order__customer", "order__site", "item")
    found = lines.in_bulk([each.line_id for each in of])
    return [Promise(each.told, found[each.line_id]) for each in of if each.line_id in found]


def promises_of_order(actor: Actor, run: PlanRun, order_id: int, lang: Language = "zh") -> Sequence[Promise]:
    """The lines of one order that are in trouble."""
    found = open_lines(actor, run, lang)
    return promises(actor, [each for each in found if each.order_id == order_id and each.told.level != "G"])


def told_of(run: PlanRun, lang: Language = "zh") -> Mapping[int, Told]:
    """What the plan says of every line that it knows, by the line's id."""
    return _told(run.company_id, run.pk, run.output_digest, lang)


def promise(actor: Actor, run: PlanRun, line_id: int, lang: Language = "zh") -> Promise | None:
    """One line; None where the plan or the actor knows of none that is open."""
    told = _told(run.company_id, run.pk, run.output_digest, lang).get(line_id)
    rows = _still_open(actor).select_related("order__customer", "order__site", "item")
    line = rows.filter(pk=line_id).first() if told else None
    return Promise(told, line) if told and line else None


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


@lru_cache(maxsize=4)
def _told(company_id: int, run_id: int, digest: str, lang: Language) -> Mapping[int, Told]:
    """By line. A run's files do not change; ``digest`` tells apart what was worked out again under its number."""
    run = PlanRun(pk=run_id, company_id=company_id)
    parts = (
        promises_of(run, lang)
        .group_by("demand")
        .agg(
            pl.col("date").max(),
            pl.col("date").null_count().alias("never"),
            pl.col("late_days").max(),
            pl.col("reason", "resource").sort_by("late_days", descending=True).first(),
        )
    )
    ids = {demand: line for demand, name in names_of(run).demand_of.items() if (line := SalesLine.id_of(name))}
    return {
        ids[demand]: Told(demand, None if never else on, late or 0, reason or "", resource)
        for demand, on, never, late, reason, resource in parts.iter_rows()
        if demand in ids
    }
