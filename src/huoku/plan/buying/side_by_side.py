"""An item and all that may stand in for it, side by side: what each can do, how much of it there is, and its terms."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from huoku.buy.terms import legal_up, outlay, price_at
from huoku.language import Language
from huoku.plan.buying.wanted import Wanted
from huoku.plan.explain.naming import names_of
from huoku.plan.model.build import Case

if TYPE_CHECKING:
    from huoku.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class Terms:
    """The offer by which a quantity costs the least money at once, fee included. Quantities in the item's unit."""

    supplier: str
    moq: float
    multiple: float
    lead_time_days: int
    unit_price: float
    qty: float
    cash: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that may serve the need. The wanted item itself stands first, with a ratio of 1.

    ``ratio``: so many units of it stand for one unit of the wanted item; ``needed`` of it serve the need. ``parents``:
    in which alone it may stand in; empty: everywhere. ``on_hand``: usable stock; ``left``: what nobody needs by the
    plan. ``terms``: of buying what is needed beyond ``left``; None where that is nothing, or nobody sells it.
    ``performance``: the item's attributes.
    """

    item: str
    name: str
    unit: str
    ratio: float
    parents: tuple[str, ...]
    needed: float
    on_hand: float
    left: float
    terms: Terms | None
    performance: Mapping[str, object]


class _Rule(NamedTuple):
    item: str
    ratio: float
    parents: tuple[str, ...]


def side_by_side(plan: "Plan", case: Case, wanted: Wanted, lang: Language) -> tuple[Candidate, ...]:
    """The wanted item and its substitutes of that day, by priority; nothing where it has none."""
    rules = _rules(plan, wanted)
    if not rules:
        return ()
    return tuple(_candidate(plan, case, wanted, rule, lang) for rule in [_Rule(wanted.item, 1.0, ()), *rules])


def _rules(plan: "Plan", wanted: Wanted) -> list[_Rule]:
    """The rows of the table ``substitutes`` that hold; a row for every parent counts before those for some."""
    day: date = plan.factory.settings.today + timedelta(days=wanted.day)
    rows = plan.factory.substitutes.filter(
        (pl.col("item") == wanted.item)
        & (pl.col("substitute") != wanted.item)
        & pl.col("valid_from").fill_null(day).le(day)
        & pl.col("valid_to").fill_null(day).ge(day)
    ).with_columns(rank=pl.col("priority").min().over("substitute"))
    rows = rows.sort("rank", "substitute", pl.col("parent").is_not_null(), "priority", -pl.col("ratio"), "parent")
    found: dict[str, _Rule] = {}
    for name, ratio, parent in rows.select("substitute", "ratio", "parent").iter_rows():
        if name not in found:
            found[name] = _Rule(name, float(ratio), () if parent is None else (parent,))
        elif parent is not None and found[name].parents:
            found[name] = found[name]._replace(parents=(*found[name].parents, parent))
    return list(found.values())


def _candidate(plan: "Plan", case: Case, wanted: Wanted, rule: _Rule, lang: Language) -> Candidate:
    factory = plan.factory
    number = int(case.numbering.number(pl.Series([rule.item], dtype=pl.String))[0])
    per_unit = int(case.numbering.steps[number])
    name, unit = names_of(factory, lang, [rule.item])[rule.item]
    usable = factory.stock.filter((pl.col("item") == rule.item) & (pl.col("status") == "available"))
    left = plan.leftovers.filter((pl.col("item") == rule.item) & ~pl.col("cause").is_in(wanted.orders))
    spare = float(left["qty"].sum())
    needed = wanted.steps / wanted.per_unit * rule.ratio
    # What is left of the wanted item itself comes too late, or else the plan would have used it.
    short = needed if rule.item == wanted.item else max(0.0, needed - spare)
    attributes = factory.items.filter(pl.col("item") == rule.item)["attributes"][0]
    return Candidate(
        item=rule.item,
        name=name,
        unit=unit,
        ratio=rule.ratio,
        parents=rule.parents,
        needed=needed,
        on_hand=float(usable["qty"].cast(pl.Float64).sum()),
        left=spare,
        terms=_cheapest(case, number, math.ceil(short * per_unit - 1e-6), wanted.day, per_unit),
        performance=json.loads(attributes) if attributes else {},
    )


def _cheapest(case: Case, number: int, steps: int, day: int, per_unit: int) -> Terms | None:
    """The offer by which so many steps cost least, among those that hold on the day on which to order."""
    terms, best = case.model.terms, None
    for source in range(int(terms.first[number]), int(terms.first[number + 1])):
        start = max(case.model.earliest, day - int(terms.lead[source]))
        qty = 0 if terms.is_make[source] or steps <= 0 else int(legal_up(terms, source, steps))
        if qty == 0 or not terms.start_from[source] <= start <= terms.start_to[source]:
            continue
        cash = float(outlay(terms, source, qty))
        if best is None or cash < best.cash:
            best = Terms(
                supplier=case.sources.supplier[source] or "",
                moq=int(case.sources.moq[source]) / per_unit,
                multiple=int(terms.multiple[source]) / per_unit,
                lead_time_days=int(terms.lead[source]),
                unit_price=float(price_at(terms, source, qty)) * per_unit,
                qty=qty / per_unit,
                cash=cash,
            )
    return best
