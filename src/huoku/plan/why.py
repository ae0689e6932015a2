"""Why each order is as it is: need, rule, leftover, and the best way that was not taken."""

import numpy as np
import polars as pl

from huoku.buy.rejected import IN_TWO, NONE, OTHER_QUANTITY, OTHER_SOURCE, TOO_LATE
from huoku.language import Language, Sentence
from huoku.plan.build import Case
from huoku.plan.netting import (
    COST,
    NEED_FROM,
    NEED_TO,
    NEEDED,
    NODE,
    OTHER_COST,
    OTHER_KIND,
    OTHER_QTY,
    OTHER_SOURCE as OTHER_ROW,
    OVER,
    QTY,
    SOURCE,
    Netted,
)
from huoku.plan.words import amounts, calendar, filled, prices, quantities

BUY = Sentence(
    "{need_to} 前需要 {needed} {unit}；{supplier}，起订量 {moq}，整包 {multiple}，单价 {price}；买 {qty}，合计成本 {cost}。",
    "{needed} {unit} needed by {need_to}; {supplier}, MOQ {moq}, multiple {multiple}, at {price}; buy {qty}, {cost} in all.",
)
MAKE = Sentence(
    "{need_to} 前需要 {needed} {unit}；最小批量 {moq}，批量倍数 {multiple}；做 {qty}，合计成本 {cost}。",
    "{needed} {unit} needed by {need_to}; smallest lot {moq}, multiple {multiple}; make {qty}, {cost} in all.",
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
    " Next best: {other_qty} first and the rest later for {other_cost}, {difference} dearer; the last {last} cost {last_cost}.",
)
LATE = Sentence(
    "{other} {other_qty} 只要 {other_cost}，但交期 {lead} 天，来不及。",
    " {other} asks only {other_cost} for {other_qty}, but takes {lead} days: too late.",
)
ALONE = Sentence("没有别的办法。", " There is no other way.")

OWN_SHOP = Sentence("自制", "own shop")
NO_SUPPLIER = Sentence("未定供应商", "no supplier named")

ALTERNATIVES = {NONE: "none", OTHER_SOURCE: "supplier", OTHER_QUANTITY: "quantity", IN_TWO: "split", TOO_LATE: "too late"}


def source_names(case: Case, lang: Language) -> pl.Series:
    """The name of each source as people say it."""
    table = case.sources.table
    return table.select(
        pl.when("is_make")
        .then(pl.lit(OWN_SHOP.say(lang)))
        .otherwise(pl.col("supplier").fill_null(NO_SUPPLIER.say(lang)))
    ).to_series()


def reasons(case: Case, netted: Netted, lang: Language) -> pl.Series:
    """One readable sentence or a few for each order, by row."""
    orders, money, model = netted.orders, netted.money, case.model
    if orders.shape[0] == 0:
        return pl.Series([], dtype=pl.String)
    source, item = orders[:, SOURCE], orders[:, NODE] % model.items
    steps = case.numbering.steps[item]
    table, terms = case.sources.table, model.terms
    of_source = case.numbering.steps[table["item"].to_numpy()]
    asked = quantities(table["moq"].to_numpy(), of_source)
    names = source_names(case, lang)
    day_text = calendar(case.factory.settings.today, model.horizon)
    over, needed = orders[:, OVER], np.maximum(orders[:, NEEDED], 1)
    unit_price = unit_prices(case, netted) * steps
    # Of equal prices there are many: write each once.
    distinct, at = np.unique(unit_price, return_inverse=True)
    other = orders[:, OTHER_ROW]
    named = np.maximum(other, 0)
    fields = {
        "needed": quantities(orders[:, NEEDED], steps),
        "unit": case.numbering.items["unit"].gather(item),
        "need_to": day_text.gather(orders[:, NEED_TO]),
        "supplier": names.gather(source),
        "moq": asked.gather(source),
        "multiple": quantities(terms.multiple, of_source).gather(source),
        "price": prices(distinct).gather(at),
        "qty": quantities(orders[:, QTY], steps),
        "cost": amounts(money[:, COST]),
    }
    other_fields = {
        "other": names.gather(named),
        "other_qty": quantities(orders[:, OTHER_QTY], steps),
        "other_cost": amounts(money[:, OTHER_COST]),
        "difference": amounts(money[:, OTHER_COST] - money[:, COST]),
        "lead": pl.Series(terms.lead[named]).cast(pl.String),
        "last": quantities(np.maximum(orders[:, QTY] - orders[:, OTHER_QTY], 0), steps),
        "last_cost": amounts(money[:, COST] - unit_price * orders[:, OTHER_QTY] / steps),
    }
    text = _where(terms.is_make[source], filled(MAKE, lang, **fields), filled(BUY, lang, **fields))
    left = {
        "over": quantities(over, steps),
        "over_value": amounts(over / steps * case.numbering.unit_value[item]),
        "effective": amounts(money[:, COST] * steps / needed),
    }
    return text + _some(over > 0, LEFT, lang, left) + _alternatives(orders[:, OTHER_KIND], lang, other_fields)


def _alternatives(kind: np.ndarray, lang: Language, fields: dict[str, pl.Series]) -> pl.Series:
    text = pl.repeat(ALONE.say(lang), kind.size, dtype=pl.String, eager=True)
    for code, sentence in ((OTHER_SOURCE, BY_OTHER), (OTHER_QUANTITY, OTHERWISE), (IN_TWO, SPLIT), (TOO_LATE, LATE)):
        here = np.flatnonzero(kind == code)
        if here.size:
            text = text.scatter(here, filled(sentence, lang, **{name: column.gather(here) for name, column in fields.items()}))
    return text


def _some(here: np.ndarray, sentence: Sentence, lang: Language, fields: dict[str, pl.Series]) -> pl.Series:
    """The sentence on the rows ``here``, nothing on the others."""
    text = pl.repeat("", here.size, dtype=pl.String, eager=True)
    rows = np.flatnonzero(here)
    if rows.size:
        text = text.scatter(rows, filled(sentence, lang, **{name: column.gather(rows) for name, column in fields.items()}))
    return text


def _where(here: np.ndarray, yes: pl.Series, no: pl.Series) -> pl.Series:
    return yes.zip_with(pl.Series(here), no)


def unit_prices(case: Case, netted: Netted) -> np.ndarray:
    """The price of one step in each order: the price break of its whole quantity."""
    terms = case.model.terms
    source, qty = netted.orders[:, SOURCE], netted.orders[:, QTY]
    # The last tier of the order's source that its quantity reaches; most sources have one.
    tier = terms.tier_first[source]
    last = terms.tier_first[source + 1] - 1
    while True:
        higher = tier < last
        higher[higher] = qty[higher] >= terms.tier_low[tier[higher] + 1]
        if not higher.any():
            return terms.tier_price[tier]
        tier = tier + higher
