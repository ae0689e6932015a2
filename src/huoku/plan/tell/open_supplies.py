"""Open orders that are overdue, are not needed, come at the wrong time, or lack components."""

import numpy as np
import polars as pl

from huoku.buy.terms import Ints
from huoku.compiled import kernel
from huoku.language import Language, Sentence
from huoku.plan.decide.promise import Promises
from huoku.plan.model.build import Case
from huoku.plan.model.claiming import SUPPLY
from huoku.plan.model.numbers import epoch_day
from huoku.plan.model.shop import fixed_rows
from huoku.plan.tell.pegged import Pegged
from huoku.plan.tell.words import calendar, dates, filled, quantities, rows

POSTPONE_DAYS = 7
"""A supply that comes so much earlier than it is needed is worth a call to the supplier."""

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
NO_ROOM = Sentence(
    "{item} {qty} 应在 {due} 做完，但机器排满，工序最早 {done} 才排得完；计划按 {counted} 可用计算",
    "{qty} of {item} is due on {due}, but its operations find room on their machines only until {done}; "
    "it is counted on {counted}",
)

FIXED_LATE = Sentence(
    "{item} {qty} 应在 {due} 做完，但有工序由人工排在后面，{done} 才做得完；计划按 {counted} 可用计算",
    "{qty} of {item} is due on {due}, but some of its work is fixed by hand so that it is done on {done}; "
    "it is counted on {counted}",
)


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


def open_supplies(
    case: Case, pegged: Pegged, reasons: pl.DataFrame, promises: Promises, lang: Language
) -> list[pl.DataFrame]:
    come, table = case.incoming.receipts, case.incoming.table
    is_supply = (table["kind"] == "supply").to_numpy()
    if not is_supply.any():
        return []
    netted = pegged.netted
    ideal, excess = np.full(table.height, -1, np.int64), np.zeros(table.height, np.int64)
    fill_ideal_days(
        come.first, is_supply.astype(np.int64), come.qty, netted.peg_first, netted.peg_qty, pegged.day, ideal, excess
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
    told += _without_room(case, lang)
    delayed = reasons.filter(pl.Series(case.claiming.table["kind"].to_numpy()[reasons["claim"].to_numpy()] == SUPPLY))
    if delayed.height:
        claims, claim = case.claiming.claims, delayed["claim"].to_numpy()
        day = promises.day[claim]
        there = np.where(day < 0, case.model.horizon + 1, np.maximum(claims.arrives[claim], day + claims.takes[claim]))
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


def _without_room(case: Case, lang: Language) -> list[pl.DataFrame]:
    """Open make orders whose work ends later than it should."""
    opened, last = case.opened, case.model.horizon + 1
    late = np.flatnonzero(opened.done > opened.day)
    if late.size == 0:
        return []
    days = calendar(epoch_day(case.factory), last)
    supplies = case.factory.supplies[opened.row[late]]
    fields = {
        "item": supplies["item"],
        "qty": quantities(opened.qty[late], case.numbering.steps[opened.item[late]]),
        "due": supplies["due"].cast(pl.String),
        "done": days[np.minimum(opened.done[late], last)],
        "counted": days[np.minimum(np.where(opened.is_to_issue, opened.done, opened.day)[late], last)],
    }
    fixed = fixed_rows(case.factory, case.numbering)["supply_row"].to_numpy()
    by_hand = pl.Series(np.isin(opened.row[late], fixed))
    message = filled(NO_ROOM, lang, **fields).zip_with(~by_hand, filled(FIXED_LATE, lang, **fields))
    return [rows("warning", "open_work_late", supplies["supply"], message)]
