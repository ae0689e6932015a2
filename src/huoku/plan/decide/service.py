"""In which order the claims are served, and so when each is promised.

Rank decides strictly: a claim of a better rank is never served after a worse one. Within one rank money
decides: three orders are tried and the one that loses least by lateness is kept. By the day each claim could
have alone, which leaves scarce stock to those whom it helps; by that day in spans of three days, within a
span those first whose lateness costs most; and by due day. (Moving the worst losers forward again and again
gained under 0.02 % on the benchmark shops and is left out.)
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import polars as pl

from huoku.buy.terms import Flags, Floats, Ints
from huoku.compiled import kernel
from huoku.plan.decide.better_order import better_order
from huoku.plan.decide.cells import Cells, Scratch, scratch_for
from huoku.plan.decide.earliest import earliest_day
from huoku.plan.decide.open_work import OpenWork, floor_left, free_what_never_begins, open_work
from huoku.plan.decide.promise import PART_COLUMNS, Promises
from huoku.plan.decide.sparing import AsServed, loses_less, worth_sparing
from huoku.plan.decide.trials import Trial, Trials
from huoku.plan.model.arrays import Claims, Model
from huoku.plan.model.build import Case
from huoku.plan.model.claiming import ORDER, SUPPLY
from huoku.plan.model.families import PIECE
from huoku.plan.model.floor import FloorLog, gathered

SPAN_DAYS = 3

EFFORT = 8_000
"""So many claims of one rank are served again while a better order is looked for, by default."""


def start_cells(case: Case, like: Cells | None = None) -> Cells:
    """The scarce days of all nodes with the stock and open orders that arrive on them.

    ``like``: cells of the same days, of which all stays that serving claims does not change.
    """
    table = case.incoming.table
    cells = no_cells(case) if like is None else emptied(case, like)
    node, day, qty = (table[name].to_numpy() for name in ("node", "day", "qty"))
    # A make order whose components are still to be issued brings its quantity when its claim is served.
    scarce = (day < np.diff(cells.first)[node]) & (table["claim"].to_numpy() < 0)
    np.add.at(cells.free, cells.first[node[scarce]] + day[scarce], qty[scarce])
    return cells


def emptied(case: Case, cells: Cells) -> Cells:
    """The same days, on which nothing is there yet; what serving claims leaves as it was is shared."""
    free, made, moved = (np.zeros(column.size, np.int64) for column in (cells.free, cells.made, cells.moved))
    floor = floor_left(case.model.shop, case.opened, free.size)
    return cells._replace(free=free, made=made, moved=moved, floor=floor)


def no_cells(case: Case) -> Cells:
    """The scarce days of all nodes, on which nothing is there yet."""
    model = case.model
    nodes = model.items * model.locations
    window = np.minimum(np.repeat(model.cover, model.locations), model.horizon + 1)
    if case.numbering.rows:
        # Of what is only there, nothing comes after the last arrival.
        # What has yet to be made may come later than planned.
        only_there = np.repeat((case.numbering.role == PIECE) & ~model.ages_today, model.locations)
        node, day = (case.incoming.table[name].to_numpy() for name in ("node", "day"))
        window[only_there] = 1
        np.maximum.at(window, node[only_there[node]], day[only_there[node]] + 1)
    first = np.concatenate(([0], np.cumsum(window))).astype(np.int64)
    size = int(first[-1])
    ways = model.ways
    way_days = np.repeat(window, np.diff(ways.first))
    way_first = np.concatenate(([0], np.cumsum(way_days))).astype(np.int64)
    return Cells(
        first=first,
        node=np.repeat(np.arange(nodes), window),
        free=np.zeros(size, np.int64),
        made=np.zeros(size, np.int64),
        wanted=np.zeros(size, np.int64),
        asked=np.zeros(size, np.int64),
        moved=np.zeros(int(way_first[-1]), np.int64),
        way_first=way_first,
        floor=floor_left(model.shop, case.opened, size),
    )


class Promised(NamedTuple):
    """The promises, what was made for them before cover, and the lots of pinned items: (cell, quantity) by cell.

    ``left``: the cells as orders and contracts leave them to forecasts and safety stock. ``parts``: see ``Served``.
    ``order``: the claims as they were served. ``open_work``: that of open make orders. ``spared``: see ``sparing``.
    ``ahead``: the ranks before the largest one, with the cells that they left to it; nothing where machines are full.
    """

    promises: Promises
    cells: Cells
    lots: Ints
    made: FloorLog
    left: Cells
    parts: Ints
    order: Ints
    open_work: OpenWork
    spared: Flags
    ahead: tuple[Trial, ...] = ()


def no_promises(claims: int) -> Promises:
    """Nobody is promised anything yet."""
    none = np.full(claims, -1, np.int64)
    return Promises(none, none.copy(), none.copy(), none.copy(), np.full((claims, 4), -1, np.int64))


def promise(case: Case, effort: int = EFFORT) -> Promised:
    """Promise every claim, rank by rank, each rank in the best of several orders, see above.

    ``effort``: how often claims of one rank may be served again to find a better order, where machines are full. Then
    the same order is tried with stock spared above machines, see ``sparing``.
    """
    found, losses = promise_by(case, effort, in_the_best_order, np.zeros(0, np.bool_))
    orders = np.unique(case.claiming.table.filter(pl.col("kind") <= ORDER)["rank"].to_numpy()).size
    for rank, spared in worth_sparing(case, found.promises):
        other, less = promise_by(case, effort, AsServed(found.order), spared)
        if loses_less(less[:orders], losses[:orders], rank):
            return other
    return found


def promise_by(
    case: Case,
    effort: int,
    serve: "Service",
    spared: Flags,
    like: Cells | None = None,
    ahead: tuple[Trial, ...] = (),
) -> tuple[Promised, Floats]:
    """Promise every claim, rank by rank; and the money that each rank loses.

    ``serve``: how the claims of one rank are served. Open make orders, of which none loses money, are served as they
    stand: components before what takes them. ``spared``: see ``sparing``. ``like``: see ``start_cells``.
    ``ahead``: the first ranks, where they have been served like this before, see ``Promised``.
    """
    claims = case.claiming.claims
    promises = no_promises(claims.node.size)
    for rank_ahead in ahead:
        copy_rows(rank_ahead.promises, promises, rank_ahead.order)
    cells = left = ahead[-1].cells if ahead else start_cells(case, like)
    rank, kind = (case.claiming.table[name].to_numpy() for name in ("rank", "kind"))
    scratch, spares = scratch_for(case.model, cells, case.opened.work)._replace(spared=spared), list[Cells]()
    ranks, largest = list(ahead), largest_rank(case.model, rank, kind)
    for this in np.unique(rank)[len(ahead) :]:
        members = np.flatnonzero(rank == this)
        if this == largest and len(ranks) > len(ahead):
            so_far = Promises(*(column.copy() for column in promises))
            ahead = tuple(trial._replace(cells=cells, promises=so_far) for trial in ranks)
        trials = Trials(case.model, cells, scratch, claims, promises, spares)
        is_open = kind[members[0]] == SUPPLY
        best = trials.serve(members, claims.day) if is_open else serve(trials, members, effort)
        copy_rows(best.promises, promises, members)
        if is_open:
            free_what_never_begins(case, best.promises.day, best.cells.floor)
        best.cells.floor.lot_at[:] = 0  # lots of another rank take no more: their work stands in another table
        before, cells = cells, best.cells
        left = cells if kind[members[0]] <= ORDER else left
        if before is not left and not (ahead and before is ahead[-1].cells):
            spares.append(before)
        ranks.append(best)
    lots = np.concatenate([np.zeros((0, 2), np.int64), *(best.served.lots for best in ranks)])
    work, made = open_work(case, promises.day, gathered([best.served.made for best in ranks]))
    promised = Promised(
        promises,
        cells,
        lots[np.argsort(lots[:, 0], kind="stable")],
        made,
        left,
        np.concatenate([np.zeros((0, PART_COLUMNS), np.int64), *(best.served.parts for best in ranks)]),
        np.concatenate([np.zeros(0, np.int64), *(best.order for best in ranks)]),
        work,
        spared,
        ahead,
    )
    return promised, np.array([best.served.loss for best in ranks])


def copy_rows(found: Promises, promises: Promises, claims: Ints) -> None:
    """Write what these claims were promised."""
    for column, of_claims in zip(promises, found, strict=True):
        column[claims] = of_claims[claims]


def largest_rank(model: Model, rank: Ints, kind: Ints) -> int:
    """The number of the rank of orders with the most claims; 0, which none has, where machines are full or none orders.

    ``rank`` and ``kind``: by claim.
    """
    ordered = rank[kind <= ORDER] if model.shop.resource.size == 0 else rank[:0]
    return int(np.bincount(ordered, minlength=1).argmax())


Service = Callable[[Trials, Ints, int], Trial]
"""Serves the claims of one rank (their numbers, and the effort allowed), and gives the best trial."""


def in_the_best_order(trials: Trials, members: Ints, effort: int) -> Trial:
    """Serve the claims of one rank in the best order found."""
    guess = days_alone(trials, members)
    alone = guess[members]
    best = None
    for order in rule_orders(trials.claims, members, alone):
        trial = trials.serve(order, guess)
        best = trials.best or trial
        if (trial.promises.day[members] == alone).all():
            break  # nobody stands in anybody's way
    assert best is not None
    if trials.model.shop.resource.size > 0 and not (best.promises.day[members] == alone).all():
        best = better_order(trials, best, members, alone, effort)
    return best


def rule_orders(claims: Claims, members: Ints, alone: Ints) -> tuple[Ints, Ints, Ints]:
    """The three orders of service, see above. ``alone``, by member: the day it could have if it were served first."""
    return (
        members[np.lexsort((-claims.loss_per_day[members], alone // SPAN_DAYS))],
        members[np.argsort(alone, kind="stable")],
        members,
    )


def days_alone(trials: Trials, members: Ints) -> Ints:
    """By claim: the day that each member could have if it were served first; of others the day that is wanted."""
    days = trials.claims.day.copy()
    fill_days_alone(trials.model, trials.cells, trials.scratch, trials.claims, members, days)
    return days


@kernel
def fill_days_alone(model: Model, cells: Cells, scratch: Scratch, claims: Claims, members: Ints, alone: Ints) -> None:
    """See ``days_alone``."""
    scratch.detour[0] = 0
    for index in range(len(members)):
        claim = members[index]
        alone[claim] = earliest_day(model, cells, scratch, claims, claim, claims.day[claim])[0]
