"""The plan after a change in tables: rows that nothing touched are taken over, the others are told anew."""

import numpy as np
import polars as pl

from huoku.buy.terms import Ints
from huoku.language import Language
from huoku.plan.decide.columns import SOURCE
from huoku.plan.decide.decided import Decided
from huoku.plan.plan import Plan
from huoku.plan.planner import OrderTables, told, told_with
from huoku.plan.replan.netted_again import Settled
from huoku.plan.replan.spliced import Cut, order_cuts, peg_cuts, spliced_frame
from huoku.plan.tell.ordered import Ordered, kinds_of, order_names, ordered
from huoku.plan.tell.pegged import Pegged
from huoku.plan.tell.tables import (
    decisions_table,
    orders_table,
    usage_table,
)


def told_again(before: Plan, decided: Decided, now: Decided, settled: Settled, lang: Language) -> Plan:
    """The plan as it was decided now. An order that is what it was, changed perhaps, keeps its name."""
    case, netted = now.case, now.netted
    cuts = order_cuts(decided.netted, settled, case.model.locations)
    names = names_after(before.orders["order"], now, settled, cuts)
    if lang != before.lang or case.numbering is not decided.case.numbering:
        return told(case, now.promised, netted, lang, names)  # what stands there is said in other words
    about = ordered(case, netted, lang, names)
    rows = new_rows(cuts)
    was = settled.told
    anew = rows[was < 0]
    some, of_some = netted._replace(orders=netted.orders[anew], money=netted.money[anew]), taken(about, anew)
    pegged = Pegged(case, netted, now.promised.promises.day)
    # Both tables have a row for each order. To select columns of many pieces would copy them, to pick them does not.
    stood = before.orders.hstack(before.decisions.drop("order"))
    added = orders_table(case, some, of_some, lang).hstack(decisions_table(some, of_some).drop("order"))
    both = spliced_frame(stood, mixed(stood, was, added), cuts)
    usage = _usage(before, decided, settled, pegged, about.names)
    tables = OrderTables(both[before.orders.columns], usage, both[before.decisions.columns])
    return told_with(tables, case, now.promised, about, pegged, lang)


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
    was = settled.was
    added = np.flatnonzero(was < 0)
    fresh = order_names(kinds_of(now.case, now.netted.orders[new_rows(cuts)[added], SOURCE]), now.numbered - added.size)
    column = before.to_frame("order")
    frame = spliced_frame(column, mixed(column, was, fresh.to_frame("order")), cuts)
    return frame["order"].rechunk()  # it is looked up row by row


def _usage(before: Plan, decided: Decided, settled: Settled, pegged: Pegged, names: pl.Series) -> pl.DataFrame:
    """The table ``usage``: pegs that are set aside have no row in it."""
    case, aside = pegged.case, pegged.set_aside
    cuts = peg_cuts(decided.netted, settled, case.model.locations)
    aside_before = Pegged(decided.case, decided.netted, decided.promised.promises.day).earmarks
    rows, table = new_rows(cuts), np.array(cuts, np.int64).reshape(-1, 4)
    is_told = ~aside[rows]
    begins, ends = (row - np.searchsorted(aside_before, row) for row in (table[:, 0], table[:, 1]))
    lengths = table[:, 3] - table[:, 2]
    before_each = np.append(0, np.cumsum(is_told))[np.cumsum(lengths) - lengths]
    told_of_each = np.diff(before_each, append=np.count_nonzero(is_told))
    sides = (begins.tolist(), ends.tolist(), told_of_each.tolist())
    in_rows = [Cut(begin, end, 0, told) for begin, end, told in zip(*sides, strict=True)]
    which = rows[is_told]
    return spliced_frame(before.usage, usage_table(case, pegged, names, which), in_rows)
