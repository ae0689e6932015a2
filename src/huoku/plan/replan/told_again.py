"""The plan after a change in tables: rows that nothing touched are taken over, the others are told anew."""

from collections.abc import Callable

import numpy as np
import polars as pl

from huoku.buy.terms import Flags, Ints
from huoku.language import Language
from huoku.plan.decide.decided import Decided
from huoku.plan.decide.netting import Netted
from huoku.plan.model.build import Case
from huoku.plan.plan import Plan
from huoku.plan.planner import OrderTables, told, told_with
from huoku.plan.replan.netted_again import Settled
from huoku.plan.replan.spliced import (
    Cut,
    Numbers,
    order_cuts,
    peg_cuts,
    renumbering,
    spliced,
    spliced_frame,
    trimmed,
)
from huoku.plan.tell.ordered import Ordered, kinds_of, order_names, ordered
from huoku.plan.tell.pegged import Pegged
from huoku.plan.tell.tables import decisions_table, orders_table, usage_table

GONE = np.iinfo(np.int32).max // 2
"""No consumer and no source has this number, nor the one that stands for a claim or receipt of this number."""


def told_again(
    before: Plan, decided: Decided, now: Decided, settled: Settled, numbers: Numbers, lang: Language
) -> Plan:
    """The plan as it was decided now. An order that is what it was, changed perhaps, keeps its name."""
    case, netted = now.case, now.netted
    cuts = order_cuts(decided.netted, settled, case.model.locations)
    names = names_after(before.orders["order"], now, settled, cuts)
    if lang != before.lang or case.numbering is not decided.case.numbering:
        return told(case, now.promised, netted, lang, names)  # what stands there is said in other words
    about = ordered(case, netted, lang, names)
    pegged = Pegged(case, netted, now.promised.promises.day)
    orders, decisions = _orders(before, case, netted, about, settled, cuts, lang)
    usage = _usage(before, decided, settled, pegged, numbers, about.names)
    return told_with(OrderTables(orders, usage, decisions), case, now.promised, about, pegged, lang)


def _orders(
    before: Plan, case: Case, netted: Netted, about: Ordered, settled: Settled, cuts: list[Cut], lang: Language
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The tables ``orders`` and ``decisions``, which have a row for each order both."""
    told, begin = settled.told, int(settled.orders[0])
    cuts = trimmed(cuts, lambda row, old: told[row - begin] == old)
    rows, was = (
        new_rows(cuts),
        np.concatenate([told[cut.first - begin : cut.last - begin] for cut in cuts] or [told[:0]]),
    )
    anew = rows[was < 0]
    some, of_some = netted._replace(orders=netted.orders[anew], money=netted.money[anew]), taken(about, anew)
    stood = before.orders.hstack(before.decisions.drop("order"))
    added = orders_table(case, some, of_some, lang).hstack(decisions_table(some, of_some).drop("order"))
    both = spliced_frame(stood, mixed(stood, was, added), cuts)
    return both.select(before.orders.columns), both.select(before.decisions.columns)


def mixed(before: pl.DataFrame, was: Ints, anew: pl.DataFrame) -> pl.DataFrame:
    """Rows as they were told before, ``was``, and rows that are told anew where it is -1, in its order."""
    kept = before[was[was >= 0]]
    place = np.empty(was.size, np.int64)
    place[was >= 0], place[was < 0] = np.arange(kept.height), kept.height + np.arange(anew.height)
    return pl.concat([kept, anew])[place]


def new_rows(cuts: list[Cut]) -> Ints:
    """Where the rows that were put in stand now."""
    rows, grown = [np.zeros(0, np.int64)], 0
    for cut in cuts:
        begin = cut.begin + grown
        rows.append(np.arange(begin, begin + cut.last - cut.first))
        grown += cut.last - cut.first - (cut.end - cut.begin)
    return np.concatenate(rows)


def taken(about: Ordered, rows: Ints) -> Ordered:
    """What is said of some of the orders."""
    by_order = {name: getattr(about, name)[rows] for name in Ordered._fields if name != "sources"}
    return about._replace(**by_order)


def names_after(before: pl.Series, now: Decided, settled: Settled, cuts: list[Cut]) -> pl.Series:
    """By order: the name it had, or the next number that no order has had yet."""
    added = np.flatnonzero(settled.was < 0)
    fresh = order_names(kinds_of(now.case, now.netted.orders[new_rows(cuts)[added]]), now.numbered - added.size)
    of_desk = settled.was.copy()
    of_desk[added] = len(before) + np.arange(added.size)
    begin = int(settled.orders[0])
    desk_cuts = [cut._replace(first=cut.first - begin, last=cut.last - begin) for cut in cuts]
    names: pl.Series = pl.concat([before, fresh])[spliced(np.arange(len(before)), of_desk, desk_cuts)]
    return names


def _usage(
    before: Plan, decided: Decided, settled: Settled, pegged: Pegged, numbers: Numbers, names: pl.Series
) -> pl.DataFrame:
    """The table ``usage``: pegs that are set aside have no row in it."""
    case, aside = pegged.case, pegged.set_aside
    pegged_before = Pegged(decided.case, decided.netted, decided.promised.promises.day)
    cuts = peg_cuts(decided.netted, settled, case.model.locations)
    if case.incoming is decided.case.incoming:
        cuts = trimmed(cuts, _say_the_same(pegged_before, pegged, numbers, new_rows(cuts), int(settled.pegs[0])))
    rows, table = new_rows(cuts), np.array(cuts, np.int64).reshape(-1, 4)
    is_told = ~aside[rows]
    begins, ends = (row - np.searchsorted(pegged_before.earmarks, row) for row in (table[:, 0], table[:, 1]))
    lengths = table[:, 3] - table[:, 2]
    before_each = np.append(0, np.cumsum(is_told))[np.cumsum(lengths) - lengths]
    told_of_each = np.diff(before_each, append=np.count_nonzero(is_told))
    sides = (begins.tolist(), ends.tolist(), told_of_each.tolist())
    in_rows = [Cut(begin, end, 0, told) for begin, end, told in zip(*sides, strict=True)]
    which = rows[is_told]
    return spliced_frame(before.usage, usage_table(case, pegged, names, which), in_rows)


def _say_the_same(
    before: Pegged, now: Pegged, numbers: Numbers, rows: Ints, begin: int
) -> Callable[[Ints, Ints], Flags]:
    """Do pegs say what they said before: who uses how much of which source, and on which day? See ``trimmed``.

    ``rows``: where the pegs of the desk from ``begin`` on stand now. For where the same comes as before.
    """
    moved = np.append(now.claim_day, -1)[numbers.claim] != before.claim_day
    order = np.where(numbers.order < 0, GONE, numbers.order)
    consumers = renumbering(order, np.where(moved | (numbers.claim < 0), GONE, numbers.claim))
    sources = renumbering(order, numbers.receipt)
    ours, theirs = before.netted, now.netted

    def same(row: Ints, old: Ints) -> Flags:
        new = rows[row - begin]
        says: Flags = consumers(ours.peg_consumer[old]) == theirs.peg_consumer[new]
        says &= (sources(ours.peg_source[old]) == theirs.peg_source[new]) & (ours.peg_qty[old] == theirs.peg_qty[new])
        return says & (ours.peg_wish[old] == theirs.peg_wish[new]) if ours.peg_wish.size else says

    return same
