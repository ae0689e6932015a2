"""What is still bought, made or left over of items that are being phased out or are obsolete."""

import numpy as np
import polars as pl

from huoku.buy.terms import Flags, Ints
from huoku.language import Language, Sentence
from huoku.plan.decide.columns import OVER, QTY
from huoku.plan.decide.netting import Netted
from huoku.plan.model.build import Case
from huoku.plan.tell.leftovers import STOCK_WITHOUT_LOT, leftovers
from huoku.plan.tell.ordered import BUY, MAKE, Ordered
from huoku.plan.tell.words import amounts, filled, quantities, rows

PHASED_OUT = Sentence(
    "{item} 正在淘汰，还要买 {qty} {unit}，其中 {over} {unit} 会剩下（值 {value}）：请确认",
    "{item} is being phased out, and {qty} {unit} are still bought; {over} of them are left over (worth {value})",
)
OBSOLETE = Sentence(
    "{item} 已停用，还要买 {qty} {unit}，其中 {over} {unit} 会剩下（值 {value}）：请换料或改需求",
    "{item} is obsolete, and {qty} {unit} are still bought; {over} {unit} of them are left over (worth {value}): "
    "replace it or change the demand",
)
MADE = Sentence(
    "{item} 不再生产，因最小批量或批量倍数多做 {over} {unit}（共 {qty}，多出的值 {value}）",
    "{item} is going out, and its lot rules make {over} {unit} too many of {qty} (worth {value})",
)
LEFT = Sentence(
    "{item} 不再使用，期末还剩 {qty} {unit}（值 {value}），来自 {causes}：请退货、转卖或另找用途",
    "{item} is going out, and {qty} {unit} are left on the last day (worth {value}), from {causes}: "
    "return them, sell them or find them another use",
)
FOR_MANY = Sentence("{causes} 等另 {count} 处", "{causes} and {count} more")
STOCK = Sentence("库存", "stock")

NAMED = 3
"""So many lots, open orders and planned orders of one leftover are named."""


def going_out(case: Case, netted: Netted, about: Ordered, lang: Language) -> list[pl.DataFrame]:
    """Exceptions ``phase_out_bought``, ``obsolete_bought``, ``phase_out_made`` by order, ``phase_out_left`` by item."""
    status = case.numbering.items["lifecycle"]
    phased_out, obsolete = (status.eq_missing(word).to_numpy() for word in ("phase_out", "obsolete"))
    if not (phased_out | obsolete).any():
        return []
    is_buy, over = about.kind == BUY, netted.orders[:, OVER]
    is_over = (about.kind == MAKE) & (over > 0)
    return [
        *_ordered("obsolete_bought", OBSOLETE, is_buy & obsolete[about.item], case, netted, about, lang),
        *_ordered("phase_out_bought", PHASED_OUT, is_buy & phased_out[about.item], case, netted, about, lang),
        *_ordered("phase_out_made", MADE, is_over & (phased_out | obsolete)[about.item], case, netted, about, lang),
        *_left(case, phased_out | obsolete, leftovers(case, netted, about.names), lang),
    ]


def _ordered(
    code: str, sentence: Sentence, which: Flags, case: Case, netted: Netted, about: Ordered, lang: Language
) -> list[pl.DataFrame]:
    row: Ints = np.flatnonzero(which)
    if row.size == 0:
        return []
    items, item, steps, over = case.numbering.items, about.item[row], about.steps[row], netted.orders[row, OVER]
    message = filled(
        sentence,
        lang,
        item=items["item"][item],
        unit=items["unit"][item],
        qty=quantities(netted.orders[row, QTY], steps),
        over=quantities(over, steps),
        value=amounts(over / steps * case.numbering.unit_value[item]),
    )
    return [rows("warning", code, about.names[row], message)]


def _left(case: Case, going: Flags, left: pl.DataFrame, lang: Language) -> list[pl.DataFrame]:
    """What remains of each such item, the dearest first, with the lots and orders that it comes from."""
    items = case.numbering.items.filter(pl.Series(going)).select("item", "unit").unique()
    table = (
        left.join(items, on="item")
        .sort("value", "cause", descending=[True, False])
        .group_by("item", "unit")
        .agg(pl.col("qty").sum(), pl.col("value").sum(), pl.col("cause").unique(maintain_order=True))
        .sort("value", "item", descending=[True, False])
    )
    if table.is_empty():
        return []
    causes = [_named(names, lang) for names in table["cause"].to_list()]
    qty = table["qty"].round(6).cast(pl.String).str.strip_suffix(".0")
    value = amounts(table["value"].to_numpy())
    message = filled(LEFT, lang, item=table["item"], unit=table["unit"], qty=qty, value=value, causes=pl.Series(causes))
    return [rows("info", "phase_out_left", table["item"], message)]


def _named(names: list[str], lang: Language) -> str:
    shown = ", ".join(STOCK.say(lang) if name == STOCK_WITHOUT_LOT else name for name in names[:NAMED])
    return FOR_MANY.say(lang, causes=shown, count=len(names) - NAMED) if len(names) > NAMED else shown
