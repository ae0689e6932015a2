"""Options that stand in other tables: stock of substitutes, the next need, other purchases of the vendor."""

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from huoku.buy.leftover import leftover_credit, leftover_days
from huoku.buy.options import Later, Possible, StandIn
from huoku.plan.buying.joined import joined_with
from huoku.plan.buying.wanted import Wanted, purchases
from huoku.plan.model.build import Case

if TYPE_CHECKING:
    from huoku.plan.plan import Plan


def found_in(plan: "Plan", case: Case, wanted: Wanted) -> Possible:
    """What the plan knows to be possible besides the item's own offers."""
    return Possible(
        stand_ins=tuple(_stand_ins(plan, case, wanted)),
        later=tuple(_later(plan, wanted)),
        joined=tuple(joined_with(plan, case, wanted)),
        mixes=tuple(_mixed(case, wanted)),
    )


def _mixed(case: Case, wanted: Wanted) -> list[tuple[tuple[int, int], ...]]:
    """What the plan buys for the need from several suppliers."""
    if len(wanted.taken) < 2:
        return []
    terms, suppliers = case.model.terms, case.sources.supplier
    offers = range(int(terms.first[wanted.number]), int(terms.first[wanted.number + 1]))
    parts = []
    for supplier, qty in wanted.taken:
        theirs = [source for source in offers if (suppliers[source] or "") == supplier and not terms.is_make[source]]
        held = [source for source in theirs if terms.start_from[source] <= wanted.day <= terms.start_to[source]]
        parts.append(((held or theirs)[0], qty))
    return [tuple(sorted(parts))]


def _stand_ins(plan: "Plan", case: Case, wanted: Wanted) -> list[StandIn]:
    """Substitutes of which something is left over on the last day; each unit is worth what it would expectedly bring.

    That is what it gives back, less holding from the need on: what the planner reckons with.
    """
    rows = plan.factory.substitutes.filter((pl.col("item") == wanted.item) & pl.col("parent").is_null())
    if rows.is_empty():
        return []
    mine = plan.leftovers.join(rows.select(item="substitute").unique(), on="item", how="semi")
    left = mine.group_by("item").agg(pl.col("qty").sum())
    ratio = pl.col("ratio").cast(pl.Float64)
    found = rows.select("substitute", ratio=ratio).join(left, left_on="substitute", right_on="item").sort("substitute")
    # The options count the item in its smallest steps, the substitute in its own unit.
    return [
        StandIn(name, available, ratio / wanted.per_unit, _worth_of_each(case, name, available, wanted.last_need))
        for name, ratio, available in found.select("substitute", "ratio", "qty").iter_rows()
    ]


def _worth_of_each(case: Case, item: str, available: float, day: int) -> float:
    """What a unit of stock that nobody needs brings on average, seen from ``day``."""
    worth, number = case.model.worth, int(case.numbering.number(pl.Series([item]))[0])
    steps = available * float(case.numbering.steps[number])
    held = leftover_days(worth, number, steps, day, case.model.horizon) - steps * day
    return float(leftover_credit(worth, number, steps) - worth.holding[number] * held) / available


def _later(plan: "Plan", wanted: Wanted) -> list[Later]:
    """The next planned purchase of the item: a need that the plan counts on."""
    today = plan.factory.settings.today
    after = purchases(plan, wanted.item).filter(~pl.col("order").is_in(wanted.orders))
    days = (after["due"].to_numpy() - np.datetime64(today)).astype("timedelta64[D]").astype(np.int64)
    return [
        Later(round(qty * wanted.per_unit), int(day), 1.0, order)
        for qty, order, day in zip(after["needed_qty"], after["order"], days, strict=True)
        if day > wanted.day
    ][:1]
