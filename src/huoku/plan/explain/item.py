"""An item's story: its stock day by day, who needs it, what it gets, what is left of it and what it is used for."""

from typing import TYPE_CHECKING, Any

import polars as pl

from huoku.factory import kinds, unit_values
from huoku.plan.explain import labels as say
from huoku.plan.explain.explanation import Explanation, Fact, Movement, Parent, Source
from huoku.plan.explain.feeding import coming_from
from huoku.plan.explain.naming import names_of
from huoku.plan.explain.projection import RECEIPTS, arrivals, movements
from huoku.plan.explain.told_of import about, leftovers_where, uses_where

if TYPE_CHECKING:
    from huoku.plan.plan import Plan


def explain_item(plan: "Plan", item: dict[str, Any]) -> Explanation:
    code = item["item"]
    name, unit = names_of(plan.factory, plan.lang, [code])[code]
    moves = movements(plan, [code])
    worth = unit_values(plan.factory).row(by_predicate=pl.col("item") == code, named=True)
    kind = kinds(plan.factory).row(by_predicate=pl.col("item") == code, named=True)["kind"]
    left = leftovers_where(plan, pl.col("item") == code)
    received = {kind: float(moves.filter(pl.col("kind") == kind)["qty"].sum()) for kind in RECEIPTS}
    uses = uses_where(plan, pl.col("item") == code)
    reserved = float(plan.factory.reservations.filter(pl.col("item") == code)["qty"].cast(pl.Float64).sum())
    facts = (
        Fact(say.KIND, say.KINDS[kind].say(plan.lang)),
        Fact(say.ON_HAND, received["stock"], "qty", unit),
        Fact(say.RESERVED, reserved or None, "qty", unit),
        Fact(say.OPEN_SUPPLIES, received["supply"], "qty", unit),
        Fact(say.PLANNED, received["order"], "qty", unit),
        Fact(say.TAKEN, float(sum(use.qty for use in uses)), "qty", unit),
        Fact(say.LEFT, sum(leftover.qty for leftover in left), "qty", unit),
        Fact(say.LEFT_VALUE, sum(leftover.value for leftover in left), "money"),
        Fact(say.SAFETY, float(item["safety_stock"]), "qty", unit),
        Fact(say.UNIT_VALUE, worth["unit_value"], "price"),
    )
    return Explanation(
        kind="item",
        subject=code,
        facts=tuple(fact for fact in facts if fact.value is not None),
        uses=uses,
        sources=_sources(plan, code, name),
        movements=tuple(Movement(*move) for move in moves.drop("item").iter_rows()),
        leftovers=left,
        parents=_parents(plan, code),
        **about(plan, code, code, name, unit),
    )


def _sources(plan: "Plan", item: str, name: str) -> tuple[Source, ...]:
    """All that an item has or gets: lots on hand, open supplies, planned orders."""
    today = plan.factory.settings.today
    lots = plan.factory.stock.filter((pl.col("item") == item) & (pl.col("status") == "available"))
    on_hand = lots.group_by("lot").agg(pl.col("qty").cast(pl.Float64).sum()).sort("lot", nulls_last=True)
    coming = arrivals(plan).filter((pl.col("item") == item) & pl.col("arrives").is_not_null()).sort("arrives")
    ordered = plan.orders.filter(pl.col("item") == item).sort("due", "order")
    return (
        *(Source("stock", lot, item, name, qty, qty, None, today, None, None) for lot, qty in on_hand.iter_rows()),
        *(coming_from("supply", row, name, row["qty"]) for row in coming.iter_rows(named=True)),
        *(coming_from("order", row, name, row["qty"]) for row in ordered.iter_rows(named=True)),
    )


def _parents(plan: "Plan", item: str) -> tuple[Parent, ...]:
    lines = plan.factory.bom.filter(pl.col("component") == item).sort("parent")
    names = names_of(plan.factory, plan.lang, lines["parent"])
    per = lines.select(pl.col("qty").cast(pl.Float64) * (1 + pl.col("scrap_rate").cast(pl.Float64))).to_series()
    return tuple(
        Parent(parent, names[parent][0], each, float(fixed))
        for parent, each, fixed in zip(lines["parent"], per, lines["fixed_scrap"], strict=True)
    )
