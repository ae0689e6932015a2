"""Purchases of which half or more is left over, with the demands that they were bought for."""

from itertools import islice, pairwise

import numpy as np
import polars as pl

from huoku.buy.terms import Ints
from huoku.language import Language, Sentence
from huoku.plan.decide.columns import COST, NODE, OVER, QTY, SOURCE
from huoku.plan.decide.netting import Netted
from huoku.plan.model.build import Case
from huoku.plan.tell.ordered import BUY, Ordered, kinds_of
from huoku.plan.tell.words import amounts, filled, quantities, rows

VERY_HIGH, HIGH = 0.75, 0.50
"""Grades of the MOQ excess share: the leftover of an order as a part of what is bought."""

EXCESS = Sentence(
    "{item} 买 {qty}，多出 {over}（{share}%，值 {value}）",
    "{over} of the {qty} of {item} ordered is left over ({share} %, worth {value})",
)

SERVES = Sentence(
    "；为 {demands}{more} 而买，这些需求售价合计 {sales}", "; bought for {demands}{more}, which sell for {sales}"
)
OTHERWISE = Sentence(
    "；算上持有和余料能抵回的，总共合 {cost}：小批量报价、分批送货、改设计、拼单或请客户承担余料，低于这个数就更划算",
    "; with holding and what the rest gives back it comes to {cost} in all: a small lot, delivery in calls, another "
    "design, a joint purchase or a customer who pays for the rest is better below that",
)
MORE = Sentence(" 等另 {count} 个", " and {count} more")

TRACED, NAMED = 100, 3
"""So many of the dearest leftovers are followed up to their demands, and so many demands are named."""


def excess(case: Case, netted: Netted, about: Ordered, lang: Language) -> list[pl.DataFrame]:
    """Orders of which half or more is left over, the dearest first, with what the demands behind them sell for.

    And with what any other way may cost that somebody would have to arrange: a plan cannot do it by itself.
    """
    orders = netted.orders
    row = np.flatnonzero(orders[:, OVER] > 0)
    row = row[kinds_of(case, orders[row, SOURCE]) == BUY]
    share = orders[row, OVER] / orders[row, QTY]
    row, share = row[share >= HIGH], share[share >= HIGH]
    if row.size == 0:
        return []
    item = orders[row, NODE] // case.model.locations
    value = orders[row, OVER] / case.numbering.steps[item] * case.numbering.unit_value[item]
    sequence = np.lexsort((row, -value))
    row, item, value, share = row[sequence], item[sequence], value[sequence], share[sequence]
    steps = case.numbering.steps[item]
    message = filled(
        EXCESS,
        lang,
        item=case.numbering.items["item"][item],
        qty=quantities(orders[row, QTY], steps),
        over=quantities(orders[row, OVER], steps),
        share=pl.Series(np.floor(share * 100 + 1e-9).astype(np.int64)).cast(pl.String),
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
    otherwise = filled(OTHERWISE, lang, cost=amounts(netted.money[row[:TRACED], COST]))
    message = pl.concat([message.head(TRACED) + for_whom + otherwise, message.slice(TRACED)])
    grade = pl.Series(np.where(share >= VERY_HIGH, "warning", "info"))
    return [rows(grade, "moq_excess", about.names[row], message)]


def pegs_from(netted: Netted, order: Ints) -> Ints:
    """The pegs whose source is one of these orders."""
    wanted = np.zeros(netted.orders.shape[0], bool)
    wanted[order] = True
    if netted.peg_wish.size:
        peg = np.arange(netted.peg_source.size)  # what is carried is pegged where it was asked for
    else:
        node = np.unique(netted.orders[order, NODE])
        begin, count = netted.peg_first[node], np.diff(netted.peg_first)[node]
        peg = np.repeat(begin - np.cumsum(count) + count, count) + np.arange(count.sum())
    source = netted.peg_source[peg]
    return peg[(source >= 0) & wanted[np.maximum(source, 0)]]


def distinct(one: Ints, other: Ints) -> tuple[Ints, Ints]:
    """The pairs of numbers without those that were there before, sorted. ``one`` is never negative."""
    if one.size == 0:
        return one, other
    lowest = int(other.min())
    span = int(other.max()) - lowest + 1
    one, other = np.divmod(np.unique(one * span + (other - lowest)), span)
    return one, other + lowest


def served_demands(case: Case, netted: Netted, row: Ints) -> pl.DataFrame:
    """The demands that the given orders end in, by order: demands (the first few names), count, sales."""
    root, order = np.arange(row.size), row.astype(np.int64)
    pairs = []
    while order.size:
        peg = pegs_from(netted, order)
        source, consumer = netted.peg_source[peg], netted.peg_consumer[peg].astype(np.int64)
        # Each root goes on with all consumers of its orders: the pegs of one order stand together.
        by_source = np.argsort(source, kind="stable")
        source, consumer = source[by_source], consumer[by_source]
        begin, end = np.searchsorted(source, order), np.searchsorted(source, order, side="right")
        count = end - begin
        at = np.repeat(begin - np.cumsum(count) + count, count) + np.arange(count.sum())
        found_for, found = distinct(np.repeat(root, count), consumer[at])
        is_claim = found < 0
        pairs.append((found_for[is_claim], -1 - found[is_claim]))
        root, order = found_for[~is_claim], found[~is_claim]
    for_root, claim = distinct(*map(np.concatenate, zip(*pairs, strict=True)))
    table = case.claiming.table
    value = table["value"].to_numpy()[claim]
    begins = np.searchsorted(for_root, np.arange(row.size + 1))
    is_named = np.arange(claim.size) - begins[for_root] < NAMED
    name = iter(table["name"][claim[is_named]].to_list())
    of_root = list(pairwise(begins.tolist()))
    return pl.DataFrame(
        {
            "demands": [", ".join(islice(name, min(end - begin, NAMED))) or "-" for begin, end in of_root],
            "count": [end - begin for begin, end in of_root],
            "sales": [float(value[begin:end].sum()) for begin, end in of_root],
        }
    )
