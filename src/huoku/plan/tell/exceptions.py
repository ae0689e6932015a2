"""What a person should look at, the gravest first."""

from decimal import Decimal
from itertools import pairwise

import numpy as np
import polars as pl

from huoku.buy.terms import Ints
from huoku.compiled import kernel
from huoku.language import Language, Sentence
from huoku.plan.decide.columns import OVER, QTY
from huoku.plan.decide.netting import Netted
from huoku.plan.decide.promise import Promises
from huoku.plan.model.build import Case
from huoku.plan.model.claiming import FORECAST, SAFETY, SUPPLY
from huoku.plan.model.numbers import epoch_day
from huoku.plan.tell.bottlenecks import bottlenecks
from huoku.plan.tell.going_out import still_bought
from huoku.plan.tell.ordered import BUY, Ordered
from huoku.plan.tell.perishing import perishing
from huoku.plan.tell.reserved import reserved_elsewhere
from huoku.plan.tell.substituted import substitute_uses
from huoku.plan.tell.use_ends import use_ends
from huoku.plan.tell.words import amounts, calendar, dates, filled, quantities, rows

POSTPONE_DAYS = 7
"""A supply that comes so much earlier than it is needed is worth a call to the supplier."""

VERY_HIGH, HIGH = 0.75, 0.50
"""Grades of the MOQ excess share: the leftover of an order as a part of what is bought."""

LATE = Sentence("晚 {late} 天：{reason}", "{late} days late: {reason}")
NOT_PROMISED = Sentence("计划期内交不了：{reason}", "cannot be delivered by the last day: {reason}")
BEYOND = Sentence("交期 {due} 在计划期最后一天之后，未排", "due on {due}, after the last day of the plan: not planned")
PHANTOM = Sentence(
    "要的是虚拟件，虚拟件不能单独交货；请改成自制件",
    "asks for a phantom, which is never delivered by itself; make its kind make",
)
TOO_FINE = Sentence(
    "要 {qty}，比最小单位 {step} 还细，无法如数交货；请把 items 表的 decimals 改大，或改数量",
    "{qty} is finer than the smallest step, {step}, and cannot be shipped exactly: "
    "raise decimals in the table items, or change the quantity",
)
CONSUMED = Sentence(
    "预测 {full} 已被当月订单用掉 {used}，余 {rest}",
    "orders of its month have used {used} of this forecast of {full}; {rest} remains",
)
RESERVED = Sentence(
    "预测余下的 {rest} 已备料，{day} 可用", "what remains of this forecast, {rest}, is planned for {day}"
)
OVERDUE = Sentence(
    "{item} {qty} 应于 {due} 到，已过期；按今天到计算",
    "{qty} of {item} was due on {due} and is overdue; counted as here today",
)
NOT_NEEDED = Sentence(
    "{item} {due} 到的 {qty} 里有 {excess} 用不上：取消、减量或推迟",
    "{excess} of {qty} of {item} due on {due} is not needed: cancel, reduce or put off",
)
EXPEDITE = Sentence(
    "{item} {qty} 请从 {due} 提前到 {ideal}：可少下新单",
    "bring {qty} of {item} in from {due} to {ideal}: it saves new orders",
)
POSTPONE = Sentence("{item} {qty} 可从 {due} 推迟到 {ideal}", "{qty} of {item} can be put off from {due} to {ideal}")
DELAYED = Sentence(
    "{item} {qty} 缺料，{due} 完不成，最早 {there}：{reason}",
    "{qty} of {item} lacks components: done on {there}, not {due}: {reason}",
)
BELOW = Sentence(
    "安全库存 {qty} 到 {day} 才能补足：{reason}", "safety stock of {qty} is complete only on {day}: {reason}"
)
NEVER_FILLED = Sentence(
    "安全库存 {qty} 计划期内补不足：{reason}", "safety stock of {qty} cannot be filled by the last day: {reason}"
)
EXCESS = Sentence(
    "{item} 买 {qty}，多出 {over}（{share}%，值 {value}）",
    "{over} of the {qty} of {item} ordered is left over ({share} %, worth {value})",
)

SERVES = Sentence(
    "；为 {demands}{more} 而买，这些需求售价合计 {sales}", "; bought for {demands}{more}, which sell for {sales}"
)
MORE = Sentence(" 等另 {count} 个", " and {count} more")

TRACED, NAMED = 100, 3
"""So many of the dearest leftovers are followed up to their demands, and so many demands are named."""

GRAVITY = pl.Enum(["error", "warning", "info"])
SCHEMA = {"severity": pl.String, "code": pl.String, "subject": pl.String, "message": pl.String}


@kernel
def fill_ideal_days(
    receipts_first: Ints,
    receipt_is_supply: Ints,
    receipt_qty: Ints,
    peg_first: Ints,
    peg_qty: Ints,
    peg_day: Ints,
    ideal: Ints,
    excess: Ints,
) -> None:
    """Write when the first unit of each supply is needed (-1: never), and how much of it nobody needs.

    Stock serves the first needs, then the supplies in the order in which they come, whatever their days.
    """
    for node in range(len(receipts_first) - 1):
        p, end = peg_first[node], peg_first[node + 1]
        needed, total = 0, 0
        for q in range(p, end):
            total += peg_qty[q]
        before = 0
        for receipt in range(receipts_first[node], receipts_first[node + 1]):
            if receipt_is_supply[receipt]:
                while p < end and needed + peg_qty[p] <= before:
                    needed += peg_qty[p]
                    p += 1
                ideal[receipt] = peg_day[p] if p < end else -1
                excess[receipt] = min(receipt_qty[receipt], max(0, before + receipt_qty[receipt] - total))
            before += receipt_qty[receipt]


def exceptions(
    case: Case,
    promises: Promises,
    netted: Netted,
    about: Ordered,
    reasons: pl.DataFrame,
    peg_day: Ints,
    source_node: Ints,
    lang: Language,
) -> pl.DataFrame:
    """The table ``exceptions``, the gravest first.

    ``reasons``: claim, late (days), reason of each late claim. ``source_node``: where each peg's source is.
    """
    frames = [
        *_of_demands(case, promises, reasons, lang),
        *_of_silent_demands(case, promises, lang),
        *_of_resources(case, promises, lang),
        *_of_supplies(case, netted, peg_day, reasons, promises, lang),
        *_of_safety(case, reasons, promises, lang),
        *_of_excess(case, netted, about, lang),
        *perishing(case, netted, about, lang),
        *still_bought(case, netted, about, lang),
        *use_ends(case, netted, lang),
        *substitute_uses(case, netted, about, source_node, lang),
    ]
    if not frames:
        return pl.DataFrame(schema=SCHEMA)
    return pl.concat(frames).sort(pl.col("severity").cast(GRAVITY), maintain_order=True)


def _of_demands(case: Case, promises: Promises, reasons: pl.DataFrame, lang: Language) -> list[pl.DataFrame]:
    table = case.claiming.table
    kind = table["kind"].to_numpy()[reasons["claim"].to_numpy()]
    of_demand = reasons.filter(pl.Series((kind != SUPPLY) & (kind != SAFETY)))
    if of_demand.is_empty():
        return []
    claim = of_demand["claim"].to_numpy()
    name = table["name"][claim]
    never = pl.Series(promises.day[claim] < 0)
    fields = {"late": of_demand["late"].cast(pl.String), "reason": of_demand["reason"]}
    return [
        rows("error", "demand_not_promised", name.filter(never), filled(NOT_PROMISED, lang, **fields).filter(never)),
        rows("warning", "demand_late", name.filter(~never), filled(LATE, lang, **fields).filter(~never)),
        *reserved_elsewhere(case, promises, claim, lang),
    ]


def _of_resources(case: Case, promises: Promises, lang: Language) -> list[pl.DataFrame]:
    if case.model.shop.resource.size == 0:
        return []
    full = bottlenecks(case, promises, lang)
    return [rows("warning", "resource_full", full["resource"], full["message"])]


def _of_silent_demands(case: Case, promises: Promises, lang: Language) -> list[pl.DataFrame]:
    asked, steps = case.claiming.asked, case.numbering.steps
    told = []
    for silent, severity, code, sentence in (
        ("beyond_horizon", "info", "demand_beyond_horizon", BEYOND),
        ("phantom", "error", "demand_of_phantom", PHANTOM),
        ("too_fine", "error", "demand_too_fine", TOO_FINE),
    ):
        mask = asked["silent"] == silent
        if not mask.any():
            continue
        here = asked.filter(mask)
        demands = case.factory.demands[here["row"].to_numpy()]
        fields = {
            "due": demands["due"].cast(pl.String),
            "qty": demands["qty"].cast(pl.String).str.strip_chars_end("0"),
            "step": pl.Series([f"{Decimal(1) / per:f}" for per in steps[here["item"].to_numpy()].tolist()]),
        }
        told.append(rows(severity, code, here["demand"], filled(sentence, lang, **fields)))
    used = asked.filter(asked["consumed"] > 0)
    if used.height:
        per = steps[used["item"].to_numpy()]
        fields = {
            name: quantities(used[column].to_numpy(), per)
            for name, column in (("full", "full"), ("used", "consumed"), ("rest", "qty"))
        }
        told.append(rows("info", "forecast_consumed", used["demand"], filled(CONSUMED, lang, **fields)))
    table = case.claiming.table
    claim = np.flatnonzero((table["kind"] == FORECAST).to_numpy() & ~table["whole"].to_numpy() & (promises.day >= 0))
    if claim.size:
        days = calendar(epoch_day(case.factory), case.model.horizon)[promises.day[claim]]
        item = table["node"].to_numpy()[claim] // case.model.locations
        rest = quantities(table["qty"].to_numpy()[claim], steps[item])
        told.append(rows("info", "forecast_planned", table["name"][claim], filled(RESERVED, lang, rest=rest, day=days)))
    return told


def _of_supplies(
    case: Case, netted: Netted, peg_day: Ints, reasons: pl.DataFrame, promises: Promises, lang: Language
) -> list[pl.DataFrame]:
    come, table = case.incoming.receipts, case.incoming.table
    is_supply = (table["kind"] == "supply").to_numpy()
    if not is_supply.any():
        return []
    ideal, excess = np.full(table.height, -1, np.int64), np.zeros(table.height, np.int64)
    fill_ideal_days(
        come.first, is_supply.astype(np.int64), come.qty, netted.peg_first, netted.peg_qty, peg_day, ideal, excess
    )
    item = table["node"].to_numpy() // case.model.locations
    due, qty = table["due"].to_numpy(), come.qty
    epoch = epoch_day(case.factory)
    steps = case.numbering.steps[item]
    fields = {
        "item": case.numbering.items["item"][item],
        "qty": quantities(qty, steps),
        "excess": quantities(excess, steps),
        "due": dates(due, epoch).cast(pl.String),
        "ideal": dates(np.maximum(ideal, 0), epoch).cast(pl.String),
    }
    told = []
    wrong_day = is_supply & (ideal >= 0) & (excess < qty)
    for here, code, sentence in (
        (is_supply & (due < 0), "supply_overdue", OVERDUE),
        (is_supply & (excess > 0), "supply_not_needed", NOT_NEEDED),
        (wrong_day & (come.day > ideal), "supply_expedite", EXPEDITE),
        (wrong_day & (due >= 0) & (come.day + POSTPONE_DAYS < ideal), "supply_postpone", POSTPONE),
    ):
        if not here.any():
            continue
        mask = pl.Series(here)
        severity = "info" if code == "supply_postpone" else "warning"
        told.append(rows(severity, code, table["name"].filter(mask), filled(sentence, lang, **fields).filter(mask)))
    delayed = reasons.filter(pl.Series(case.claiming.table["kind"].to_numpy()[reasons["claim"].to_numpy()] == SUPPLY))
    if delayed.height:
        claims, claim = case.claiming.claims, delayed["claim"].to_numpy()
        day = promises.day[claim]
        there = np.where(day < 0, case.model.horizon + 1, claims.arrives[claim] + day - claims.day[claim])
        node = claims.node[claim] // case.model.locations
        message = filled(
            DELAYED,
            lang,
            item=case.numbering.items["item"][node],
            qty=quantities(claims.qty[claim], case.numbering.steps[node]),
            due=calendar(epoch, case.model.horizon + 1)[np.minimum(claims.arrives[claim], case.model.horizon + 1)],
            there=calendar(epoch, case.model.horizon + 1)[np.minimum(there, case.model.horizon + 1)],
            reason=delayed["reason"],
        )
        told.append(rows("warning", "supply_delayed", case.claiming.table["name"][claim], message))
    return told


def _of_safety(case: Case, reasons: pl.DataFrame, promises: Promises, lang: Language) -> list[pl.DataFrame]:
    table = case.claiming.table
    late = reasons.filter(pl.Series(table["kind"].to_numpy()[reasons["claim"].to_numpy()] == SAFETY))
    if late.is_empty():
        return []
    claim = late["claim"].to_numpy()
    item = table["node"].to_numpy()[claim] // case.model.locations
    fields = {
        "qty": quantities(table["qty"].to_numpy()[claim], case.numbering.steps[item]),
        "day": calendar(epoch_day(case.factory), case.model.horizon)[np.maximum(promises.day[claim], 0)],
        "reason": late["reason"],
    }
    message = filled(BELOW, lang, **fields).zip_with(
        pl.Series(promises.day[claim] >= 0), filled(NEVER_FILLED, lang, **fields)
    )
    return [rows("warning", "below_safety_stock", table["name"][claim], message)]


def _of_excess(case: Case, netted: Netted, about: Ordered, lang: Language) -> list[pl.DataFrame]:
    """Orders of which half or more is left over, the dearest first, with what the demands behind them sell for."""
    orders = netted.orders
    share = orders[:, OVER] / np.maximum(orders[:, QTY], 1)
    row = np.flatnonzero((about.kind == BUY) & (share >= HIGH))
    if row.size == 0:
        return []
    value = orders[row, OVER] / about.steps[row] * case.numbering.unit_value[about.item[row]]
    sequence = np.lexsort((row, -value))
    row, value = row[sequence], value[sequence]
    item, steps = about.item[row], about.steps[row]
    message = filled(
        EXCESS,
        lang,
        item=case.numbering.items["item"][item],
        qty=quantities(orders[row, QTY], steps),
        over=quantities(orders[row, OVER], steps),
        share=pl.Series(np.floor(share[row] * 100 + 1e-9).astype(np.int64)).cast(pl.String),
        value=amounts(value),
    )
    behind = served_demands(case, netted, row[:TRACED])
    for_whom = filled(
        SERVES,
        lang,
        demands=behind["demands"],
        more=pl.Series(
            [MORE.say(lang, count=n - NAMED) if n > NAMED else "" for n in behind["count"].to_list()], dtype=pl.String
        ),
        sales=amounts(behind["sales"].to_numpy()),
    )
    message = pl.concat([message.head(TRACED) + for_whom, message.slice(TRACED)])
    grade = pl.Series(np.where(share[row] >= VERY_HIGH, "warning", "info"))
    return [rows("info", "moq_excess", about.names[row], message).with_columns(severity=grade)]


def served_demands(case: Case, netted: Netted, row: Ints) -> pl.DataFrame:
    """The demands that the given orders end in, by order: demands (the first few names), count, sales."""
    root, order = np.arange(row.size), row.astype(np.int64)
    pairs = []
    while order.size:
        wanted = np.zeros(netted.orders.shape[0], bool)
        wanted[order] = True
        peg = np.flatnonzero((netted.peg_source >= 0) & wanted[np.maximum(netted.peg_source, 0)])
        source, consumer = netted.peg_source[peg], netted.peg_consumer[peg].astype(np.int64)
        # Each root goes on with all consumers of its orders: the pegs of one order stand together.
        by_source = np.argsort(source, kind="stable")
        source, consumer = source[by_source], consumer[by_source]
        begin, end = np.searchsorted(source, order), np.searchsorted(source, order, side="right")
        count = end - begin
        at = np.repeat(begin - np.cumsum(count) + count, count) + np.arange(count.sum())
        found = np.unique(np.stack((np.repeat(root, count), consumer[at]), axis=1), axis=0)
        is_claim = found[:, 1] < 0
        pairs.append(found[is_claim] * (1, -1) - (0, 1))
        root, order = found[~is_claim, 0], found[~is_claim, 1]
    every = np.unique(np.concatenate(pairs), axis=0)
    table = case.claiming.table
    name = table["name"][every[:, 1]].to_list()
    value = table["value"].to_numpy()[every[:, 1]]
    of_root = list(pairwise(np.searchsorted(every[:, 0], np.arange(row.size + 1)).tolist()))
    return pl.DataFrame(
        {
            "demands": [", ".join(name[begin : min(end, begin + NAMED)]) or "-" for begin, end in of_root],
            "count": [end - begin for begin, end in of_root],
            "sales": [float(value[begin:end].sum()) for begin, end in of_root],
        }
    )
