"""What else could be done for one order line (要是……): the plan worked out again with one thing changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import polars as pl

from huoku.factory.assign import BETWEEN
from huoku.language import Language, Sentence
from huoku.plan import Plan
from huoku.plan.explain.explanation import Source
from huoku.plan.replan.replan import replan
from huoku.report.numbers import day, qty
from huoku.server.planning.advising import ONE_AT_A_TIME, plan_in_hand
from huoku.server.planning.models import PlanRun
from huoku.server.planning.pegged import Pegged
from huoku.server.planning.promises import Told
from huoku.server.planning.ways import Way, freed, substituted
from huoku.server.platform.roles import FieldGroup

MOST, NAMED = 3, 3
FIRST_SERVED = 1
MORE_MINUTES = 120
LATER = timedelta(days=5)
"""So much later an order in time is asked to bear what is tightest."""

SOONER = Sentence("{name} 提前到 {day} 到", "{name} comes on {day}")
WORK_SOONER = Sentence("{name} 提前到 {day} 完工", "{name} is done on {day}")
SLIPS = Sentence("{name} 晚到 {day}", "{name} comes as late as {day}")
QUICKER = Sentence("{supplier} 的 {item} 交期压到 {n} 天", "{supplier} delivers {item} in {n} {n|day|days}")
FIRST = Sentence("先保这张单", "This order is served first")
FREED = Sentence("先用留给 {other} 的 {qty} {unit} {item}", "Take {qty} {unit} of {item} kept for {other}")
OVERTIME = Sentence("{resource} 每天加班 2 小时", "2 hours more a day on {resource}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """``date``: when the line can be there then; ``cost``: by how much all costs of the plan are more; ``later`` and
    ``sooner``: other demands that come later, or sooner, for it."""

    way: Way
    date: date | None
    late_days: int
    cost: float
    later: tuple[str, ...]
    sooner: tuple[str, ...]

    @property
    def saved(self) -> float:
        return -self.cost

    @property
    def later_named(self) -> str:
        more = len(self.later) - NAMED
        return ", ".join(self.later[:NAMED]) + (f" +{more}" if more > 0 else "")

    @property
    def level(self) -> str:
        return "R" if self.date is None else "O" if self.late_days else "G"


def ways_of(run: PlanRun, told: Told, of: Pegged, lang: Language) -> list[Way]:
    """What may be tried for the line, the most direct first."""
    plan = plan_in_hand(run, lang)
    found: list[Way] = []
    if of.chain:
        found += _of_source(plan, told, of, of.chain.source, lang)
    if told.level != "G":
        found += substituted(plan, of, lang)
        found += [*_first(plan, told, lang), *_freed(plan, of, lang), *_overtime(plan, told, lang)]
    return found[:MOST]


def _of_source(plan: Plan, told: Told, of: Pegged, source: Source, lang: Language) -> Iterator[Way]:
    today = of.today
    soonest = max(today + timedelta(days=1), source.available - timedelta(days=max(told.late_days, 1)))
    if source.kind == "supply" and source.name:
        if told.level == "G":
            later = source.available + timedelta(days=source.slack_days or 0) + LATER
            words = SLIPS.say(lang, name=source.name, day=day(later, today))
            yield Way(words, {f"supplies.{source.name}.due": later.isoformat()})
        elif soonest < source.available:
            words = (WORK_SOONER if source.is_work else SOONER).say(lang, name=source.name, day=day(soonest, today))
            yield Way(words, {f"supplies.{source.name}.due": soonest.isoformat()})
    if source.kind == "buy" and source.supplier and source.start and told.level != "G":
        offers = plan.factory.sources.filter(pl.col("item") == source.item).rows(named=True)
        names = _suppliers(plan, source)
        rows = [each for each in offers if each["supplier"] in names and each["valid_from"] is None]
        for row in rows[:1]:
            days = max(0, int(row["lead_time_days"]) - max(told.late_days, 1))
            if days < int(row["lead_time_days"]):
                words = QUICKER.say(lang, supplier=source.supplier, item=source.item, n=days)
                name = BETWEEN.join((source.item, row["supplier"]))
                yield Way(words, {f"sources.{name}.lead_time_days": str(days)}, FieldGroup.SUPPLIER_TERMS)


def _suppliers(plan: Plan, source: Source) -> set[str]:
    """Who sells it in the plan's order, by the name that sources have."""
    order = plan.orders.filter(pl.col("order") == source.name)
    return set(order["supplier"]) if order.height else set()


def _overtime(plan: Plan, told: Told, lang: Language) -> Iterator[Way]:
    resources = plan.factory.resources.filter(pl.col("resource") == (told.resource or ""))
    for row in resources.rows(named=True):
        if row["minutes_per_day"] is not None:
            minutes = float(row["minutes_per_day"]) + MORE_MINUTES
            words = OVERTIME.say(lang, resource=told.resource)
            yield Way(words, {f"resources.{told.resource}.minutes_per_day": f"{minutes:g}"})


def _freed(plan: Plan, of: Pegged, lang: Language) -> Iterator[Way]:
    """What is kept for the demand that may wait longest, of the item that everything waits for."""
    if of.chain is None:
        return
    item, need = of.chain.need.item, of.chain.need
    for row, taken, values in freed(plan, item, of.demand, need.qty):
        words = FREED.say(lang, other=row["demand"], qty=qty(taken), unit=need.unit, item=item)
        yield Way(words, values)


def _first(plan: Plan, told: Told, lang: Language) -> Iterator[Way]:
    row = plan.factory.demands.filter(pl.col("demand") == told.demand)
    if row.height and row["priority"][0] is not None and row["priority"][0] > FIRST_SERVED:
        yield Way(FIRST.say(lang), {f"demands.{told.demand}.priority": str(FIRST_SERVED)})


def outcome(run: PlanRun, way: Way, demand: str, lang: Language) -> Outcome:
    """The plan with the way taken, as far as the demand goes. Raises HuokuError where it cannot be worked out so."""
    values = tuple(sorted((name, str(value)) for name, value in way.values.items()))
    return Outcome(way, **_worked_out(run.company_id, run.pk, run.output_digest, values, demand, lang))


@lru_cache(maxsize=256)
def _worked_out(
    company_id: int, run_id: int, digest: str, values: tuple[tuple[str, str], ...], demand: str, lang: Language
) -> Mapping[str, Any]:
    """Only what is told is kept, not the other plan. ``digest`` makes a run that was worked out again another one."""
    before = plan_in_hand(PlanRun.objects.of(company_id).get(pk=run_id), lang)
    with ONE_AT_A_TIME:
        after = replan(before, before.factory.with_values(dict(values)), lang=lang)
        moved = before.compare(after).promises.filter(pl.col("demand") != demand)
    mine = after.promises.filter(pl.col("demand") == demand)
    never = mine["date"].null_count() > 0 or mine.is_empty()
    return {
        "date": None if never else mine["date"].max(),
        "late_days": 0 if never else max(mine["late_days"].to_list()),
        "cost": float(after.figures["total_cost"]) - float(before.figures["total_cost"]),
        "later": tuple(moved.filter(pl.col("worse"))["demand"]),
        "sooner": tuple(moved.filter(~pl.col("worse") & (pl.col("days") < 0))["demand"]),
    }
