"""What expires before the plan ends and is not used until then, and stock that has expired already."""

import numpy as np
import polars as pl

from huoku.buy.terms import Ints
from huoku.language import Language, Sentence
from huoku.plan.decide.columns import DUE, NODE
from huoku.plan.decide.netting import Netted
from huoku.plan.model.build import Case
from huoku.plan.model.numbers import epoch_day
from huoku.plan.model.pieces import FOR_EVER
from huoku.plan.tell.ordered import Ordered
from huoku.plan.tell.words import amounts, dates, filled, quantities, rows

LOT_EXPIRES = Sentence(
    "{item} 批次 {lot} 有 {qty} {unit} 到 {last} 还用不完（值 {value}），过后就不能用",
    "{qty} {unit} of {item}, lot {lot}, are not used by {last}, their last good day (worth {value})",
)
STOCK_EXPIRES = Sentence(
    "{item} 库存有 {qty} {unit} 到 {last} 还用不完（值 {value}），过后就不能用",
    "{qty} {unit} of {item} in stock are not used by {last}, their last good day (worth {value})",
)
ORDER_EXPIRES = Sentence(
    "{item} {order} 有 {qty} {unit} 到 {last} 还用不完（值 {value}），过后就不能用",
    "{qty} {unit} of {item} from {order} are not used by {last}, their last good day (worth {value})",
)
HAS_EXPIRED = Sentence(
    "{item} 库存 {qty} {unit}（{lot}，值 {value}）已过有效期，计划不用它：请处理",
    "{qty} {unit} of {item} in stock ({lot}, worth {value}) have expired and are not planned with: to be disposed of",
)
NO_LOT = Sentence("没有批号", "no lot")


def last_days(case: Case, netted: Netted, receipt: Ints, order: Ints) -> tuple[Ints, Ints]:
    """The last good day of these receipts and of these orders; ``FOR_EVER`` where it has none, or a very late one."""
    lasts, places = np.minimum(case.model.lasts, FOR_EVER), case.model.locations
    table, orders = case.incoming.table, netted.orders[order]
    day, node, expires = (table[name].to_numpy()[receipt] for name in ("day", "node", "expires"))
    is_supply = (table["kind"] == "supply").to_numpy()[receipt]
    of_supply = np.minimum(day + lasts[node // places], expires)
    of_receipt = np.where(is_supply, of_supply, expires)
    return of_receipt, orders[:, DUE] + lasts[orders[:, NODE] // places]


def perishing(case: Case, netted: Netted, about: Ordered, lang: Language) -> list[pl.DataFrame]:
    """The exceptions ``expires`` and ``expired``."""
    horizon, table, aside = case.model.horizon, case.incoming.table, case.incoming.aside
    receipt, order = np.flatnonzero(netted.receipt_left > 0), np.flatnonzero(netted.order_left > 0)
    of_receipt, of_order = last_days(case, netted, receipt, order)
    if not ((of_receipt < horizon).any() or (of_order < horizon).any() or aside["is_expired"].any()):
        return []
    receipt, of_receipt = receipt[of_receipt < horizon], of_receipt[of_receipt < horizon]
    order, of_order = order[of_order < horizon], of_order[of_order < horizon]
    is_stock = (table["kind"] == "stock").to_numpy()[receipt]
    named = table["name"][receipt].is_not_null().to_numpy()
    told = []
    for which, sentence in (
        (is_stock & named, LOT_EXPIRES),
        (is_stock & ~named, STOCK_EXPIRES),
        (~is_stock, ORDER_EXPIRES),
    ):
        if which.any():
            here = receipt[which]
            fields = _fields(case, table["node"].to_numpy()[here], netted.receipt_left[here], of_receipt[which])
            name = table["name"][here]
            subject = name if sentence is ORDER_EXPIRES else fields["item"]
            told.append(rows("warning", "expires", subject, filled(sentence, lang, lot=name, order=name, **fields)))
    if order.size:
        fields = _fields(case, netted.orders[order, NODE], netted.order_left[order], of_order)
        name = about.names[order]
        told.append(rows("warning", "expires", name, filled(ORDER_EXPIRES, lang, order=name, **fields)))
    if aside["is_expired"].any():
        gone = aside.filter(pl.col("is_expired") & (pl.col("qty") >= 1))
        qty = gone["qty"].to_numpy().astype(np.int64)
        fields = _fields(case, gone["node"].to_numpy(), qty, np.zeros(gone.height, np.int64))
        lot = gone["name"].fill_null(NO_LOT.say(lang))
        told.append(rows("warning", "expired", fields["item"], filled(HAS_EXPIRED, lang, lot=lot, **fields)))
    return told


def _fields(case: Case, node: Ints, qty: Ints, last: Ints) -> dict[str, pl.Series]:
    numbering = case.numbering
    item = node // case.model.locations
    steps = numbering.steps[item]
    return {
        "item": numbering.items["item"][item],
        "unit": numbering.items["unit"][item],
        "qty": quantities(qty, steps),
        "value": amounts(qty / steps * numbering.unit_value[item]),
        "last": dates(last, epoch_day(case.factory)).cast(pl.String),
    }
