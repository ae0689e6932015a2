"""Ways to have what an order waits for out of what is there: kept for somebody else, or allowed to stand in for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from huoku.factory.assign import BETWEEN, ROW_NAMES
from huoku.language import Language, Sentence
from huoku.plan import Plan
from huoku.report.numbers import day, qty
from huoku.server.planning.pegged import Pegged
from huoku.server.planning.trying import Values
from huoku.server.platform.roles import FieldGroup

EARLIER = Sentence(
    "{item} 现在就用替代料 {substitute}（准用从 {day} 起）",
    "Use the substitute {substitute} for {item} now (allowed from {day})",
)
STILL = Sentence(
    "{item} 再用替代料 {substitute}（{day} 已停用）",
    "Use the substitute {substitute} for {item} again (allowed until {day})",
)
THEIRS = Sentence(
    "{item} 用替代料：留给 {other} 的 {qty} {unit} {substitute}",
    "Use the substitute for {item}: {qty} {unit} of {substitute} kept for {other}",
)
MIXED = Sentence(
    "{item} 和替代料 {substitute} 混着用", "Use {item} and its substitute {substitute} together in one need"
)
BY_PIECE = {"settings.substitute_mixing": "piece"}
AVAILABLE = "available"


@dataclass(frozen=True, slots=True)
class Way:
    """``values``: as ``Factory.with_values`` takes them. ``sees``: who may not see that must not be told of it."""

    words: str
    values: Values
    sees: FieldGroup | None = None


def freed(plan: Plan, item: str, demand: str, wanted: float) -> Iterator[tuple[Mapping[str, Any], float, Values]]:
    """Of what is kept of an item for other demands: the row of the one that may wait longest and keeps a part of it,
    how much is taken, and the value that takes it."""
    demands = plan.factory.demands.select("demand", "priority", "due")
    kept = plan.factory.reservations.filter((pl.col("item") == item) & (pl.col("demand") != demand))
    for row in kept.join(demands, on="demand").sort("priority", "due", "demand", descending=True).rows(named=True):
        taken = min(float(row["qty"]), wanted)
        left = float(row["qty"]) - taken
        if left > 0:
            name = f"reservations.{_key('reservations', row)}.qty"
            yield row, taken, {name: f"{left:.6f}".rstrip("0").rstrip(".")}
            return


def substituted(plan: Plan, of: Pegged, lang: Language) -> Iterator[Way]:
    """The first substitute of what everything waits for that lies here and that the plan does not use: it is allowed on
    other days, is kept for somebody else, or would have to be mixed with the item. What nothing stands against, the
    plan has used already."""
    if of.chain is None:
        return
    item, need = of.chain.need.item, of.chain.need
    rows = plan.factory.substitutes.filter(pl.col("item") == item).sort("priority", "substitute", maintain_order=True)
    for row in rows.rows(named=True):
        if row["parent"] not in (None, *_parents(plan, item)) or not _here(plan, row["substitute"]):
            continue
        about = {"item": item, "substitute": row["substitute"]}
        if limited := _on_another_day(row, of.today, about, lang):
            yield limited
            return
        for kept, taken, values in freed(plan, row["substitute"], of.demand, need.qty * float(row["ratio"])):
            unit = plan.factory.items.filter(pl.col("item") == row["substitute"])["unit"][0]
            yield Way(THEIRS.say(lang, other=kept["demand"], qty=qty(taken), unit=unit, **about), values)
            return
        if plan.factory.settings.substitute_mixing != "piece":
            yield Way(MIXED.say(lang, **about), BY_PIECE)
            return


def _parents(plan: Plan, item: str) -> list[str]:
    return plan.factory.bom.filter(pl.col("component") == item)["parent"].to_list()


def _here(plan: Plan, item: str) -> bool:
    stock = plan.factory.stock.filter((pl.col("item") == item) & (pl.col("qty") > 0))
    return stock.height > 0 and AVAILABLE in stock["status"].fill_null(AVAILABLE)


def _on_another_day(row: Mapping[str, Any], today: date, about: Mapping[str, str], lang: Language) -> Way | None:
    """Allowed later only, or not any more."""
    key = f"substitutes.{_key('substitutes', row)}"
    if row["valid_from"] and row["valid_from"] > today:
        return Way(EARLIER.say(lang, day=day(row["valid_from"], today), **about), {f"{key}.valid_from": ""})
    if row["valid_to"] and row["valid_to"] < today:
        return Way(STILL.say(lang, day=day(row["valid_to"], today), **about), {f"{key}.valid_to": ""})
    return None


def _key(table: str, row: Mapping[str, Any]) -> str:
    """The name of a row, as ``Factory.with_values`` knows it."""
    return BETWEEN.join(str(row[name] or "") for name in ROW_NAMES[table]).rstrip(BETWEEN)
