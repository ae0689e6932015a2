"""Kernels of a quote: the first day, the largest parts, what is missing. All look at what is left; none keeps it.

``claims`` holds one claim, what is asked for; its day and quantity are changed at will.
"""

from huoku.buy.terms import Ints
from huoku.compiled import kernel
from huoku.plan.decide.cells import Cells, Scratch
from huoku.plan.decide.choosing import leaves_on
from huoku.plan.decide.earliest import earliest_day, earliest_on_any_detour
from huoku.plan.decide.promise import Promises, ask_cause
from huoku.plan.decide.serving import can_serve, serve
from huoku.plan.model.arrays import Claims, Model, is_choice
from huoku.plan.model.floor import FloorLog, settle_floor


@kernel
def day_in_line(model: Model, cells: Cells, scratch: Scratch, claims: Claims, promises: Promises) -> None:
    """Write the first day that is there for a demand served on its own, and what holds it up.

    The day holds: wanted on that very day and served on its own, it is served on that day.
    """
    wanted = claims.day[0]
    day, blocked = earliest_on_any_detour(model, cells, scratch, claims, 0, wanted)
    if day > wanted and len(model.shop.resource) > 0:
        ask_cause(model, cells, scratch, claims, 0, claims.qty[0], day - 1, promises)
    while day <= model.horizon:
        claims.day[0] = day
        scratch.detour[0] = 0
        alone = earliest_day(model, cells, scratch, claims, 0, day)[0]
        again = earliest_on_any_detour(model, cells, scratch, claims, 0, alone)[0]
        if again <= day:
            break
        day = again
    promises.day[0] = day if day <= model.horizon else -1
    promises.blocker[0] = blocked.node
    promises.blocker_day[0] = blocked.day
    promises.blocker_short[0] = blocked.short


@kernel
def fill_parts(
    model: Model, cells: Cells, scratch: Scratch, claims: Claims, made: FloorLog, last: int, parts: Ints
) -> int:
    """Write what could be shipped when, each row (day, quantity) taken before the next is looked for; returns the rows.

    On each day the largest quantity found; the last row is all the rest. Nothing is shipped after day ``last``.
    The cells keep what was taken. ``made`` is work space.
    """
    rest = claims.qty[0]
    for row in range(parts.shape[0]):
        claims.qty[0] = 1 if row < parts.shape[0] - 1 else rest
        day = earliest_on_any_detour(model, cells, scratch, claims, 0, claims.day[0])[0]
        if day > last:
            return row
        qty = largest(model, cells, scratch, claims, day, rest)
        serve(model, cells, scratch, claims.node[0], qty, day, False)
        made.rows[0], made.rows[1] = 0, 0
        settle_floor(model.shop, cells.floor, scratch.floor, made)
        parts[row, 0], parts[row, 1] = day, qty
        rest -= qty
        if rest == 0 or day == last:
            return row + 1
        claims.day[0] = day + 1
    return parts.shape[0]


@kernel
def largest(model: Model, cells: Cells, scratch: Scratch, claims: Claims, day: int, most: int) -> int:
    """The largest quantity up to ``most`` that can be served on a day, by bisection from one that can."""
    low, high = claims.qty[0], most + 1
    probe = most
    while high - low > 1:
        claims.qty[0] = probe
        if can_serve(model, cells, scratch, claims, 0, day).node < 0:
            low = probe
        else:
            high = probe
        probe = (low + high) // 2
    return low


@kernel
def fill_missing(model: Model, cells: Cells, scratch: Scratch, claims: Claims, missing: Ints) -> int:
    """Write what would have to be there to serve the claim on its day: (node, day, quantity); returns the rows.

    What a try lacks is put into the cells and it is tried again, until nothing is lacking.
    """
    for row in range(missing.shape[0]):
        lack = can_serve(model, cells, scratch, claims, 0, claims.day[0])
        if lack.node < 0:
            return row
        if row > 0 and missing[row - 1, 0] == lack.node and missing[row - 1, 1] == lack.day:
            return row  # what is put there cannot be used
        missing[row, 0], missing[row, 1], missing[row, 2] = lack.node, lack.day, lack.short
        put(model, cells, lack.node, lack.day, lack.short)
    return missing.shape[0]


@kernel
def put(model: Model, cells: Cells, node: int, day: int, qty: int) -> None:
    """Have a quantity lie there from a scarce day on; of a choice, by its first way that can be used."""
    if not is_choice(model, node):
        cells.free[cells.first[node] + day] += qty
        return
    ways = model.ways
    for way in range(ways.first[node], ways.first[node + 1]):
        target, on = ways.target[way], leaves_on(model, way, day)
        window = cells.first[target + 1] - cells.first[target]
        if on >= 0 and window > 0 and qty % ways.per[way] == 0:
            cells.free[cells.first[target] + min(on, window - 1)] += qty // ways.per[way] * ways.each[way]
            return
