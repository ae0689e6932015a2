"""Why is it so? Everything the plan knows about one order, demand, open supply or item."""

from datetime import date, timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import polars as pl

from huoku.errors import UsageError
from huoku.factory import kinds, unit_values
from huoku.language import Sentence
from huoku.plan import labels as say
from huoku.plan.explanation import Explanation, Fact, Leftover, Movement, Need, Parent, Source, Use
from huoku.plan.feeding import tree
from huoku.plan.naming import names_of
from huoku.plan.projection import RECEIPTS, arrivals, movements

if TYPE_CHECKING:
    from huoku.plan.plan import Plan

Row = dict[str, Any]

UNKNOWN = Sentence("计划里没有“{subject}”", "the plan knows no {subject}")
NEAR = Sentence("；相近的有：{near}", "; near names: {near}")
COMPARED = 2_000
"""So many names are compared letter by letter with one that is not known."""


def explain(plan: "Plan", subject: str) -> Explanation:
    """Explain a planned order, a demand, an open supply or an item, looked for in this sequence.

    The rows add up: the sources of each need to what is needed, the first level of a demand to its promise, uses
    and leftovers to the quantity. Raises UsageError, naming near names, where nothing is called ``subject``.
    """
    factory = plan.factory
    for table, column, teller in (
        (plan.orders, "order", _order),
        (factory.demands, "demand", _demand),
        (arrivals(plan), "supply", _supply),
        (factory.items, "item", _item),
    ):
        found = table.filter(pl.col(column) == subject)
        if found.height:
            return teller(plan, found.row(0, named=True))
    raise UsageError(_unknown(plan, subject))


def _order(plan: "Plan", order: Row) -> Explanation:
    name, unit = names_of(plan.factory, plan.lang, [order["item"]])[order["item"]]
    decision = plan.decisions.row(by_predicate=pl.col("order") == order["order"], named=True)
    amount = order["qty"] * order["unit_price"] if order["unit_price"] is not None else None
    facts = (
        Fact(say.QTY, order["qty"], "qty", unit),
        Fact(say.SUPPLIER, order["supplier"] or (say.OWN_SHOP if order["kind"] == "make" else say.NO_SUPPLIER).say(plan.lang)),
        Fact(say.START if order["kind"] == "make" else say.PLACE, order["start"], "date"),
        Fact(say.DONE if order["kind"] == "make" else say.ARRIVES, order["due"], "date"),
        Fact(say.UNIT_PRICE, order["unit_price"], "price"),
        Fact(say.AMOUNT, amount, "money"),
        Fact(say.SETUP if order["kind"] == "make" else say.FEE, order["fees"], "money"),
    )
    return Explanation(
        kind="order",
        subject=order["order"],
        facts=tuple(fact for fact in facts if fact.value is not None),
        rule=_rule(plan, order, decision, unit),
        reason=order["why"],
        needs=tree(plan, "order", order["order"]).needs(("order", order["order"])),
        uses=_uses(plan, (pl.col("source_kind") == "order") & (pl.col("source") == order["order"])),
        leftovers=_leftovers(plan, (pl.col("cause") == order["order"]) & (pl.col("item") == order["item"])),
        **_about(plan, order["order"], order["item"], name, unit),
    )


def _rule(plan: "Plan", order: Row, decision: Row, unit: str) -> tuple[Fact, ...]:
    """The terms the order kept, what it costs in all, and the best way not taken."""
    moq, multiple = _terms(plan, order)
    other = decision["alternative_cost"]
    facts = [
        Fact(say.NEEDED, decision["needed_qty"], "qty", unit),
        Fact(say.MOQ if order["kind"] == "buy" else say.LOT_MIN, moq, "qty", unit),
        Fact(say.MULTIPLE, multiple, "qty", unit),
        Fact(say.OVER, decision["leftover_qty"], "qty", unit),
        Fact(say.OVER_SHARE, decision["leftover_qty"] / order["qty"], "share"),
        Fact(say.COST, decision["cost"], "money"),
        Fact(say.EFFECTIVE, decision["effective_unit_cost"], "price"),
    ]
    if other is not None:
        facts += [
            Fact(say.OTHER_WAY[decision["alternative"]], decision["alternative_supplier"]),
            Fact(say.OTHER_QTY, decision["alternative_qty"], "qty", unit),
            Fact(say.OTHER_COST, other, "money"),
            Fact(say.DIFFERENCE, other - decision["cost"], "money"),
        ]
    return tuple(facts)


def _terms(plan: "Plan", order: Row) -> tuple[float, float]:
    """Smallest quantity and multiple that the order had to keep."""
    if order["kind"] == "make":
        item = plan.factory.items.row(by_predicate=pl.col("item") == order["item"], named=True)
        return float(item["lot_min"]), float(item["lot_multiple"])
    day = order["start"]
    offers = plan.factory.sources.filter(
        (pl.col("item") == order["item"])
        & pl.col("supplier").eq_missing(order["supplier"])
        & pl.col("valid_from").fill_null(day).le(day)
        & pl.col("valid_to").fill_null(day).ge(day)
    )
    if offers.is_empty():
        return 0.0, 0.0
    offer = offers.row(0, named=True)
    return float(offer["moq"]), float(offer["multiple"])


def _demand(plan: "Plan", demand: Row) -> Explanation:
    settings = plan.factory.settings
    name, unit = names_of(plan.factory, plan.lang, [demand["item"]])[demand["item"]]
    promises = plan.promises.filter(pl.col("demand") == demand["demand"]).sort("date", nulls_last=True).rows(named=True)
    promised = sum(promise["qty"] for promise in promises)
    days = promises[-1]["date"]
    due, qty = demand["due"], float(demand["qty"])
    price = _price(plan, demand)
    # What was overdue before the plan began counts from today on, as in the figures.
    wanted = max(due, settings.today)
    late = max(0, (days - wanted).days) if days else None
    facts = [
        Fact(say.CUSTOMER, demand["customer"]),
        Fact(say.ASKED, qty, "qty", unit),
        Fact(say.DUE, due, "date"),
        Fact(say.PROMISED_QTY, promised, "qty", unit),
        *(Fact(say.PROMISED_FOR, promise["date"], "date") for promise in promises if promise["date"]),
        Fact(say.LATE_DAYS, late, "days"),
        Fact(say.PRIORITY, str(demand["priority"])),
        Fact(say.SALES_VALUE, qty * price, "money"),
        Fact(say.LATENESS, qty * price * settings.late_rate * late if late else None, "money"),
    ]
    feeding = tree(plan, "demand", demand["demand"])
    key = demand["demand"]
    return Explanation(
        kind="demand",
        subject=key,
        facts=tuple(fact for fact in facts if fact.value is not None),
        reason=promises[-1]["reason"],
        needs=feeding.needs(("demand", key)) + feeding.needs(("forecast", key)),
        **{**_about(plan, key, demand["item"], name, unit), "is_late": late is None or late > 0},
    )


def _price(plan: "Plan", demand: Row) -> float:
    if demand["price"] is not None:
        return float(demand["price"])
    return float(unit_values(plan.factory).filter(pl.col("item") == demand["item"])["sales_price"][0])


def _supply(plan: "Plan", supply: Row) -> Explanation:
    name, unit = names_of(plan.factory, plan.lang, [supply["item"]])[supply["item"]]
    facts = (
        Fact(say.QTY, supply["qty"], "qty", unit),
        Fact(say.SUPPLIER, supply["supplier"]),
        Fact(say.DUE_IN, supply["due"], "date"),
        Fact(say.ARRIVES, supply["arrives"], "date"),
    )
    key = supply["supply"]
    return Explanation(
        kind="supply",
        subject=key,
        facts=tuple(fact for fact in facts if fact.value is not None),
        needs=tree(plan, "supply", key).needs(("supply", key)),
        uses=_uses(plan, (pl.col("source_kind") == "supply") & (pl.col("source") == key)),
        leftovers=_leftovers(plan, (pl.col("cause") == key) & (pl.col("item") == supply["item"])),
        **_about(plan, key, supply["item"], name, unit),
    )


def _item(plan: "Plan", item: Row) -> Explanation:
    code = item["item"]
    name, unit = names_of(plan.factory, plan.lang, [code])[code]
    moves = movements(plan, [code])
    worth = unit_values(plan.factory).row(by_predicate=pl.col("item") == code, named=True)
    kind = kinds(plan.factory).row(by_predicate=pl.col("item") == code, named=True)["kind"]
    left = _leftovers(plan, pl.col("item") == code)
    received = {kind: moves.filter(pl.col("kind") == kind)["qty"].sum() for kind in RECEIPTS}
    uses = _uses(plan, pl.col("item") == code)
    facts = (
        Fact(say.KIND, say.KINDS[kind].say(plan.lang)),
        Fact(say.ON_HAND, received["stock"], "qty", unit),
        Fact(say.OPEN_SUPPLIES, received["supply"], "qty", unit),
        Fact(say.PLANNED, received["order"], "qty", unit),
        Fact(say.TAKEN, sum(use.qty for use in uses), "qty", unit),
        Fact(say.LEFT, sum(leftover.qty for leftover in left), "qty", unit),
        Fact(say.LEFT_VALUE, sum(leftover.value for leftover in left), "money"),
        Fact(say.SAFETY, float(item["safety_stock"]), "qty", unit),
        Fact(say.UNIT_VALUE, worth["unit_value"], "price"),
    )
    return Explanation(
        kind="item",
        subject=code,
        facts=facts,
        uses=uses,
        sources=_sources(plan, code, name),
        movements=tuple(Movement(day, _movement_kind(kind, qty), what, qty, level) for day, kind, what, qty, level in moves.drop("item").iter_rows()),
        leftovers=left,
        parents=_parents(plan, code),
        **_about(plan, code, code, name, unit),
    )


def _movement_kind(kind: str, qty: float) -> Any:
    """A planned order that brings the item is "order"; one that takes it is "use"."""
    return kind if qty >= 0 or kind == "expiry" else "use"


def _uses(plan: "Plan", which: pl.Expr) -> tuple[Use, ...]:
    """Who takes it, by day, with what each of them is for."""
    taken = pl.concat([plan.usage.filter(which), plan.earmarks.filter(which)])
    taken = taken.group_by("consumer_kind", "consumer", "date", "item").agg(pl.col("qty").sum())
    factory = plan.factory
    made = [
        plan.orders.select(kind=pl.lit("order"), name="order", of="item"),
        factory.demands.select(kind=pl.lit("demand"), name="demand", of="item"),
        factory.supplies.select(kind=pl.lit("supply"), name="supply", of="item"),
    ]
    wanted = taken.select(kind="consumer_kind", name="consumer").unique()
    known = pl.concat([frame.join(wanted, on=["kind", "name"], how="semi") for frame in made])
    told = taken.join(known, left_on=["consumer_kind", "consumer"], right_on=["kind", "name"], how="left")
    told = told.with_columns(of=pl.coalesce("of", "item")).sort("date", "consumer")
    names = names_of(factory, plan.lang, told["of"])
    return tuple(
        Use(row["consumer_kind"], row["consumer"], row["of"], names[row["of"]][0], row["qty"], row["date"])
        for row in told.iter_rows(named=True)
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
        *(
            Source("supply", row["supply"], item, name, row["qty"], row["qty"], None, row["arrives"], row["supplier"], None)
            for row in coming.iter_rows(named=True)
        ),
        *(
            Source(row["kind"], row["order"], item, name, row["qty"], row["qty"], row["start"], row["due"], row["supplier"], None)
            for row in ordered.iter_rows(named=True)
        ),
    )


def _parents(plan: "Plan", item: str) -> tuple[Parent, ...]:
    lines = plan.factory.bom.filter(pl.col("component") == item).sort("parent")
    names = names_of(plan.factory, plan.lang, lines["parent"])
    per = lines.select(pl.col("qty").cast(pl.Float64) * (1 + pl.col("scrap_rate").cast(pl.Float64))).to_series()
    return tuple(
        Parent(parent, names[parent][0], each, float(fixed))
        for parent, each, fixed in zip(lines["parent"], per, lines["fixed_scrap"], strict=True)
    )


def _leftovers(plan: "Plan", which: pl.Expr) -> tuple[Leftover, ...]:
    rows = plan.leftovers.filter(which).sort("value", descending=True)
    return tuple(Leftover(*row) for row in rows.select("cause", "qty", "value", "p_use", "expected_loss").iter_rows())


def _about(plan: "Plan", subject: str, item: str, name: str, unit: str) -> dict[str, Any]:
    """What every explanation says."""
    notes = plan.exceptions.filter(pl.col("subject") == subject)["message"]
    return {
        "item": item,
        "item_name": name,
        "unit": unit,
        "currency": plan.factory.settings.currency,
        "lang": plan.lang,
        "is_late": False,
        "notes": tuple(notes),
    }


def _unknown(plan: "Plan", subject: str) -> str:
    """That nothing is called so, and what is called nearly so."""
    factory = plan.factory
    known = pl.concat([plan.orders["order"], factory.demands["demand"], factory.supplies["supply"], factory.items["item"]])
    names = known.rename("name").to_frame().unique(maintain_order=True)
    alike = pl.col("name").str.to_lowercase()
    asked = subject.strip().lower()
    starts = names.filter(alike.str.starts_with(asked[:2]) & ((alike.str.len_chars().cast(pl.Int64) - len(asked)).abs() <= 2))
    inside = names.filter(alike.str.contains(asked, literal=True))
    candidates = pl.concat([inside, starts]).head(COMPARED)["name"].to_list()
    by_lower = {name.lower(): name for name in reversed(candidates)}
    near = get_close_matches(asked, by_lower, n=3, cutoff=0.6) or [name.lower() for name in inside["name"].head(3)]
    text = UNKNOWN.say(plan.lang, subject=subject)
    return text + (NEAR.say(plan.lang, near=", ".join(by_lower[name] for name in near)) if near else "")
