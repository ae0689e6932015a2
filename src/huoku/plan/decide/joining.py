"""Lots brought together: what is wanted soon after a lot of the same item is done is made with it.

A lot takes more if the days that its work has on each resource have minutes left for it: then nothing moves, no
second set-up is needed, and no second smallest lot.
"""

from typing import NamedTuple

from huoku.compiled import kernel
from huoku.plan.model.arrays import Model
from huoku.plan.model.floor import (
    JOINS,
    LOT_QTY,
    LOT_START,
    OPERATION,
    WORK,
    WORK_DAY,
    WORK_END,
    WORK_FROM,
    Floor,
    FloorLog,
    log_lot,
    take_back,
)
from huoku.plan.model.shop import Shop, work_of

JOIN_DAYS = 3
"""A lot that is done so many days before a need, or fewer, is looked at."""


class Joined(NamedTuple):
    """What a lot takes more: its days, and how much; quantity 0 where none takes any."""

    start: int
    due: int
    qty: int


NOT_JOINED = Joined(-1, -1, 0)


@kernel
def join_lot(
    model: Model, floor: Floor, made: FloorLog, log: FloorLog, item: int, first_cell: int, wanted_day: int, rest: int
) -> Joined:
    """Make ``rest`` of an item with a lot that is already made and done by a day, the latest that has room.

    ``first_cell``: the cell of day 0 of the node. What is laid is logged.
    """
    source = model.make_source[item]
    multiple = model.terms.multiple[source]
    qty = -(-rest // multiple) * multiple
    early = min(JOIN_DAYS, model.lasts[item])
    for day in range(wanted_day, max(-1, wanted_day - early - 1), -1):
        lot = floor.lot_at[first_cell + day] - 1
        if lot < 0 or qty_with(made, log, lot) + qty > model.terms.lot_max[source]:
            continue
        if lay_with(model.shop, floor, made, log, item, lot, qty):
            log_lot(log, first_cell + day, wanted_day, made.lots[lot, LOT_START], qty)
            log.lots[log.rows[0] - 1, JOINS] = lot
            return Joined(made.lots[lot, LOT_START], day, qty)
    return NOT_JOINED


@kernel
def qty_with(made: FloorLog, log: FloorLog, lot: int) -> int:
    """How large a lot is with what the try at hand has joined to it."""
    qty: int = made.lots[lot, LOT_QTY]
    for row in range(log.rows[0]):
        if log.lots[row, JOINS] == lot:
            qty += log.lots[row, LOT_QTY]
    return qty


@kernel
def lay_with(shop: Shop, floor: Floor, made: FloorLog, log: FloorLog, item: int, lot: int, qty: int) -> bool:
    """Lay the run of ``qty`` on the days on which a lot has its work; false, and nothing laid, without room."""
    begun = row = log.rows[1]
    for operation in range(shop.first[item + 1] - 1, shop.first[item] - 1, -1):
        rest, resource = work_of(shop, operation, qty, 0), shop.resource[operation]
        first, last = days_of(made, lot, operation)
        for day in range(last, first - 1, -1):
            done = min(rest, floor.free[resource * shop.days + day])
            if done > 0:
                floor.free[resource * shop.days + day] -= done
                log.work[row, OPERATION], log.work[row, WORK_DAY], log.work[row, WORK] = operation, day, done
                row += 1
                rest -= done
        if rest > 0:
            take_back(shop, floor, log, begun, row)
            return False
    log.rows[1] = row
    return True


@kernel
def days_of(made: FloorLog, lot: int, operation: int) -> tuple[int, int]:
    """The first and the last day of an operation of a lot; 0 and -1 where it takes no time."""
    first, last = 1 << 30, -1
    for row in range(made.lots[lot, WORK_FROM], made.lots[lot, WORK_END]):
        if made.work[row, OPERATION] == operation:
            first, last = min(first, made.work[row, WORK_DAY]), max(last, made.work[row, WORK_DAY])
    return (first, last) if last >= 0 else (0, -1)
