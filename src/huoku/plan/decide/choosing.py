"""Providing what is wanted of a choice in the first pass: by what can be had anyway, from stock, or by making it."""

from huoku.compiled import kernel
from huoku.plan.decide.cells import Cells, Scratch, free_by, move, take_free, want
from huoku.plan.model.arrays import Model, make_start
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
