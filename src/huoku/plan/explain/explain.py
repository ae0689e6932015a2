"""Why is it so? Everything the plan knows about one order, demand, open supply, item or resource."""

from typing import TYPE_CHECKING, Any

import polars as pl

from huoku.errors import UsageError
from huoku.language import Sentence
from huoku.plan.explain import labels as say
from huoku.plan.explain.explanation import Explanation, Fact
from huoku.plan.explain.feeding import tree
from huoku.plan.explain.item import explain_item
from huoku.plan.explain.margins import margins, values_of
from huoku.plan.explain.naming import names_of, near_names
from huoku.plan.explain.projection import arrivals
from huoku.plan.explain.resource import explain_resource, resources_of
from huoku.plan.explain.told_of import about, leftovers_where, uses_where
from huoku.plan.tell.ordered import NO_SUPPLIER, OWN_SHOP

if TYPE_CHECKING:
    from huoku.plan.plan import Plan

Row = dict[str, Any]

UNKNOWN = Sentence("计划里没有“{subject}”", "the plan knows no {subject}")


def explain(plan: "Plan", subject: str) -> Explanation:
    """Explain a planned order, a demand, an open supply, an item or a resource, looked for in this sequence.

    The rows add up: the sources of each need to what is needed, the first level of a demand to its promise, uses
    and leftovers to the quantity. Raises UsageError, naming near names, where nothing is called ``subject``.
    """
    factory = plan.factory
    for table, column, teller in (
        (plan.orders, "order", _order),
        (factory.demands, "demand", _demand),
        (arrivals(plan), "supply", _supply),
        (factory.items, "item", explain_item),
        (resources_of(plan), "resource", explain_resource),
    ):
        found = table.filter(pl.col(column) == subject)
        if found.height:
            return teller(plan, found.row(0, named=True))
    raise UsageError(_unknown(plan, subject))


def _order(plan: "Plan", order: Row) -> Explanation:
    name, unit = names_of(plan.factory, plan.lang, [order["item"]])[order["item"]]
    decision = plan.decisions.row(by_predicate=pl.col("order") == order["order"], named=True)
    facts = _carried(order, decision, unit) if order["kind"] == "transfer" else _ordered(plan, order, unit)
    return Explanation(
        kind="order",
        subject=order["order"],
        facts=tuple(fact for fact in facts if fact.value is not None),
        rule=_rule(plan, order, decision, unit),
        reason=order["why"],
        needs=tree(plan, "order", order["order"]).needs(("order", order["order"])),
        uses=uses_where(plan, (pl.col("source_kind") == "order") & (pl.col("source") == order["order"])),
        leftovers=leftovers_where(plan, (pl.col("cause") == order["order"]) & (pl.col("item") == order["item"])),
        **about(plan, order["order"], order["item"], name, unit),
    )


def _ordered(plan: "Plan", order: Row, unit: str) -> tuple[Fact, ...]:
    """What is bought or made."""
    made = order["kind"] == "make"
    amount = order["qty"] * order["unit_price"] if order["unit_price"] is not None else None
    return (
        Fact(say.QTY, order["qty"], "qty", unit),
        Fact(say.SUPPLIER, order["supplier"] or (OWN_SHOP if made else NO_SUPPLIER).say(plan.lang)),
        Fact(say.START if made else say.PLACE, order["start"], "date"),
        Fact(say.DONE if made else say.ARRIVES, order["due"], "date"),
        Fact(say.UNIT_PRICE, order["unit_price"], "price"),
        Fact(say.AMOUNT, amount, "money"),
        Fact(say.SETUP if made else say.FEE, order["fees"], "money"),
    )


def _carried(order: Row, decision: Row, unit: str) -> tuple[Fact, ...]:
    """What is carried from one place to another."""
    return (
        Fact(say.QTY, order["qty"], "qty", unit),
        Fact(say.FROM, order["from_location"]),
        Fact(say.TO, order["location"]),
        Fact(say.LEAVES, order["start"], "date"),
        Fact(say.ARRIVES, order["due"], "date"),
        Fact(say.CARRYING, decision["cost"], "money"),
    )


def _rule(plan: "Plan", order: Row, decision: Row, unit: str) -> tuple[Fact, ...]:
    """The terms the order kept, what it costs in all, and the best way not taken."""
    if order["kind"] == "transfer":  # it carries what is needed, and no terms are to be kept
        return ()
    moq, multiple, least_value = _terms(plan, order)
    other = decision["alternative_cost"]
    facts = [
        Fact(say.NEEDED, decision["needed_qty"], "qty", unit),
        Fact(say.MOQ if order["kind"] == "buy" else say.LOT_MIN, moq, "qty", unit),
        Fact(say.MULTIPLE, multiple, "qty", unit),
        *([Fact(say.LEAST_VALUE, least_value, "money")] if least_value else []),
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


def _terms(plan: "Plan", order: Row) -> tuple[float, float, float]:
    """Smallest quantity, multiple and least value that the order had to keep."""
    if order["kind"] == "make":
        item = plan.factory.items.row(by_predicate=pl.col("item") == order["item"], named=True)
        return float(item["lot_min"]), float(item["lot_multiple"]), 0.0
    day = order["start"]
    offers = plan.factory.sources.filter(
        (pl.col("item") == order["item"])
        & pl.col("supplier").eq_missing(order["supplier"])
        & pl.col("valid_from").fill_null(day).le(day)
        & pl.col("valid_to").fill_null(day).ge(day)
    )
    if offers.is_empty():
        return 0.0, 0.0, 0.0
    offer = offers.row(0, named=True)
    return float(offer["moq"]), float(offer["multiple"]), float(offer["min_order_value"])


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
    # Each part is as late as it ships.
    late_qty_days = sum(part["qty"] * max(0, (part["date"] - wanted).days) for part in promises if part["date"])
    own = plan.exceptions.filter(pl.col("subject") == demand["demand"])
    refused = "demand_not_promised" in own["code"]
    facts = [
        Fact(say.CUSTOMER, demand["customer"]),
        Fact(say.ASKED, qty, "qty", unit),
        Fact(say.DUE, due, "date"),
        Fact(say.PROMISED_QTY, promised, "qty", unit),
        *(Fact(say.PROMISED_FOR, promise["date"], "date") for promise in promises if promise["date"]),
        Fact(say.LATE_DAYS, late, "days"),
        Fact(say.PRIORITY, str(demand["priority"])),
        Fact(say.SALES_VALUE, qty * price, "money"),
        Fact(say.LATENESS, price * settings.late_rate * late_qty_days if late else None, "money"),
        *_earned(plan, demand),
    ]
    feeding = tree(plan, "demand", demand["demand"])
    key = demand["demand"]
    return Explanation(
        kind="demand",
        subject=key,
        facts=tuple(fact for fact in facts if fact.value is not None),
        reason=promises[-1]["reason"],
        needs=feeding.needs(("demand", key)) + feeding.needs(("forecast", key)),
        **{**about(plan, key, demand["item"], name, unit), "is_late": bool(late) or refused},
    )


def _earned(plan: "Plan", demand: Row) -> tuple[Fact, ...]:
    """The margin of a customer's order, and what the leftovers that it causes take of it."""
    found = margins(plan, demand["demand"])
    if found.is_empty() or demand["kind"] == "forecast":
        return ()
    earned = found.row(0, named=True)
    before = Fact(say.MARGIN, earned["margin"], "money")
    if earned["leftover"] < 0.005:
        return (before,)
    return (
        before,
        Fact(say.BOOKED, earned["leftover"], "money"),
        Fact(say.MARGIN_AFTER, earned["margin_after"], "money"),
    )


def _price(plan: "Plan", demand: Row) -> float:
    if demand["price"] is not None:
        return float(demand["price"])
    return float(values_of(plan).filter(pl.col("item") == demand["item"])["sales_price"][0])


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
        uses=uses_where(plan, (pl.col("source_kind") == "supply") & (pl.col("source") == key)),
        leftovers=leftovers_where(plan, (pl.col("cause") == key) & (pl.col("item") == supply["item"])),
        **about(plan, key, supply["item"], name, unit),
    )


def _unknown(plan: "Plan", subject: str) -> str:
    """That nothing is called so, and what is called nearly so."""
    factory = plan.factory
    names = [plan.orders["order"], factory.demands["demand"], factory.supplies["supply"], factory.items["item"]]
    every = pl.concat([*names, resources_of(plan)["resource"]])
    return UNKNOWN.say(plan.lang, subject=subject) + near_names(every, subject, plan.lang)
