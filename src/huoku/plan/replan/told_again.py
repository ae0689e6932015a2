"""The plan after a change in tables: rows that nothing touched are taken over, the others are told anew."""

import numpy as np
import polars as pl

from huoku.buy.terms import Ints
from huoku.language import Language
from huoku.plan.decide.decided import Decided
from huoku.plan.plan import Plan
from huoku.plan.replan.netted_again import Settled
from huoku.plan.replan.spliced import Cut, order_cuts, peg_cuts, spliced_frame
from huoku.plan.tell.exceptions import exceptions
from huoku.plan.tell.figures import figures
from huoku.plan.tell.leftovers import leftovers
from huoku.plan.tell.ordered import Ordered, kinds_of, order_names, ordered
from huoku.plan.tell.schedule import schedule
from huoku.plan.tell.tables import (
    decisions_table,
    earmarks_table,
    late_claims,
    nodes_of_pegs,
    orders_table,
    peg_days,
    promises_table,
    set_aside,
    usage_table,
)


def told_again(before: Plan, decided: Decided, now: Decided, settled: Settled, lang: Language) -> Plan:
    """The plan as it was decided now. An order that is what it was, changed perhaps, keeps its name."""
    case, promises, netted = now.case, now.promised.promises, now.netted
    places = case.model.locations
    cuts = order_cuts(decided.netted, settled, places)
    about = ordered(case, netted, lang, names_after(before.orders["order"], now, settled, cuts))
    rows = new_rows(cuts)
    some, of_some = netted._replace(orders=netted.orders[rows], money=netted.money[rows]), taken(about, rows)
    day = peg_days(netted, promises.day)
    late = late_claims(case, promises, about.sources, lang)
    nodes = nodes_of_pegs(case, netted)
    doubts = exceptions(case, promises, netted, about, late, day, nodes, lang)
    return Plan(
        factory=case.factory,
        lang=lang,
        orders=spliced_frame(before.orders, orders_table(case, some, of_some, lang), cuts),
        usage=_usage(before, decided, now, settled, about.names, day),
        promises=promises_table(case, promises, late, doubts.select("subject", "message")),
        exceptions=doubts,
        leftovers=leftovers(case, netted, about.names),
        decisions=spliced_frame(before.decisions, decisions_table(some, of_some), cuts),
        earmarks=earmarks_table(case, netted, about.names, day, np.flatnonzero(set_aside(case, netted))),
        schedule=schedule(case, netted, now.promised.made, about.names),
        figures=figures(case, promises, netted, about, day),
        effort=before.effort,
    )


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
    was = np.concatenate([np.zeros(0, np.int64), *(family.was for family in settled.families)])
    added = np.flatnonzero(was < 0)
    last = int(before.str.slice(3).cast(pl.Int64).max() or 0) if added.size else 0  # type: ignore[arg-type]
    was[added] = len(before) + np.arange(added.size)
    fresh = order_names(kinds_of(now.case, now.netted.orders[new_rows(cuts)[added]]), last)
    called = pl.concat([before, fresh]).gather(was)
    frame = spliced_frame(before.to_frame("order"), called.to_frame("order"), cuts)
    return frame["order"]


def _usage(before: Plan, decided: Decided, now: Decided, settled: Settled, names: pl.Series, day: Ints) -> pl.DataFrame:
    """The table ``usage``: pegs of consumers that it may not name have no row in it."""
    cuts = peg_cuts(decided.netted, settled, now.case.model.locations)
    before_aside, aside = set_aside(decided.case, decided.netted), set_aside(now.case, now.netted)
    told_before = (
        np.concatenate(([0], np.cumsum(~before_aside))) if before_aside.any() else np.arange(before_aside.size + 1)
    )
    rows, at, in_rows = new_rows(cuts), 0, []
    for cut in cuts:
        length = cut.last - cut.first
        told = int((~aside[rows[at : at + length]]).sum())
        in_rows.append(Cut(int(told_before[cut.begin]), int(told_before[cut.end]), 0, told))
        at += length
    which = rows[~aside[rows]]
    return spliced_frame(before.usage, usage_table(now.case, now.netted, names, day, which), in_rows)
