"""The first pass: on which day each claim can be served, the most important first.

``cover`` of an item is the first day from which it can be had in any amount without stock. A need on or
after it can always be met, so only the days before it are scarce, and only they are looked at: for each
node the free stock by the day on which it arrives, and what must be made by its due day. These are the
``cells`` of a node, one a day. Stock goes only to needs that cannot wait.

A claim that is due on or after cover is on time and touches nothing. Any other is tried: its needs are
exploded, parents before components, each cell once; free stock is taken, the latest arrival that is early
enough first; the rest of a bought item fails, of a made one becomes a lot that wants its components. A
failed try is undone. A late claim's day is found by bisection from a guess; the node that failed the day before is
the reason.
"""

from typing import NamedTuple

import numpy as np

from huoku.buy.terms import Ints
from huoku.compiled import kernel
from huoku.plan.decide.cause import write_cause
from huoku.plan.decide.cells import Cells, Outcome, Scratch, undo
from huoku.plan.decide.earliest import earliest_day, earliest_on_any_detour, serve_earliest
from huoku.plan.decide.serving import can_serve, is_put_off, serve_claim, supply_day
from huoku.plan.model.arrays import Claims, Model
from huoku.plan.model.floor import (
    OPEN_CLAIM,
    ORDER,
    FloorLog,
    fits,
    note_lots,
    room_for,
    roomier,
    settle_floor,
)
from huoku.plan.model.shop import has_work

MOST_PARTS = 4
"""A claim that may be split is served in at most so many parts."""

# Columns of ``Served.parts``: what ships on which day, and what kept it from shipping earlier, as in ``Promises``.
PART_CLAIM, PART_DAY, PART_QTY, PART_BLOCKER, PART_BLOCKER_DAY, PART_BLOCKER_SHORT, PART_FULL = range(7)
PART_COLUMNS = PART_FULL + 4


class Promises(NamedTuple):
    """Shape (claims,): the promised day (-1: none by the horizon), and what holds it up when late."""

    day: Ints
    blocker: Ints
    blocker_day: Ints
    blocker_short: Ints
    full: Ints  # the resource behind it, shape (claims, 4): see ``cause``


class Progress(NamedTuple):
    """How far the claims are served: how many, lots written, money lost, parts shipped before the last one."""

    claims: int
    lots: int
    loss: float
    parts: int


class Served(NamedTuple):
    """The money lost by lateness, and each lot of a pinned item: (its cell, its quantity), shape (lots, 2).

    ``made``: the lots that take operations, and their work. ``parts``: what claims are shipped of before their
    last part, see the columns above.
    """

    loss: float
    lots: Ints
    made: FloorLog
    parts: Ints


def promise_in_order(
    model: Model, cells: Cells, scratch: Scratch, claims: Claims, order: Ints, guess: Ints, promises: Promises
) -> Served:
    """Serve the claims in the given order and write their promises.

    ``guess``, by claim: see ``earliest_day``. The cells keep what was taken. Cost: a few tries for each
    claim; a try costs the scarce part of its BOM.
    """
    scratch = scratch._replace(made=room_for(0, 0))
    lots = np.zeros((64, 2), np.int64)
    served = Progress(0, 0, 0.0, 0)
    left = claims._replace(qty=claims.qty.copy(), day=claims.day.copy())
    parts = np.zeros(((MOST_PARTS - 1) * np.count_nonzero(claims.may_split), PART_COLUMNS), np.int64)
    while served.claims < len(order):
        served = serve_on(model, cells, scratch, claims, order, guess, promises, lots, left, parts, served)
        if served.claims < len(order):
            lots = np.concatenate((lots, np.zeros(lots.shape, np.int64)))
            scratch = scratch._replace(made=roomier(scratch.made))
    return Served(served.loss, lots[: served.lots], scratch.made, parts[: served.parts])


@kernel
def serve_on(
    model: Model,
    cells: Cells,
    scratch: Scratch,
    claims: Claims,
    order: Ints,
    guess: Ints,
    promises: Promises,
    lots: Ints,
    left: Claims,
    parts: Ints,
    done: Progress,
) -> Progress:
    """Serve the claims from ``done.claims`` on, as long as there is room to write the lots of pinned items.

    ``left``: the claims, of which ``qty`` and ``day`` become what is still to be served and the first day for it.
    """
    count, loss, shipped = done.lots, done.loss, done.parts
    for position in range(done.claims, len(order)):
        claim = order[position]
        wanted = claims.day[claim]
        # Where nothing else is asked once the day is known, the try that found it stands.
        is_settled = len(model.ways.target) == 0 and len(model.shop.resource) == 0 and not claims.may_split[claim]
        short_before = short_then = Outcome(-1, 0, 0, 0, -1, -1)
        while left.qty[claim] > 0:
            likely, logged = max(guess[claim], left.day[claim]), -1
            if leaves_stock(model, cells, scratch, left, claim):
                likely = left.day[claim]
            if is_settled:
                scratch.detour[0] = 0
                day, blocked, logged = serve_earliest(model, cells, scratch, left, claim, likely)
            else:
                day, blocked = earliest_on_any_detour(model, cells, scratch, left, claim, likely)
            qty = left.qty[claim]
            if claims.may_split[claim] and day > left.day[claim] and parts_of(parts, shipped, claim) < MOST_PARTS - 1:
                first, part = first_part(model, cells, scratch, left, claim, day)
                if part > 0:
                    day, qty = first, part
                    short_then = held_up(model, cells, scratch, left, claim, left.qty[claim], day, blocked)
                    scratch.detour[0] = 0
            is_part = qty < left.qty[claim] or left.qty[claim] < claims.qty[claim]
            if is_part and day > wanted:
                # A rest that could ship sooner by itself waits for what kept the whole from shipping in one piece.
                otherwise = blocked if blocked.node >= 0 else short_before
                blocked = held_up(model, cells, scratch, left, claim, qty, day - 1, otherwise)
            short_before = short_then
            if day > wanted and len(model.shop.resource) > 0:
                ask_cause(model, cells, scratch, left, claim, qty, day - 1, promises)
            if day > model.horizon:
                undo(model, cells, scratch, max(logged, 0))
            elif logged < 0:
                outcome = serve_claim(model, cells, scratch, claims, claim, qty, day)
                logged = outcome.logged
                if outcome.node >= 0:
                    day = model.horizon + 1  # never happens while ``last_resort`` is right; then it is no promise
            share = float(qty) / claims.qty[claim]
            if day <= model.horizon:
                if count + logged > lots.shape[0] or not fits(scratch.made, scratch.floor):
                    undo(model, cells, scratch, logged)
                    return Progress(position, count, loss, shipped)
                count = write_lots(model, cells, scratch, logged, lots, count)
                if is_put_off(model, claims, claim, day):
                    for lot in range(2):
                        scratch.floor.lots[lot, ORDER] = OPEN_CLAIM - claim
                note_lots(cells.floor, scratch.floor, scratch.made)
                settle_floor(model.shop, cells.floor, scratch.floor, scratch.made)
                if claims.is_supply[claim]:
                    there = supply_day(claims, claim, day)
                    brings = claims.brings[claim]
                    if there < cells.first[brings + 1] - cells.first[brings]:
                        cells.free[cells.first[brings] + there] += qty
            else:
                loss += claims.loss_if_never[claim] * share
            loss += claims.loss_per_day[claim] * share * (min(day, model.horizon) - wanted)
            scratch.spares[0] = 0
            left.qty[claim] -= qty
            promises.day[claim] = day if day <= model.horizon else -1
            promises.blocker[claim] = blocked.node
            promises.blocker_day[claim] = blocked.day
            promises.blocker_short[claim] = blocked.short
            ships_more = joins_part(parts, shipped, claim, day)
            if ships_more:  # what ships on one day is one part
                shipped -= 1
                qty += parts[shipped, PART_QTY]
            if left.qty[claim] > 0:
                write_part(parts, shipped, promises, claim, qty)
                shipped += 1
                # The rest may come on the same day in another way: that is tried once.
                left.day[claim] = day + 1 if ships_more else day
    return Progress(len(order), count, loss, shipped)


@kernel
def leaves_stock(model: Model, cells: Cells, scratch: Scratch, left: Claims, claim: int) -> bool:
    """Can a claim be served when it is wanted without what is spared for others? Then that is so until it is served."""
    if len(scratch.spared) == 0 or left.is_supply[claim]:
        return False
    scratch.detour[0] = 0
    scratch.spares[0] = 1
    if can_serve(model, cells, scratch, left, claim, left.day[claim]).node >= 0:
        scratch.spares[0] = 0
    return bool(scratch.spares[0] > 0)


@kernel
def write_part(parts: Ints, row: int, promises: Promises, claim: int, qty: int) -> None:
    """Write what ships of a claim before its last part, with what is promised of the claim so far."""
    parts[row, PART_CLAIM], parts[row, PART_DAY], parts[row, PART_QTY] = claim, promises.day[claim], qty
    parts[row, PART_BLOCKER], parts[row, PART_BLOCKER_DAY] = promises.blocker[claim], promises.blocker_day[claim]
    parts[row, PART_BLOCKER_SHORT] = promises.blocker_short[claim]
    for column in range(4):
        parts[row, PART_FULL + column] = promises.full[claim, column]


@kernel
def joins_part(parts: Ints, shipped: int, claim: int, day: int) -> bool:
    """Does the last part that is written belong to a claim and ship on this day?"""
    return shipped > 0 and parts[shipped - 1, PART_CLAIM] == claim and parts[shipped - 1, PART_DAY] == day


@kernel
def parts_of(parts: Ints, shipped: int, claim: int) -> int:
    """How many parts of a claim are written already; they are the last ones."""
    count = 0
    while count < shipped and parts[shipped - 1 - count, PART_CLAIM] == claim:
        count += 1
    return count


@kernel
def first_part(
    model: Model, cells: Cells, scratch: Scratch, left: Claims, claim: int, whole_day: int
) -> tuple[int, int]:
    """The first day before ``whole_day`` on which anything of a claim can be served, and how much; quantity 0: none."""
    rest = left.qty[claim]
    scratch.detour[0] = 0
    left.qty[claim] = 1
    day = earliest_day(model, cells, scratch, left, claim, left.day[claim])[0]
    low, high = 1, rest
    while day < whole_day and high - low > 1:
        left.qty[claim] = (low + high) // 2
        if can_serve(model, cells, scratch, left, claim, day).node < 0:
            low = left.qty[claim]
        else:
            high = left.qty[claim]
    left.qty[claim] = rest
    return day, low if day < whole_day and low < rest else 0


@kernel
def held_up(
    model: Model, cells: Cells, scratch: Scratch, left: Claims, claim: int, qty: int, day: int, otherwise: Outcome
) -> Outcome:
    """What keeps a part of a claim from being served on a day; ``otherwise`` where nothing does."""
    rest = left.qty[claim]
    left.qty[claim] = qty
    outcome = can_serve(model, cells, scratch, left, claim, day)
    left.qty[claim] = rest
    return outcome if outcome.node >= 0 else otherwise


@kernel
def ask_cause(
    model: Model, cells: Cells, scratch: Scratch, left: Claims, claim: int, qty: int, day: int, promises: Promises
) -> None:
    """Write which resource keeps so much of a claim from being served on a day, if one does."""
    rest = left.qty[claim]
    left.qty[claim] = qty
    write_cause(scratch.cause, -1, -1, -1, -1)
    scratch.ask[0] = 1
    can_serve(model, cells, scratch, left, claim, day)
    scratch.ask[0] = 0
    left.qty[claim] = rest
    for column in range(4):
        promises.full[claim, column] = scratch.cause[column]


@kernel
def write_lots(model: Model, cells: Cells, scratch: Scratch, logged: int, lots: Ints, count: int) -> int:
    """Write the lots that a try made of pinned items; returns the new count."""
    for entry in range(logged):
        cell = -1 - scratch.log_cell[entry]
        item = cells.node[max(cell, 0)] // model.locations
        if cell >= 0 and model.pinned[item] and not has_work(model.shop, item):
            lots[count, 0], lots[count, 1] = cell, scratch.log_change[entry]
            count += 1
    return count
