"""One try of the first pass: take everything that one claim needs on one day, or change nothing."""

from huoku.buy.terms import legal_up
from huoku.compiled import kernel
from huoku.plan.decide.cause import find_cause, write_cause
from huoku.plan.decide.cells import Cells, Outcome, Scratch, is_spared, take_free, undo, want
from huoku.plan.decide.choosing import choose
from huoku.plan.decide.heap import pop
from huoku.plan.decide.joining import NOT_JOINED, join_lot
from huoku.plan.model.arrays import (
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
from huoku.plan.model.floor import Laid, clear_floor, earliest_end, give_up, lay, lay_again, log_lot, take_back
from huoku.plan.model.shop import has_work

NOT_MADE = Laid(-1, -1, -1, -1, -1)


@kernel
def want_components(model: Model, cells: Cells, scratch: Scratch, size: int, node: int, start: int, qty: int) -> int:
    """Ask for what an order of ``node`` takes on its start day, as far as that day is scarce."""
    item = node // model.locations
    version = version_on(model.bom, item, start)
    if version < 0:
        return size
    source = model.make_source[item]
    orders = lots_of(model, source, qty) if source >= 0 else 1
    for line in range(model.bom.line_first[version], model.bom.line_first[version + 1]):
        component = component_node(model, node, line)
        need = split_need(model, source, line, qty) if source >= 0 else component_need(model.bom, line, qty)
        if need > 0 and start < cells.first[component + 1] - cells.first[component]:
            size = want(cells, scratch, size, component, start, need, orders)
    return size


@kernel
def make_lot(model: Model, cells: Cells, scratch: Scratch, item: int, qty: int, wanted_day: int) -> Laid:
    """``lay_lot``, or nothing where the lot would be done so early that it is no good any more on the day."""
    begun = scratch.floor.rows[1]
    laid = lay_lot(model, cells, scratch, item, qty, wanted_day)
    if laid.start < 0 or wanted_day - laid.due <= model.lasts[item]:
        return laid
    if not has_work(model.shop, item):
        return NOT_MADE
    take_back(model.shop, cells.floor, scratch.floor, begun, scratch.floor.rows[1])
    scratch.floor.rows[1] = begun
    resource = model.shop.resource[model.shop.first[item + 1] - 1]
    return Laid(-1, -1, resource, wanted_day, earliest_end(model.shop, cells.floor, resource, wanted_day + 1, 1))


@kernel
def lay_lot(model: Model, cells: Cells, scratch: Scratch, item: int, qty: int, wanted_day: int) -> Laid:
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
        size = want(cells, scratch, size, node, day, qty, 1)
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
            if not is_spared(scratch, here):
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
def serve_claim(
    model: Model, cells: Cells, scratch: Scratch, claims: Claims, claim: int, qty: int, day: int
) -> Outcome:
    """``serve`` for so much of a claim."""
    node, shop, log = claims.node[claim], model.shop, scratch.floor
    if is_put_off(model, claims, claim, day):
        item, begin, end = node // model.locations, claims.open_from[claim], claims.open_end[claim]
        give_up(shop, cells.floor, log, scratch.open_work, begin, end)
        log_lot(log, cells.first[node], -1, -1, 0)
        latest = min(supply_day(claims, claim, day), model.horizon)
        laid = lay_again(shop, cells.floor, log, item, qty, 1, latest, day, scratch.open_work, begin, end)
        if laid.start < 0:
            clear_floor(shop, cells.floor, log)
            if scratch.ask[0] > 0:
                write_cause(scratch.cause, laid.resource, node, laid.needed, laid.relief)
            return Outcome(node, laid.needed, qty, 0, laid.resource, laid.relief)
        log_lot(log, cells.first[node], latest, laid.start, qty)
    return serve(model, cells, scratch, node, qty, day, claims.is_supply[claim])


@kernel
def is_put_off(model: Model, claims: Claims, claim: int, day: int) -> bool:
    """Does a claim served on a day have work that lies earlier?"""
    works = claims.is_supply[claim] and has_work(model.shop, claims.node[claim] // model.locations)
    return bool(works and day > claims.day[claim])


@kernel
def supply_day(claims: Claims, claim: int, start: int) -> int:
    """When an open make order that starts on day ``start`` is there: as planned, or later if it is made later."""
    return (
        max(claims.arrives[claim], start + claims.takes[claim]) if start != claims.day[claim] else claims.arrives[claim]
    )


@kernel
def can_serve(model: Model, cells: Cells, scratch: Scratch, claims: Claims, claim: int, day: int) -> Outcome:
    """``serve`` that changes nothing."""
    outcome = serve_claim(model, cells, scratch, claims, claim, claims.qty[claim], day)
    if outcome.node < 0:
        undo(model, cells, scratch, outcome.logged)
    return outcome
