"""The need that options are asked for: a planned purchase of an item, or a quantity that somebody names."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

from huoku.buy.terms import Ints
from huoku.errors import UsageError
from huoku.language import Language, Sentence
from huoku.plan.explain.naming import near_names
from huoku.plan.model.build import Case
from huoku.plan.quote.asked import UNKNOWN, number_of, steps_of

if TYPE_CHECKING:
    from huoku.plan.plan import Plan

NOTHING_PLANNED = Sentence(
    "计划里没有要买的“{item}”；请写明数量", "the plan buys no {item}; say how much is wanted"
)  # fmt: skip


class Wanted(NamedTuple):
    """How much of an item is wanted and when, in steps and days from today.

    ``orders`` are the planned purchases that bring it, none where a quantity was named, and ``taken`` what they buy
    from whom, in steps; ``last_need`` is the last day of the needs that they cover. ``late`` and ``forgone`` are the
    money of a day's delay, and of declining the customers' orders that it feeds; None where there are none.
    """

    item: str
    number: int
    steps: int
    per_unit: int
    day: int
    last_need: int
    orders: tuple[str, ...]
    taken: tuple[tuple[str, int], ...]
    late: float
    forgone: float | None


def wanted_of(
    plan: "Plan", case: Case, item: str, qty: float | Decimal | str | None, on: date | None, lang: Language
) -> Wanted:
    """The need, checked. Without a quantity it is the first planned purchase of the item: all that comes on its day.

    Raises UsageError for an unknown item, a quantity that it is not counted in, or where nothing is to be bought.
    """
    place = case.numbering.real_names.index_of(item)
    if place is None:
        raise UsageError(UNKNOWN.say(lang, item=item) + near_names(plan.factory.items["item"], item, lang))
    number, today = int(case.numbering.of_real[place]), plan.factory.settings.today
    per_unit = int(case.numbering.steps[number])
    if qty is not None:
        steps = steps_of(item, number_of(qty, lang), per_unit, lang)
        price = float(case.numbering.sales_price[number])
        late = steps / per_unit * price * plan.factory.settings.late_rate
        day = max(0, ((on or today) - today).days)
        return Wanted(item, number, steps, per_unit, day, day, (), (), late, None)
    planned = purchases(plan, item)
    if planned.is_empty():
        raise UsageError(NOTHING_PLANNED.say(lang, item=item))
    due, location = planned.select("due", "location").row(0)
    first = planned.filter((pl.col("due") == due) & (pl.col("location") == location))
    needed, orders = float(first["needed_qty"].sum()), tuple(first["order"])
    late, forgone = _at_stake(plan, case, orders, number, needed)
    bought = first.group_by(pl.col("supplier").fill_null("")).agg(pl.col("qty").sum()).sort("supplier")
    return Wanted(
        item=item,
        number=number,
        steps=round(needed * per_unit),
        per_unit=per_unit,
        day=(due - today).days,
        last_need=(_last_use(plan, orders, due) - today).days,
        orders=orders,
        taken=tuple((supplier, round(qty * per_unit)) for supplier, qty in bought.iter_rows()),
        late=late,
        forgone=forgone,
    )


def _last_use(plan: "Plan", orders: tuple[str, ...], due: date) -> date:
    """The last day on which something takes of these orders."""
    taken = (table.filter(pl.col("source").is_in(orders))["date"].max() for table in (plan.usage, plan.earmarks))
    return max([due, *(last for last in taken if isinstance(last, date))])


def purchases(plan: "Plan", item: str) -> pl.DataFrame:
    """The planned purchases of an item that something needs, by arrival, with what of each is needed.

    The last answer is kept: the options of one need ask for it again and again."""
    known: tuple[str, pl.DataFrame] | None = plan.kept.get("purchases")
    if known is None or known[0] != item:
        plan.kept["purchases"] = known = (item, _purchases(plan, item))
    return known[1]


def _purchases(plan: "Plan", item: str) -> pl.DataFrame:
    bought = plan.orders.filter(pl.col("item") == item).filter(pl.col("kind") == "buy")
    needed = plan.decisions.join(bought.select("order"), on="order", how="semi").filter(pl.col("needed_qty") > 0)
    return bought.join(needed.select("order", "needed_qty"), on="order").sort("due", "order")


def known_needs(plan: "Plan", wanted: Wanted, months: int = 12) -> Ints:
    """The other planned purchases of the item by month from today, in steps; shape (months,)."""
    today = plan.factory.settings.today
    others = purchases(plan, wanted.item).filter(~pl.col("order").is_in(wanted.orders))
    month = (pl.col("due") - today).dt.total_days() * 12 // 365
    needs = np.zeros(months, np.int64)
    for place, qty in others.select(month=month, qty="needed_qty").iter_rows():
        if place < months:
            needs[place] += round(qty * wanted.per_unit)
    return needs


def _at_stake(
    plan: "Plan", case: Case, orders: tuple[str, ...], number: int, needed: float
) -> tuple[float, float | None]:
    """Money of a day's delay, and what declining the fed orders would lose before this item is paid for.

    That is their sales value less the material of all else in them, in the part that this purchase feeds.
    """
    fed = pl.col("demand").is_in(sorted(_fed_by(plan, orders)))
    demands = plan.factory.demands.filter(fed & (pl.col("kind") != "forecast"))
    if demands.is_empty():
        return 0.0, None
    item = case.numbering.number(demands["item"])
    money = pl.DataFrame({"sales": case.numbering.sales_price[item], "material": case.numbering.cheapest[item]})
    of_each = pl.concat([demands, money], how="horizontal").select(
        value=pl.col("qty").cast(pl.Float64) * pl.col("price").cast(pl.Float64).fill_null(pl.col("sales")),
        material=pl.col("qty").cast(pl.Float64) * pl.col("material"),
    )
    value, material = (float(of_each[name].sum()) for name in ("value", "material"))
    own = needed * float(case.numbering.cheapest[number])
    return value * plan.factory.settings.late_rate, max(0.0, value - material + own)


def _fed_by(plan: "Plan", orders: tuple[str, ...]) -> set[str]:
    """The demands into which these orders go, through all levels."""
    fed: set[str] = set()
    reached, front = set(orders), set(orders)
    while front:
        taken = plan.usage.filter(pl.col("source").is_in(sorted(front)))
        takers = taken.select("source_kind", "consumer_kind", "consumer").iter_rows()
        by_orders = {(kind, taker) for source_kind, kind, taker in takers if source_kind == "order"}
        fed |= {taker for kind, taker in by_orders if kind == "demand"}
        front = {taker for kind, taker in by_orders if kind == "order"} - reached
        reached |= front
    return fed
