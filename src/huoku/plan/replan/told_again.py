"""The plan after a change in tables: rows that nothing touched are taken over, the others are told anew."""

import numpy as np
import polars as pl

from huoku.buy.terms import Ints
from huoku.language import Language
from huoku.plan.decide.columns import SOURCE
from huoku.plan.decide.decided import Decided
from huoku.plan.plan import Plan
from huoku.plan.planner import OfOrders, Told, told, told_with
from huoku.plan.replan.cuts import Cuts, peg_cuts
from huoku.plan.replan.netted_again import Settled
from huoku.plan.replan.spliced import nodes_again, spliced_frame
from huoku.plan.tell.figures import Sums, sums
from huoku.plan.tell.ordered import Ordered, kinds_of, order_names, source_names
from huoku.plan.tell.pegged import Pegged
from huoku.plan.tell.tables import (
    UNSAID,
    decisions_table,
    orders_table,
    usage_table,
)


def told_again(
    before: Plan, decided: Decided, now: Decided, settled: Settled, cuts: Cuts, claim_after: Ints, lang: Language
) -> Plan:
    """The plan as it was decided now. An order that is what it was, changed perhaps, keeps its name.

    ``cuts``: where orders were replaced. ``claim_after``: the number that each claim of ``decided.case`` has now.
    """
    case, netted = now.case, now.netted
    rows = cuts.place
    names = names_of_new(before.orders["order"], now, settled.was, rows)
    if lang != before.lang or case.numbering is not decided.case.numbering:
        named = spliced_frame(before.orders.select("order"), names.to_frame("order"), cuts)
        return told(case, now.promised, netted, lang, named["order"].rechunk())  # all is said in other words
    sources = source_names(case, lang)
    again = Ordered(case, netted.orders[rows], names, sources)
    anew = np.flatnonzero(settled.told < 0)
    some, of_some = netted._replace(orders=again.orders[anew], money=netted.money[rows[anew]]), again.of(anew)
    # Both tables have a row for each order. To select columns of many pieces would copy them, to pick them does not.
    stood = before.orders.hstack(before.decisions.drop("order"))
    added = orders_table(case, some, of_some, lang).hstack(decisions_table(some, of_some).drop("order"))
    both = spliced_frame(stood, mixed(stood, settled.told, added), cuts)
    about = Ordered(case, netted.orders, both["order"].rechunk(), sources)  # names are looked up row by row
    pegged = Pegged(case, netted, now.promised.promises.day)
    usage = _usage(before, decided, settled, pegged, about.names)
    known: Told | None = before.kept.get("told")
    if known is None:
        of_all, said = sums(case, about, netted.order_left), UNSAID
    else:
        of_these = sums(case, again, netted.order_left[rows])
        of_all = sums_after(known.sums, settled, of_these, case.model.locations)
        said = said_before(known.late, decided, now, claim_after)
    of_orders = OfOrders(both[before.orders.columns], usage, both[before.decisions.columns], of_all)
    return told_with(of_orders, case, now.promised, about, pegged, lang, said)


def sums_after(before: Sums, settled: Settled, again: Sums, places: int) -> Sums:
    """The sums of all orders; ``again``: of those of the families that were settled again."""
    node = np.flatnonzero(nodes_again(settled, places, before.left.size))
    after = Sums(before.placed.copy(), before.spent.copy(), before.fees.copy(), before.left.copy())
    for column, found in zip(after, again, strict=True):
        column[node] = found[node]
    return after


def said_before(late: pl.DataFrame, decided: Decided, now: Decided, claim_after: Ints) -> pl.DataFrame:
    """Claim and reason of what was late before, for the same reason; ``late``, ``claim_after``: as of before."""
    if now.case.model is not decided.case.model or now.case.incoming is not decided.case.incoming:
        return UNSAID
    if now.case.numbering.rows:
        return UNSAID  # a reason may tell what others hold
    was = late["claim"].to_numpy()
    claim = claim_after[was]
    same = claim >= 0
    for ours, theirs in zip(decided.promised.promises, now.promised.promises, strict=True):
        equal = ours[was] == theirs[claim]
        same &= equal if equal.ndim == 1 else equal.all(axis=1)
    return pl.DataFrame({"claim": claim[same], "reason": late["reason"].filter(pl.Series(same))})


def mixed(before: pl.DataFrame, was: Ints, anew: pl.DataFrame) -> pl.DataFrame:
    """Rows as they were told before, ``was``, and rows that are told anew where it is -1, in its order."""
    kept = before[was[was >= 0]]
    place = np.empty(was.size, np.int64)
    place[was >= 0], place[was < 0] = np.arange(kept.height), kept.height + np.arange(anew.height)
    return pl.concat([kept, anew])[place]


def names_of_new(before: pl.Series, now: Decided, was: Ints, rows: Ints) -> pl.Series:
    """By row that was put in, of which ``was`` is the old one: the name it had, or a number that no order has had."""
    added = np.flatnonzero(was < 0)
    fresh = order_names(kinds_of(now.case, now.netted.orders[rows[added], SOURCE]), now.numbered - added.size)
    return mixed(before.to_frame("order"), was, fresh.to_frame("order"))["order"]


def _usage(before: Plan, decided: Decided, settled: Settled, pegged: Pegged, names: pl.Series) -> pl.DataFrame:
    """The table ``usage``: pegs that are set aside have no row in it."""
    case, aside = pegged.case, pegged.set_aside
    cuts = peg_cuts(decided.netted, settled, case.model.locations)
    aside_before = Pegged(decided.case, decided.netted, decided.promised.promises.day).earmarks
    begin, end = (row - np.searchsorted(aside_before, row) for row in (cuts.begin, cuts.end))
    is_told = ~aside[cuts.place]
    so_far = np.append(0, np.cumsum(is_told))
    first, last = (so_far[row - cuts.new.start] for row in (cuts.first, cuts.last))
    told_cuts = Cuts(begin, end, first, last, before.usage.height)
    return spliced_frame(before.usage, usage_table(case, pegged, names, cuts.place[is_told]), told_cuts)
