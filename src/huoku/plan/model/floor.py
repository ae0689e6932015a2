"""Work laid on the resources: the free minutes of each day, and the log by which a try is taken back.

A lot is laid backwards from the end of its due day, its last operation first, each into the latest minutes
that its resource has free; an operation ends on the day on which the one after it begins, or before. Full
days are skipped: once a day is full for good, it points to the day before it.
"""

from typing import NamedTuple

import numpy as np

from huoku.buy.terms import Ints
from huoku.compiled import kernel
from huoku.plan.model.shop import Shop, work_of

# Columns of ``FloorLog.lots`` and of the lots that the first pass hands on.
CELL, WANTED, LOT_START, LOT_QTY, WORK_FROM, WORK_END, ORDER, JOINS = range(8)
OPEN_CLAIM = -3
"""In the column ORDER: what an open make order that is put off no longer does, or does anew: of claim 0; of the next
claim one less."""
# Columns of ``FloorLog.work``.
OPERATION, WORK_DAY, WORK = range(3)


class Floor(NamedTuple):
    """What the resources have free, by resource and day as in ``Shop.capacity``.

    ``open_day``: the day itself, or an earlier one after which all days up to it are full for good; -1: none is
    left. ``lot_at``, by cell: one more than the lot of this rank that is done there, the last one; 0: none. Empty
    where bringing lots together saves nothing.
    """

    free: Ints
    open_day: Ints
    lot_at: Ints


class FloorLog(NamedTuple):
    """The lots that a try laid, and their work; ``rows`` says how many of each."""

    lots: Ints  # (lots, 8), see the columns above; a lot has the rows of work WORK_FROM to WORK_END - 1
    work: Ints  # (rows, 3): operation, day, work
    rows: Ints  # lots, work


class Laid(NamedTuple):
    """A lot on the floor: ``resource`` -1 where it is laid, else the resource that is full, and by when it had
    to be done there and could be at the earliest (the day after the last one: not by then)."""

    start: int
    due: int
    resource: int
    needed: int
    relief: int


def empty_floor(shop: Shop, cells: int) -> Floor:
    """Nothing laid yet. Days without capacity are full for good."""
    return floor_with(shop, shop.capacity.copy(), np.zeros(cells if shop.joins.any() else 0, np.int64))


def floor_with(shop: Shop, free: Ints, lot_at: Ints) -> Floor:
    """The floor on which so much is free, for good: see ``Floor``."""
    day = np.where(free.reshape(-1, shop.days) > 0, np.arange(shop.days), -1)
    return Floor(free, np.maximum.accumulate(day, axis=1).ravel() if day.size else day.ravel(), lot_at)


@kernel
def last_open(shop: Shop, floor: Floor, resource: int, day: int) -> int:
    """The last day up to ``day`` on which a resource has anything free; -1 where there is none."""
    base = resource * shop.days
    while day >= 0:
        behind = floor.open_day[base + day]
        if behind == day:
            if floor.free[base + day] > 0:
                return day
            day -= 1  # full by the try at hand
        else:
            if behind >= 0 and floor.open_day[base + behind] != behind:
                floor.open_day[base + day] = floor.open_day[base + behind]
            day = behind
    return -1


@kernel
def earliest_end(shop: Shop, floor: Floor, resource: int, earliest: int, work: int) -> int:
    """The day by which a resource could do so much if it began today; the day after the last where it cannot."""
    for day in range(earliest, shop.days):
        work -= floor.free[resource * shop.days + day]
        if work <= 0:
            return day
    return shop.days


@kernel
def lay(shop: Shop, floor: Floor, log: FloorLog, item: int, qty: int, orders: int, latest: int, earliest: int) -> Laid:
    """Lay a lot so that it is done on day ``latest`` or before and starts on ``earliest`` or after.

    What is laid is logged; where the lot cannot be laid nothing is.
    """
    return lay_again(shop, floor, log, item, qty, orders, latest, earliest, log.work, 0, 0)


@kernel
def lay_again(
    shop: Shop,
    floor: Floor,
    log: FloorLog,
    item: int,
    qty: int,
    orders: int,
    latest: int,
    earliest: int,
    work: Ints,
    begin: int,
    end: int,
) -> Laid:
    """``lay`` for a lot that lay before as some rows of work: what was fixed at another resource stays with it."""
    begun = log.rows[1]
    day, due, row = latest, -1, begun
    for own in range(shop.first[item + 1] - 1, shop.first[item] - 1, -1):
        operation = as_fixed(shop, work, begin, end, own)
        resource, deadline = shop.resource[operation], day
        rest = work_of(shop, operation, qty, orders)
        while rest > 0:
            day = last_open(shop, floor, resource, day)
            if day < earliest:
                take_back(shop, floor, log, begun, row)
                relief = earliest_end(shop, floor, resource, earliest, work_of(shop, operation, qty, orders))
                return Laid(-1, -1, resource, deadline, relief)
            if due < 0:
                due = day
            done = min(rest, floor.free[resource * shop.days + day])
            floor.free[resource * shop.days + day] -= done
            log.work[row, OPERATION], log.work[row, WORK_DAY], log.work[row, WORK] = operation, day, done
            row += 1
            rest -= done
    log.rows[1] = row
    return Laid(day, due if due >= 0 else day, -1, -1, -1)


@kernel
def as_fixed(shop: Shop, work: Ints, begin: int, end: int, own: int) -> int:
    """The row of the shop by which an item's own operation was laid in these rows of work: its own, or a fixed one."""
    for row in range(begin, end):
        operation: int = work[row, OPERATION]
        if operation >= shop.first[-1] and shop.seq[operation] == shop.seq[own]:
            return operation
    return own


@kernel
def lay_at_once(shop: Shop, floor: Floor, log: FloorLog, item: int, qty: int) -> None:
    """Lay one order into the first free minutes from today on; what has no room by the last day goes to the day after.

    All of it is logged.
    """
    row, day = log.rows[1], 0
    for operation in range(shop.first[item], shop.first[item + 1]):
        resource, rest = shop.resource[operation], work_of(shop, operation, qty, 1)
        while rest > 0:
            while day < shop.days and floor.free[resource * shop.days + day] == 0:
                day += 1
            done = rest
            if day < shop.days:
                done = min(rest, floor.free[resource * shop.days + day])
                floor.free[resource * shop.days + day] -= done
            log.work[row, OPERATION], log.work[row, WORK_DAY], log.work[row, WORK] = operation, day, done
            row += 1
            rest -= done
    log.rows[1] = row


@kernel
def log_lot(log: FloorLog, cell: int, wanted: int, start: int, qty: int) -> None:
    """Note the lot whose work was laid last."""
    lot = log.rows[0]
    log.lots[lot, CELL], log.lots[lot, WANTED] = cell, wanted
    log.lots[lot, LOT_START], log.lots[lot, LOT_QTY] = start, qty
    log.lots[lot, WORK_FROM] = log.lots[lot - 1, WORK_END] if lot > 0 else 0
    log.lots[lot, WORK_END], log.lots[lot, ORDER], log.lots[lot, JOINS] = log.rows[1], -1, -1
    log.rows[0] = lot + 1


@kernel
def take_back(shop: Shop, floor: Floor, log: FloorLog, begin: int, end: int) -> None:
    """Free the minutes of some rows of work."""
    for row in range(begin, end):
        resource = shop.resource[log.work[row, OPERATION]]
        floor.free[resource * shop.days + log.work[row, WORK_DAY]] += log.work[row, WORK]


@kernel
def give_up(shop: Shop, floor: Floor, log: FloorLog, work: Ints, begin: int, end: int) -> None:
    """Free minutes that were taken before the try at hand; logged as work of less than nothing."""
    row = log.rows[1]
    for given in range(begin, end):
        operation, day = work[given, OPERATION], work[given, WORK_DAY]
        if day >= shop.days:
            continue
        base = shop.resource[operation] * shop.days
        floor.free[base + day] += work[given, WORK]
        log.work[row, OPERATION], log.work[row, WORK_DAY], log.work[row, WORK] = operation, day, -work[given, WORK]
        row += 1
        for other in range(day, shop.days):
            is_full = floor.free[base + other] == 0 and floor.open_day[base + other] != other
            before = floor.open_day[base + other - 1] if other > 0 else -1
            floor.open_day[base + other] = before if is_full else other
    log.rows[1] = row


@kernel
def clear_floor(shop: Shop, floor: Floor, log: FloorLog) -> None:
    """Take back everything that the try at hand laid."""
    take_back(shop, floor, log, 0, log.rows[1])
    log.rows[0], log.rows[1] = 0, 0


@kernel
def note_lots(floor: Floor, log: FloorLog, made: FloorLog) -> None:
    """Note where the lots of the try at hand will stand in ``made``, so that others may join them."""
    for lot in range(log.rows[0] if len(floor.lot_at) > 0 else 0):
        if log.lots[lot, JOINS] < 0 and log.lots[lot, ORDER] > OPEN_CLAIM:
            floor.lot_at[log.lots[lot, CELL]] = made.rows[0] + lot + 1


@kernel
def close_full_days(shop: Shop, floor: Floor, log: FloorLog, begin: int) -> None:
    """Have the days that logged work, from row ``begin`` on, has filled point to the day before: full for good."""
    for row in range(begin, log.rows[1]):
        resource, day = shop.resource[log.work[row, OPERATION]], log.work[row, WORK_DAY]
        if day < shop.days and floor.free[resource * shop.days + day] == 0:
            floor.open_day[resource * shop.days + day] = (
                floor.open_day[resource * shop.days + day - 1] if day > 0 else -1
            )


@kernel
def settle_floor(shop: Shop, floor: Floor, log: FloorLog, made: FloorLog) -> None:
    """Let the try at hand stand: its lots and work go to the end of ``made``, full days are closed."""
    lots, work, rows = made.lots, made.work, made.rows
    close_full_days(shop, floor, log, 0)
    for row in range(log.rows[1]):
        for column in range(3):
            work[rows[1] + row, column] = log.work[row, column]
    for lot in range(log.rows[0]):
        for column in range(8):
            lots[rows[0] + lot, column] = log.lots[lot, column]
        lots[rows[0] + lot, WORK_FROM] += rows[1]
        lots[rows[0] + lot, WORK_END] += rows[1]
        if log.lots[lot, JOINS] >= 0:
            lots[log.lots[lot, JOINS], LOT_QTY] += log.lots[lot, LOT_QTY]
    rows[0] += log.rows[0]
    rows[1] += log.rows[1]
    log.rows[0], log.rows[1] = 0, 0


def room_for(lots: int, work: int) -> FloorLog:
    """An empty log of this size."""
    return FloorLog(np.empty((lots, 8), np.int64), np.empty((work, 3), np.int64), np.zeros(2, np.int64))


def floor_log(shop: Shop, cells: int) -> FloorLog:
    """A log that no try can outgrow: it makes a cell once, and a row of work ends an operation or fills a day.

    It may put off one open order first.
    """
    most = int(np.diff(shop.first).max(initial=0))
    if most == 0:
        return room_for(1, 1)
    return room_for(cells + 3, (cells + 2) * most + 2 * shop.capacity.size + 1)


@kernel
def fits(made: FloorLog, log: FloorLog) -> bool:
    """Is there room to settle the try at hand?"""
    if made.rows[0] + log.rows[0] > made.lots.shape[0]:
        return False
    return bool(made.rows[1] + log.rows[1] <= made.work.shape[0])


def roomier(made: FloorLog) -> FloorLog:
    """A copy with room for as much again, and some more."""
    larger = room_for(2 * made.lots.shape[0] + 64, 2 * made.work.shape[0] + 64)
    larger.lots[: made.lots.shape[0]] = made.lots
    larger.work[: made.work.shape[0]] = made.work
    larger.rows[:] = made.rows
    return larger


def gathered(logs: list[FloorLog]) -> FloorLog:
    """The lots of several passes in one log, by due cell; lots of one cell in the order in which they were made.

    What joined a lot is part of it.
    """
    lots, work = [np.empty((0, 8), np.int64)], [np.empty((0, 3), np.int64)]
    lots_before = work_before = 0
    for log in logs:
        mine = log.lots[: log.rows[0]].copy()
        mine[:, [WORK_FROM, WORK_END]] += work_before
        mine[:, JOINS] = np.where(mine[:, JOINS] >= 0, mine[:, JOINS] + lots_before, -1)
        lots_before, work_before = lots_before + int(log.rows[0]), work_before + int(log.rows[1])
        lots.append(mine)
        work.append(log.work[: log.rows[1]])
    every, done = with_joined(np.concatenate(lots), np.concatenate(work))
    every = np.ascontiguousarray(every[np.argsort(every[:, CELL], kind="stable")])
    return FloorLog(every, done, np.array([every.shape[0], done.shape[0]], np.int64))


def with_joined(lots: Ints, work: Ints) -> tuple[Ints, Ints]:
    """Lots alone, each with the work of what joined it; one row of work for an operation and day."""
    joined = lots[:, JOINS] >= 0
    if not joined.any():
        return lots, work
    main = np.where(joined, lots[:, JOINS], np.arange(lots.shape[0]))
    of_row = np.repeat(main, lots[:, WORK_END] - lots[:, WORK_FROM])
    order = np.lexsort((-work[:, WORK_DAY], -work[:, OPERATION], of_row))
    of_row, work = of_row[order], work[order]
    keys = np.stack((of_row, work[:, OPERATION], work[:, WORK_DAY]), axis=1)
    begins = np.flatnonzero(np.append(True, (keys[1:] != keys[:-1]).any(axis=1)))
    summed = work[begins]
    summed[:, WORK] = np.add.reduceat(work[:, WORK], begins)
    lots = lots[~joined].copy()
    number = np.flatnonzero(~joined)
    lots[:, WORK_FROM] = np.searchsorted(of_row[begins], number)
    lots[:, WORK_END] = np.searchsorted(of_row[begins], number, side="right")
    return lots, summed
