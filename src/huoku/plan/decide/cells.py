"""The scarce days of the first pass: what is free on them, what is made by them, the log by which a try is undone."""

from typing import NamedTuple

import numpy as np

from huoku.buy.terms import Flags, Ints
from huoku.compiled import kernel
from huoku.plan.decide.heap import push
from huoku.plan.model.arrays import Model
from huoku.plan.model.floor import Floor, FloorLog, clear_floor, floor_log, room_for


class Cells(NamedTuple):
    """The scarce days of all nodes: node ``n`` has the cells ``first[n]`` to ``first[n + 1] - 1``."""

    first: Ints
    node: Ints  # of each cell
    free: Ints  # stock and receipts that arrive on this day and nobody has taken
    made: Ints  # quantity that is made by this day
    wanted: Ints  # scratch of the try at hand, all zero between tries
    asked: Ints  # by how many orders the quantity of ``wanted`` is wanted
    moved: Ints  # what a way took for a scarce day of its choice
    way_first: Ints  # where in ``moved`` the days of a way begin
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
    open_work: Ints  # of open make orders as it was laid, see ``OpenOrders``
    spared: Flags  # by node: does the claim at hand leave its stock to others? Empty where nothing is spared
    spares: Ints  # one number: does it?


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


@kernel
def want(cells: Cells, scratch: Scratch, size: int, node: int, day: int, qty: int, by: int) -> int:
    """Ask for ``qty`` of a node, all that so many orders want, on a scarce day; returns the new size of the heap."""
    cell = cells.first[node] + day
    if cells.wanted[cell] == 0:
        push(scratch.heap, size, cell)
        size += 1
        cells.asked[cell] = 0
    cells.wanted[cell] += qty
    cells.asked[cell] += by
    return size


@kernel
def is_spared(scratch: Scratch, node: int) -> bool:
    """Is the stock of a node left to others for now?"""
    return bool(scratch.spares[0] > 0 and scratch.spared[node])


@kernel
def undo(model: Model, cells: Cells, scratch: Scratch, logged: int) -> None:
    """Take back the changes of a try."""
    clear_floor(model.shop, cells.floor, scratch.floor)
    give_back(cells, scratch, 0, logged)


@kernel
def give_back(cells: Cells, scratch: Scratch, begin: int, end: int) -> None:
    """Take back what the entries ``begin`` to ``end - 1`` of the log changed in the cells."""
    for entry in range(end - 1, begin - 1, -1):
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
    first, item = cells.first[node], node // model.locations
    at, good = first + day, first + max(0 if model.ages_today[item] else 1, day - model.lasts[item])
    while rest > 0 and at >= first:
        while at >= good and cells.free[at] == 0:
            at -= 1
        if at < good and model.ages_today[item]:
            break
        if at < good:
            at = first  # what is there today has its own date, or none
        free = cells.free[at]
        if free > 0:
            taken = min(rest, free)
            cells.free[at] = free - taken
            scratch.log_cell[logged], scratch.log_change[logged] = at, -taken
            logged += 1
            rest -= taken
        at -= 1
    return logged, rest


@kernel
def free_by(model: Model, cells: Cells, node: int, day: int) -> int:
    """What is free of a node on a scarce day."""
    item = node // model.locations
    total = 0 if model.ages_today[item] and day > model.lasts[item] else cells.free[cells.first[node]]
    good = max(1, day - model.lasts[item])
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


def scratch_for(model: Model, cells: Cells, open_work: Ints) -> Scratch:
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
        open_work,
        np.zeros(0, np.bool_),
        np.zeros(1, np.int64),
    )


def copied(cells: Cells) -> Cells:
    """A copy, to take from; what serving a claim does not change is shared."""
    return cells._replace(
        free=cells.free.copy(),
        made=cells.made.copy(),
        moved=cells.moved.copy(),
        floor=Floor(*(column.copy() for column in cells.floor)),
    )


def copy_over(spare: Cells, cells: Cells) -> None:
    """Make a copy like ``cells`` again. New memory would cost more than copying."""
    for there, column in zip(
        (spare.free, spare.made, spare.moved, *spare.floor),
        (cells.free, cells.made, cells.moved, *cells.floor),
        strict=True,
    ):
        np.copyto(there, column)
