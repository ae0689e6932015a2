"""Providing what is wanted of a choice in the first pass: by what can be had anyway, from stock, or by making it."""

from huoku.compiled import kernel
from huoku.plan.decide.cells import Cells, Scratch, free_by, give_back, is_spared, move, take_free, want
from huoku.plan.model.arrays import Model, in_any_amount, is_apart, leads, make_start
from huoku.plan.model.shop import has_work


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

    A way that takes whole packs serves one order's need, not the sum of several. Where alternatives are not mixed, one
    of them provides all that is wanted of the choice on a day. Returns the heap's size, the log's length, and what
    nothing provides.
    """
    ways, first, end = model.ways, model.ways.first[node], model.ways.first[node + 1]
    is_one = cells.asked[cells.first[node] + day] == 1
    taken = alternative_of(model, cells, node, day)
    for way in range(first, end):
        on = leaves_on(model, way, day)
        window = cells.first[ways.target[way] + 1] - cells.first[ways.target[way]]
        if (
            on >= window
            and in_any_amount(model, ways.target[way] // model.locations, on)
            and is_whole(ways.per[way], rest, is_one)
            and (taken < 0 or ways.alternative[way] == taken)
        ):
            # The second pass is free to find something cheaper, where one way need not know of the other.
            is_free = ways.per[way] == 1 and not is_apart(ways, node)
            return size, logged if is_free else move(cells, scratch, logged, way, day, rest), 0
    makes, short = 0, rest
    for way in range(first, end):
        if not leads(ways, first, way) or (taken >= 0 and ways.alternative[way] != taken):
            continue
        until, left = take_stock(model, cells, scratch, logged, way, end, day, rest, is_one)
        if left == 0:
            return size, until, 0
        give_back(cells, scratch, logged, until)
        short = min(short, left)
        for other in range(way, end):
            if ways.alternative[other] == ways.alternative[way] and makes_by(model, cells, other, day, left, is_one):
                makes += 1
    if makes == 0:
        return size, logged, short
    skip = scratch.detour[0] % makes
    for way in range(first, end):
        if not leads(ways, first, way) or (taken >= 0 and ways.alternative[way] != taken):
            continue
        until, left = take_stock(model, cells, scratch, logged, way, end, day, rest, is_one)
        for other in range(way, end):
            if ways.alternative[other] != ways.alternative[way] or not makes_by(model, cells, other, day, left, is_one):
                continue
            if skip == 0:
                qty = left // ways.per[other] * ways.each[other]
                size = want(cells, scratch, size, ways.target[other], leaves_on(model, other, day), qty, 1)
                return size, move(cells, scratch, until, other, day, left), 0
            skip -= 1
        give_back(cells, scratch, logged, until)
    return size, logged, short


@kernel
def alternative_of(model: Model, cells: Cells, node: int, day: int) -> int:
    """The alternative that provides others with what is wanted of a choice on a day; -1 where none does yet."""
    ways = model.ways
    for way in range(ways.first[node], ways.first[node + 1]):
        if cells.moved[cells.way_first[way] + day] > 0:
            return int(ways.alternative[way])
    return -1


@kernel
def take_stock(
    model: Model,
    cells: Cells,
    scratch: Scratch,
    logged: int,
    first: int,
    end: int,
    day: int,
    rest: int,
    is_one: bool,
) -> tuple[int, int]:
    """Take what is free by the ways of one alternative, of which ``first`` is the first; returns log and rest."""
    ways = model.ways
    for way in range(first, end):
        on = leaves_on(model, way, day)
        if (
            ways.alternative[way] != ways.alternative[first]
            or on < 0
            or rest == 0
            or not (is_one or ways.per[way] == 1)
        ):
            continue
        target = ways.target[way]
        if is_spared(scratch, target):
            continue
        by = min(on, cells.first[target + 1] - cells.first[target] - 1)
        packs = min(rest // ways.per[way], free_by(model, cells, target, by) // ways.each[way])
        if packs > 0:
            logged, _ = take_free(model, cells, scratch, logged, target, by, packs * ways.each[way])
            logged = move(cells, scratch, logged, way, day, packs * ways.per[way])
            rest -= packs * ways.per[way]
    return logged, rest


@kernel
def makes_by(model: Model, cells: Cells, way: int, day: int, qty: int, is_one: bool) -> bool:
    """Can what a way takes be made in time, so much of it?"""
    target = model.ways.target[way]
    if leaves_on(model, way, day) >= cells.first[target + 1] - cells.first[target]:
        return False  # what lapses is not to be had on that day
    return can_make_by(model, way, day) and is_whole(model.ways.per[way], qty, is_one)


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
