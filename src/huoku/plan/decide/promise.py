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

from huoku.buy.terms import Ints, legal_up
from huoku.compiled import kernel
from huoku.plan.decide.cause import find_cause, write_cause
from huoku.plan.decide.floor import (
    Floor,
    FloorLog,
    Laid,
    clear_floor,
    fits,
    floor_log,
    lay,
    log_lot,
    room_for,
    roomier,
    settle_floor,
    take_back,
)
from huoku.plan.decide.heap import pop, push
from huoku.plan.decide.joining import NOT_JOINED, join_lot
from huoku.plan.model.arrays import (
    NEVER,
    Claims,
    Model,
    component_need,
    component_node,
    is_choice,
    lots_of,
    make_start,
    split_need,
    version_on,
)
from huoku.plan.model.shop import has_work

MOST_PARTS = 4
"""A claim that may be split is served in at most so many parts."""

DETOURS = 4
"""So many ways of making what is wanted are tried for a late claim: here, for it alone, in another place."""


class Cells(NamedTuple):
    """The scarce days of all nodes: node ``n`` has the cells ``first[n]`` to ``first[n + 1] - 1``."""

    first: Ints
    node: Ints  # of each cell
    free: Ints  # stock and receipts that arrive on this day and nobody has taken
    made: Ints  # quantity that is made by this day
    wanted: Ints  # scratch of the try at hand, all zero between tries
    asked: Ints  # by how many the quantity of ``wanted`` is wanted
    moved: (
        Ints  # what is taken by a way for a scarce day of its choice: way ``w`` has its days from ``way_first[w]`` on
    )
    way_first: Ints
    floor: Floor


class Scratch(NamedTuple):
    """Work space of a try: the heap of cells that are still to be served, and the log of changes."""

    heap: Ints
    log_cell: Ints  # cells of ``free`` as they are, of ``made`` as -1 - cell, of ``moved`` after all those of ``free``
    log_change: Ints
    floor: FloorLog
    cause: Ints  # see ``cause``; written only while ``ask`` holds 1
    ask: Ints
    detour: Ints  # one number: which of the ways that make something a need without stock tries first
    made: FloorLog  # the lots of this rank that stand


class Outcome(NamedTuple):
    """Where a try stopped: ``node`` -1 when it succeeded, else the node that is short, when, by how much.

    ``resource`` and ``relief``: see ``Laid``; ``day`` is then when it had to be done there.
    """

    node: int
    day: int
    short: int
    logged: int
    resource: int
    relief: int


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
    last part: claim, day, quantity.
    """

    loss: float
    lots: Ints
    made: FloorLog
    parts: Ints


NOT_MADE = Laid(-1, -1, -1, -1, -1)


@kernel
def want(cells: Cells, scratch: Scratch, size: int, node: int, day: int, qty: int) -> int:
    """Ask for ``qty`` of a node on a scarce day; returns the new size of the heap."""
    cell = cells.first[node] + day
    if cells.wanted[cell] == 0:
        push(scratch.heap, size, cell)
        size += 1
        cells.asked[cell] = 0
    cells.wanted[cell] += qty
    cells.asked[cell] += 1
    return size


@kernel
def want_components(model: Model, cells: Cells, scratch: Scratch, size: int, node: int, start: int, qty: int) -> int:
    """Ask for what an order of ``node`` takes on its start day, as far as that day is scarce."""
    item = node // model.locations
    version = version_on(model.bom, item, start)
    if version < 0:
        return size
    source = model.make_source[item]
    for line in range(model.bom.line_first[version], model.bom.line_first[version + 1]):
        component = component_node(model, node, line)
        need = split_need(model, source, line, qty) if source >= 0 else component_need(model.bom, line, qty)
        if need > 0 and start < cells.first[component + 1] - cells.first[component]:
            size = want(cells, scratch, size, component, start, need)
    return size


@kernel
def undo(model: Model, cells: Cells, scratch: Scratch, logged: int) -> None:
    """Take back the changes of a try."""
    clear_floor(model.shop, cells.floor, scratch.floor)
    for entry in range(logged - 1, -1, -1):
        cell = scratch.log_cell[entry]
        if cell >= len(cells.free):
            cells.moved[cell - len(cells.free)] -= scratch.log_change[entry]
        elif cell >= 0:
            cells.free[cell] -= scratch.log_change[entry]
        else:
            cells.made[-1 - cell] -= scratch.log_change[entry]


@kernel
def take_free(
    model: Model, cells: Cells, scratch: Scratch, logged: int, node: int, day: int, rest: int
) -> tuple[int, int]:
    """Take what is free of a node on a scarce day, the latest arrival first; returns the log's length and the rest."""
    at = cells.first[node] + day
    good = cells.first[node] + max(1, day - model.lasts[node // model.locations])
    while rest > 0 and at >= cells.first[node]:
        if at < good:
            at = cells.first[node]  # what is there today has its own date, or none
        taken = min(rest, cells.free[at])
        if taken > 0:
            cells.free[at] -= taken
            scratch.log_cell[logged], scratch.log_change[logged] = at, -taken
            logged += 1
            rest -= taken
        at -= 1
    return logged, rest


@kernel
def free_by(model: Model, cells: Cells, node: int, day: int) -> int:
    """What is free of a node on a scarce day."""
    total = cells.free[cells.first[node]]
    good = max(1, day - model.lasts[node // model.locations])
    for at in range(cells.first[node] + good, cells.first[node] + day + 1):
        total += cells.free[at]
    return total


@kernel
def move(cells: Cells, scratch: Scratch, logged: int, way: int, day: int, qty: int) -> int:
    """Note that a way provides ``qty`` of what is wanted on a day; returns the log's length."""
    at = cells.way_first[way] + day
    cells.moved[at] += qty
    scratch.log_cell[logged], scratch.log_change[logged] = len(cells.free) + at, qty
    return logged + 1


@kernel
def leaves_on(model: Model, way: int, day: int) -> int:
    """The day on which what a way provides for ``day`` has to be there; -1 where the way cannot be used."""
    ways = model.ways
    if day < ways.valid_from[way] or day > ways.valid_to[way]:
        return -1
    on = day - ways.lag[way]
    carried = ways.hop_first[way + 1] > ways.hop_first[way]
    return on if on >= (model.earliest if carried else 0) else -1


@kernel
def choose(
    model: Model, cells: Cells, scratch: Scratch, size: int, logged: int, node: int, day: int, rest: int
) -> tuple[int, int, int]:
    """Provide what is wanted of a choice: by what can be had anyway, from stock, or by making something.

    A way that takes whole packs serves one order's need, not the sum of several. Returns the heap's size, the
    log's length, and what nothing provides.
    """
    ways, first, end = model.ways, model.ways.first[node], model.ways.first[node + 1]
    is_one = cells.asked[cells.first[node] + day] == 1
    for way in range(first, end):
        on = leaves_on(model, way, day)
        window = cells.first[ways.target[way] + 1] - cells.first[ways.target[way]]
        if (
            on >= window
            and on >= model.cover[ways.target[way] // model.locations]
            and is_whole(ways.per[way], rest, is_one)
        ):
            return size, move(cells, scratch, logged, way, day, rest), 0
    for way in range(first, end):
        on = leaves_on(model, way, day)
        if on < 0 or rest == 0 or not (is_one or ways.per[way] == 1):
            continue
        target = ways.target[way]
        by = min(on, cells.first[target + 1] - cells.first[target] - 1)
        packs = min(rest // ways.per[way], free_by(model, cells, target, by) // ways.each[way])
        if packs > 0:
            logged, _ = take_free(model, cells, scratch, logged, target, by, packs * ways.each[way])
            logged = move(cells, scratch, logged, way, day, packs * ways.per[way])
            rest -= packs * ways.per[way]
    if rest == 0:
        return size, logged, 0
    makes = 0
    for way in range(first, end):
        makes += 1 if can_make_by(model, way, day) and is_whole(ways.per[way], rest, is_one) else 0
    if makes == 0:
        return size, logged, rest
    skip = scratch.detour[0] % makes
    for way in range(first, end):
        if can_make_by(model, way, day) and is_whole(ways.per[way], rest, is_one):
            if skip == 0:
                size = want(
                    cells,
                    scratch,
                    size,
                    ways.target[way],
                    leaves_on(model, way, day),
                    rest // ways.per[way] * ways.each[way],
                )
                logged = move(cells, scratch, logged, way, day, rest)
                break
            skip -= 1
    return size, logged, 0


@kernel
def is_whole(per: int, qty: int, is_one: bool) -> bool:
    """Can packs of ``per`` make up a quantity, and is it one need that they serve?"""
    return per == 1 or (is_one and qty % per == 0)


@kernel
def can_make_by(model: Model, way: int, day: int) -> bool:
    """Is there time to make what a way takes?"""
    on, item = leaves_on(model, way, day), model.ways.target[way] // model.locations
    if has_work(model.shop, item):
        return on >= model.earliest
    return on >= 0 and make_start(model, item, on, False) >= 0


@kernel
def make_lot(model: Model, cells: Cells, scratch: Scratch, item: int, qty: int, wanted_day: int) -> Laid:
    """When a lot that is there by a day starts and is done; where operations make it, they are laid on the floor."""
    if not has_work(model.shop, item):
        start = make_start(model, item, wanted_day, False)
        return Laid(start, start + model.terms.lead[model.make_source[item]], -1, -1, -1)
    orders, latest = lots_of(model, model.make_source[item], qty), wanted_day
    while True:
        begun = scratch.floor.rows[1]
        laid = lay(model.shop, cells.floor, scratch.floor, item, qty, orders, latest, model.earliest)
        if laid.start < 0 or version_on(model.bom, item, laid.start) >= 0:
            return laid
        # No BOM is valid on that day: start on the last day of one that ended before, or earlier.
        take_back(model.shop, cells.floor, scratch.floor, begun, scratch.floor.rows[1])
        scratch.floor.rows[1] = begun
        ended = -1
        for version in range(model.bom.first[item], model.bom.first[item + 1]):
            if model.bom.start_to[version] < laid.start:
                ended = max(ended, model.bom.start_to[version])
        if ended < model.earliest:
            return NOT_MADE
        latest -= laid.start - ended


@kernel
def serve(model: Model, cells: Cells, scratch: Scratch, node: int, qty: int, day: int, is_supply: bool) -> Outcome:
    """Try to serve one claim on one day: take what it needs, or change nothing."""
    size, logged = 0, 0
    if is_supply:
        size = want_components(model, cells, scratch, size, node, day, qty)
    elif day < cells.first[node + 1] - cells.first[node]:
        size = want(cells, scratch, size, node, day, qty)
    while size > 0:
        cell = pop(scratch.heap, size)
        size -= 1
        here = cells.node[cell]
        rest = cells.wanted[cell]
        wanted_day = cell - cells.first[here]
        cells.wanted[cell] = 0
        item, lot, laid, joined = here // model.locations, 0, NOT_MADE, NOT_JOINED
        if is_choice(model, here):
            size, logged, rest = choose(model, cells, scratch, size, logged, here, wanted_day, rest)
            if rest == 0:
                continue
        else:
            logged, rest = take_free(model, cells, scratch, logged, here, wanted_day, rest)
            if rest == 0:
                continue
            if model.shop.joins[item]:
                joined = join_lot(
                    model, cells.floor, scratch.made, scratch.floor, item, cells.first[here], wanted_day, rest
                )
            if joined.qty > 0:
                lot, laid = joined.qty, Laid(joined.start, joined.due, -1, -1, -1)
            else:
                source = model.make_source[item]
                lot = legal_up(model.terms, source, rest) if source >= 0 else 0
                laid = make_lot(model, cells, scratch, item, lot, wanted_day) if lot > 0 else NOT_MADE
        start = laid.start
        if start < 0:
            if scratch.ask[0] > 0:
                write_cause(scratch.cause, laid.resource, here, laid.needed, laid.relief)
                if laid.resource < 0:
                    find_cause(model, cells.node, scratch.floor, scratch.cause, here, wanted_day)
            undo(model, cells, scratch, logged)
            while size > 0:
                size -= 1
                cells.wanted[scratch.heap[size]] = 0
            needed = wanted_day if laid.resource < 0 else laid.needed
            return Outcome(here, needed, rest, 0, laid.resource, laid.relief)
        due = cells.first[here] + laid.due
        if has_work(model.shop, item) and joined.qty == 0:
            log_lot(scratch.floor, due, wanted_day, start, lot)
        cells.made[due] += lot
        scratch.log_cell[logged], scratch.log_change[logged] = -1 - due, lot
        logged += 1
        if lot > rest:
            cells.free[due] += lot - rest
            scratch.log_cell[logged], scratch.log_change[logged] = due, lot - rest
            logged += 1
        size = want_components(model, cells, scratch, size, here, start, lot)
    return Outcome(-1, 0, 0, logged, -1, -1)


@kernel
def last_resort(model: Model, node: int, is_supply: bool) -> int:
    """A day on which a claim can be served whatever is in stock; the day after the horizon where none is."""
    item = node // model.locations
    day = model.cover[item]
    if is_supply:
        day = NEVER
        for version in range(model.bom.first[item], model.bom.first[item + 1]):
            start = max(model.bom.cover[version], model.bom.start_from[version])
            if start <= model.bom.start_to[version]:
                day = min(day, start)
    return min(day, model.horizon + 1)


@kernel
def can_serve(model: Model, cells: Cells, scratch: Scratch, claims: Claims, claim: int, day: int) -> Outcome:
    """``serve`` that changes nothing."""
    outcome = serve(model, cells, scratch, claims.node[claim], claims.qty[claim], day, claims.is_supply[claim])
    if outcome.node < 0:
        undo(model, cells, scratch, outcome.logged)
    return outcome


@kernel
def leap(
    model: Model, cells: Cells, scratch: Scratch, claims: Claims, claim: int, low: int, blocked: Outcome
) -> tuple[int, int, Outcome]:
    """A day on which a claim can be served and one before it on which it cannot, in growing leaps from ``low``.

    With work on the floor no day is sure to be late enough. Where nothing is found: the last day and the day after.
    """
    ahead = 1
    while low < model.horizon:
        relief = blocked.relief if blocked.resource >= 0 else model.cover[blocked.node // model.locations]
        further = relief - blocked.day if relief <= model.horizon else 0
        high = min(low + max(ahead, further), model.horizon)
        outcome = can_serve(model, cells, scratch, claims, claim, high)
        if outcome.node < 0:
            return low, high, blocked
        low, blocked = high, outcome
        ahead *= 2
    return low, low + 1, blocked


@kernel
def earliest_day(
    model: Model, cells: Cells, scratch: Scratch, claims: Claims, claim: int, guess: int
) -> tuple[int, Outcome]:
    """The first day on which a claim can be served, and what is short the day before. Changes nothing.

    ``guess``: a day that is likely, at least the wanted one; the closer, the fewer tries. The answer can be
    served and the day before cannot; where the greedy try is not monotone an earlier day may exist.
    """
    wanted = claims.day[claim]
    blocked = can_serve(model, cells, scratch, claims, claim, guess)
    if blocked.node >= 0:
        low, high = guess, last_resort(model, claims.node[claim], claims.is_supply[claim])
    elif guess == wanted:
        return wanted, blocked
    else:
        blocked = can_serve(model, cells, scratch, claims, claim, guess - 1)
        if blocked.node >= 0:
            return guess, blocked
        high = guess - 1
        blocked = can_serve(model, cells, scratch, claims, claim, wanted)
        if blocked.node < 0:
            return wanted, blocked
        low = wanted
    if len(model.shop.resource) > 0 and high > model.horizon:
        low, high, blocked = leap(model, cells, scratch, claims, claim, low, blocked)
    while high - low > 1:
        middle = (low + high) // 2
        outcome = can_serve(model, cells, scratch, claims, claim, middle)
        if outcome.node < 0:
            high = middle
        else:
            low, blocked = middle, outcome
    return max(high, wanted), blocked


@kernel
def earliest_on_any_detour(
    model: Model, cells: Cells, scratch: Scratch, claims: Claims, claim: int, guess: int
) -> tuple[int, Outcome]:
    """``earliest_day``, a late claim also with things made elsewhere; ``scratch.detour`` is left at what served."""
    scratch.detour[0] = 0
    day, blocked = earliest_day(model, cells, scratch, claims, claim, guess)
    if day <= claims.day[claim] or len(model.ways.target) == 0:
        return day, blocked
    best = 0
    for detour in range(1, DETOURS):
        scratch.detour[0] = detour
        if day > claims.day[claim] and can_serve(model, cells, scratch, claims, claim, day - 1).node < 0:
            day, blocked = earliest_day(model, cells, scratch, claims, claim, day - 1)
            best = detour
    scratch.detour[0] = best
    return day, blocked


@kernel(allocates=True)
def scratch_for(model: Model, cells: Cells) -> Scratch:
    """Work space that no try can outgrow: each cell is taken empty, made and given a surplus once, and cut once."""
    size = cells.free.size
    log = 4 * size + 4 * cells.moved.size + 4
    return Scratch(
        np.empty(size + 1, np.int64),
        np.empty(log, np.int64),
        np.empty(log, np.int64),
        floor_log(model.shop, size),
        np.zeros(4, np.int64),
        np.zeros(1, np.int64),
        np.zeros(1, np.int64),
        room_for(0, 0),
    )


@kernel(allocates=True)
def with_made(scratch: Scratch, made: FloorLog) -> Scratch:
    """The same work space with another table of lots."""
    return Scratch(
        scratch.heap,
        scratch.log_cell,
        scratch.log_change,
        scratch.floor,
        scratch.cause,
        scratch.ask,
        scratch.detour,
        made,
    )


@kernel(allocates=True)
def promise_in_order(
    model: Model, cells: Cells, claims: Claims, order: Ints, guess: Ints, promises: Promises
) -> Served:
    """Serve the claims in the given order and write their promises.

    ``guess``, by claim: see ``earliest_day``. The cells keep what was taken. Cost: a few tries for each
    claim; a try costs the scarce part of its BOM.
    """
    scratch = scratch_for(model, cells)
    lots = np.zeros((64, 2), np.int64)
    served = Progress(0, 0, 0.0, 0)
    left = Claims(
        claims.node,
        claims.qty.copy(),
        claims.day.copy(),
        claims.is_supply,
        claims.arrives,
        claims.may_split,
        claims.loss_per_day,
        claims.loss_if_never,
    )
    parts = np.zeros(((MOST_PARTS - 1) * np.count_nonzero(claims.may_split), 3), np.int64)
    while served.claims < len(order):
        served = serve_on(model, cells, scratch, claims, order, guess, promises, lots, left, parts, served)
        if served.claims < len(order):
            lots = np.concatenate((lots, np.zeros(lots.shape, np.int64)))
            scratch = with_made(scratch, roomier(scratch.made))
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
        node, wanted = claims.node[claim], claims.day[claim]
        while left.qty[claim] > 0:
            day, blocked = earliest_on_any_detour(
                model, cells, scratch, left, claim, max(guess[claim], left.day[claim])
            )
            qty = left.qty[claim]
            if claims.may_split[claim] and day > left.day[claim] and parts_of(parts, shipped, claim) < MOST_PARTS - 1:
                first, part = first_part(model, cells, scratch, left, claim, day)
                if part > 0:
                    day, qty = first, part
                    scratch.detour[0] = 0
            if day > left.day[claim] and len(model.shop.resource) > 0:
                ask_cause(model, cells, scratch, left, claim, day - 1, promises)
            if day <= model.horizon:
                outcome = serve(model, cells, scratch, node, qty, day, claims.is_supply[claim])
                if outcome.node >= 0:
                    day = model.horizon + 1  # never happens while ``last_resort`` is right; then it is no promise
            share = float(qty) / claims.qty[claim]
            if day <= model.horizon:
                if count + outcome.logged > lots.shape[0] or not fits(scratch.made, scratch.floor):
                    undo(model, cells, scratch, outcome.logged)
                    return Progress(position, count, loss, shipped)
                count = write_lots(model, cells, scratch, outcome.logged, lots, count)
                settle_floor(model.shop, cells.floor, scratch.floor, scratch.made)
                if claims.is_supply[claim]:
                    there = supply_day(claims, claim, day)
                    if there < cells.first[node + 1] - cells.first[node]:
                        cells.free[cells.first[node] + there] += qty
            else:
                loss += claims.loss_if_never[claim] * share
            loss += claims.loss_per_day[claim] * share * (min(day, model.horizon) - wanted)
            left.qty[claim] -= qty
            if left.qty[claim] > 0:
                parts[shipped, 0], parts[shipped, 1], parts[shipped, 2] = claim, day, qty
                shipped += 1
                left.day[claim] = day + 1
            promises.day[claim] = day if day <= model.horizon else -1
            promises.blocker[claim] = blocked.node
            promises.blocker_day[claim] = blocked.day
            promises.blocker_short[claim] = blocked.short
    return Progress(len(order), count, loss, shipped)


@kernel
def parts_of(parts: Ints, shipped: int, claim: int) -> int:
    """How many parts of a claim are written already; they are the last ones."""
    count = 0
    while count < shipped and parts[shipped - 1 - count, 0] == claim:
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
def ask_cause(
    model: Model, cells: Cells, scratch: Scratch, claims: Claims, claim: int, day: int, promises: Promises
) -> None:
    """Write which resource keeps a claim from being served on a day, if one does."""
    write_cause(scratch.cause, -1, -1, -1, -1)
    scratch.ask[0] = 1
    can_serve(model, cells, scratch, claims, claim, day)
    scratch.ask[0] = 0
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


@kernel
def supply_day(claims: Claims, claim: int, start: int) -> int:
    """When an open make order that starts on day ``start`` is there: as planned, or as much later as it starts."""
    return claims.arrives[claim] + (start - claims.day[claim])
