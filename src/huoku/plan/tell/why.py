"""Why each order is as it is: need, rule, leftover, and the best way that was not taken."""

import numpy as np
import polars as pl

from huoku.buy.rejected import BEYOND_LIMITS, IN_TWO, NONE, OTHER_QUANTITY, OTHER_SOURCE, TOO_LATE
from huoku.buy.terms import Flags, Ints
from huoku.language import Language, Sentence
from huoku.plan.decide.columns import (
    COST,
    DUE,
    FIRST_COST,
    NEED_TO,
    NEEDED,
    NODE,
    OTHER_COST,
    OTHER_KIND,
    OTHER_QTY,
    OVER,
    QTY,
    START,
)
from huoku.plan.decide.columns import OTHER_SOURCE as OTHER_ROW
from huoku.plan.decide.netting import Netted
from huoku.plan.model.build import Case
from huoku.plan.model.numbers import epoch_day
from huoku.plan.tell.ordered import BUY, MAKE, TRANSFER, Ordered
from huoku.plan.tell.words import Field, amounts, calendar, filled, pieced, prices, quantities, repeated

BOUGHT = Sentence(
    "{need_to} 前需要 {needed} {unit}；{supplier}，起订量 {moq}，整包 {multiple}，单价 {price}；"
    "买 {qty}，合计成本 {cost}。",
    "{needed} {unit} needed by {need_to}; {supplier}, MOQ {moq}, multiple {multiple}, at {price}; "
    "buy {qty}, {cost} in all.",
)
BOUGHT_FOR_VALUE = Sentence(
    "{need_to} 前需要 {needed} {unit}；{supplier}，起订量 {moq}，整包 {multiple}，单价 {price}；"
    "因为最低订单金额 {least}，要买 {qty}，合计成本 {cost}。",
    "{needed} {unit} needed by {need_to}; {supplier}, MOQ {moq}, multiple {multiple}, at {price}; "
    "buy {qty} because its least order value is {least}, {cost} in all.",
)
MADE = Sentence(
    "{need_to} 前需要 {needed} {unit}；最小批量 {moq}，批量倍数 {multiple}；做 {qty}，合计成本 {cost}。",
    "{needed} {unit} needed by {need_to}; smallest lot {moq}, multiple {multiple}; make {qty}, {cost} in all.",
)
CARRIED = Sentence(
    "{need_to} 前需要 {needed} {unit}；{start} 从 {supplier} 调往 {place}，{due} 到，运费 {cost}。",
    "{needed} {unit} needed by {need_to}; carried from {supplier} ({start}) to {place} ({due}) for {cost}.",
)
LEFT = Sentence(
    "剩余 {over}（值 {over_value}），每个用得上的实际花 {effective}。",
    " {over} left over (worth {over_value}): each one needed really costs {effective}.",
)
BY_OTHER = Sentence(
    "次优：{other} {other_qty}，合计 {other_cost}，贵 {difference}。",
    " Next best: {other} {other_qty} for {other_cost}, {difference} dearer.",
)
OTHERWISE = Sentence(
    "次优：同一来源 {other_qty}，合计 {other_cost}，贵 {difference}。",
    " Next best: {other_qty} from the same source for {other_cost}, {difference} dearer.",
)
SPLIT = Sentence(
    "次优：先 {other_qty}、其余以后再下，合计 {other_cost}，贵 {difference}；最后这 {last} 只多花 {last_cost}。",
    " Next best: {other_qty} first and the rest later for {other_cost}, {difference} dearer; "
    "the last {last} cost {last_cost}.",
)
LATE = Sentence(
    "{other} {other_qty} 只要 {other_cost}，但交期 {lead} 天，来不及。",
    " {other} asks only {other_cost} for {other_qty}, but takes {lead} {lead|day|days}: too late.",
)
RISKY = Sentence(
    "{other} {other_qty} 合计只要 {other_cost}，但超出了您定的风险或余料上限。",
    " {other} asks only {other_cost} for {other_qty}, but that goes beyond your limits of risk or excess.",
)
ALONE = Sentence("没有别的办法。", " There is no other way.")

ALTERNATIVES = {
    NONE: "none",
    OTHER_SOURCE: "supplier",
    OTHER_QUANTITY: "quantity",
    IN_TWO: "split",
    TOO_LATE: "too late",
    BEYOND_LIMITS: "beyond limits",
}


OTHERS = (
    (OTHER_SOURCE, BY_OTHER),
    (OTHER_QUANTITY, OTHERWISE),
    (IN_TWO, SPLIT),
    (TOO_LATE, LATE),
    (BEYOND_LIMITS, RISKY),
)


def reasons(case: Case, netted: Netted, about: Ordered, lang: Language) -> pl.Series:
    """One readable sentence or a few for each order, by row."""
    n = netted.orders.shape[0]
    if n == 0:
        return pl.Series([], dtype=pl.String)
    over, kind = netted.orders[:, OVER], netted.orders[:, OTHER_KIND]
    words = Words(case, netted, about)
    for_value = is_for_value(case, netted, about)
    need = pieced(
        n,
        [
            (rows, filled(sentence, lang, **words.need(rows)))
            for sentence, rows in (
                (BOUGHT, np.flatnonzero((about.kind == BUY) & ~for_value)),
                (BOUGHT_FOR_VALUE, np.flatnonzero(for_value)),
                (MADE, np.flatnonzero(about.kind == MAKE)),
                (CARRIED, np.flatnonzero(about.kind == TRANSFER)),
            )
            if rows.size
        ],
    )
    some, none = np.flatnonzero(over > 0), np.flatnonzero(over == 0)
    left = pieced(n, [(some, filled(LEFT, lang, **words.left(some))), (none, repeated("", none.size))])
    other = []
    for code, sentence in OTHERS:
        here = np.flatnonzero(kind == code)
        if here.size:
            other.append((here, filled(sentence, lang, **words.other(here))))
    alone = np.flatnonzero((kind == NONE) & (about.kind != TRANSFER))
    other.append((alone, repeated(ALONE.say(lang), alone.size)))
    carried = np.flatnonzero(about.kind == TRANSFER)
    other.append((carried, repeated("", carried.size)))
    return pl.select(pl.concat_str(need, left, pieced(n, other))).to_series()


def is_for_value(case: Case, netted: Netted, about: Ordered) -> Flags:
    """By order: is more bought than is needed because the supplier asks for so much money, and not for its MOQ?"""
    qty, least = netted.orders[:, QTY], case.sources.min_value[about.source]
    multiple = case.model.terms.multiple[about.source]
    beyond = (least > 0) & (qty > netted.orders[:, NEEDED]) & (qty > case.sources.moq[about.source])
    # One pack less would be worth too little.
    return beyond & ((qty - multiple) * about.step_price < least - 1e-6)


def distinct(numbers: Ints, size: int) -> tuple[Ints, Ints]:
    """The different ones among numbers below ``size``, rising, and where each number is among them."""
    there = np.zeros(size, np.bool_)
    there[numbers] = True
    return np.flatnonzero(there), (np.cumsum(there) - 1)[numbers]


class Words:
    """The fields of the sentences for any rows of the orders."""

    def __init__(self, case: Case, netted: Netted, about: Ordered):
        terms, asked = case.model.terms, case.sources.moq
        of_source = case.numbering.steps[case.sources.item]
        self.case, self.about, self.orders, self.money = case, about, netted.orders, netted.money
        self.units = case.numbering.items["unit"]
        self.day = calendar(epoch_day(case.factory), case.model.horizon)
        # What is said of a source or of a price break is written once; orders share it.
        source, self.source = distinct(about.source, of_source.size)
        tier, self.tier = distinct(about.tier, terms.tier_price.size)
        self.moq = quantities(np.where(asked > 0, asked, terms.multiple)[source], of_source[source])
        self.multiple = quantities(terms.multiple[source], of_source[source])
        self.price = prices((terms.tier_price * np.repeat(of_source, np.diff(terms.tier_first)))[tier])

    def need(self, rows: Ints) -> dict[str, Field]:
        item, steps, source = self.about.item[rows], self.about.steps[rows], self.source[rows]
        return {
            "needed": lambda: quantities(self.orders[rows, NEEDED], steps),
            "unit": lambda: self.units[item],
            "need_to": lambda: self.day[self.orders[rows, NEED_TO]],
            "supplier": lambda: self.about.sources[self.about.source[rows]],
            "moq": lambda: self.moq[source],
            "multiple": lambda: self.multiple[source],
            "price": lambda: self.price[self.tier[rows]],
            "least": lambda: amounts(self.case.sources.min_value[self.about.source[rows]]),
            "place": lambda: self.case.numbering.place_names(self.orders[rows, NODE]),
            "start": lambda: self.day[self.orders[rows, START]],
            "due": lambda: self.day[self.orders[rows, DUE]],
            "qty": lambda: quantities(self.orders[rows, QTY], steps),
            "cost": lambda: amounts(self.money[rows, COST]),
        }

    def left(self, rows: Ints) -> dict[str, Field]:
        steps, over = self.about.steps[rows], self.orders[rows, OVER]
        value = self.case.numbering.unit_value[self.about.item[rows]]
        return {
            "over": quantities(over, steps),
            "over_value": amounts(over / steps * value),
            "effective": amounts(self.money[rows, COST] * steps / np.maximum(self.orders[rows, NEEDED], 1)),
        }

    def other(self, rows: Ints) -> dict[str, Field]:
        steps, other, qty = self.about.steps[rows], self.orders[rows, OTHER_ROW], self.orders[rows, OTHER_QTY]
        cost, other_cost = self.money[rows, COST], self.money[rows, OTHER_COST]
        return {
            "other": lambda: self.about.sources[other],
            "other_qty": lambda: quantities(qty, steps),
            "other_cost": lambda: amounts(other_cost),
            "difference": lambda: amounts(other_cost - cost),
            "lead": lambda: pl.Series(self.case.model.terms.lead[other]).cast(pl.String),
            "last": lambda: quantities(np.maximum(self.orders[rows, QTY] - qty, 0), steps),
            "last_cost": lambda: amounts(cost - self.money[rows, FIRST_COST]),
        }
