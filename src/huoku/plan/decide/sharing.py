"""Sharing out: which of the things that may serve a need serves it, family by family, by money.

What the promises took for the days that could not wait stays as it was. The rest is asked of the first way
that can provide any amount; own lots that expire go first, the earliest first. Then shares are moved from way
to way as long as that saves money: stock in a sister plant or of a substitute before a new minimum lot, two
places buying together, a cheaper substitute. A move is judged by what it makes of both nodes: orders,
fees, holding, leftovers, and the carrying.
"""

from huoku.buy.lot_sizing import FULL, Search
from huoku.compiled import kernel
from huoku.plan.decide.cells import Cells
from huoku.plan.decide.choosing import leaves_on
from huoku.plan.decide.desk import STATES, At, Desk
from huoku.plan.decide.shares import (
    carrying,
    clear_shares,
    for_last_lot,
    give,
    give_first,
    has_source,
    movable,
    reckon,
    shift,
    spare_of,
    unshift,
    use_up_expiring,
)
from huoku.plan.decide.transfers import write_shares
from huoku.plan.model.arrays import Model, Receipts
from huoku.plan.model.shop import has_work

ROUNDS = 3
"""How often all moves are tried again after one has saved money."""

LEAST_SAVING = 1e-6


@kernel
def share_out(model: Model, cells: Cells, receipts: Receipts, search: Search, desk: Desk, at: At) -> At:
    """Share out the family whose first choice is ``at.node``: needs of its choices become needs of its other nodes."""
    begin = at.node
    end = model.ways.choices_end[begin // model.locations] * model.locations
    last = model.ways.family_end[begin // model.locations] * model.locations
    clear_shares(model, desk, begin, end, last)
    for choice in range(begin, end):
        give_first(model, cells, desk, choice, begin, end)
    for choice in range(begin, end):
        use_up_expiring(model, receipts, desk, choice, begin, end)
    for node in range(end, last):
        if not reckon(model, cells, receipts, search, desk, node, end):
            return At(begin, at.needs, at.orders, at.pegs, at.unserved, STATES)
    for _ in range(ROUNDS):
        saved = False
        for choice in range(begin, end):
            for way in range(model.ways.first[choice], model.ways.first[choice + 1]):
                found = move_to(model, cells, receipts, search, desk, choice, way, begin, end)
                if found == FULL:
                    return At(begin, at.needs, at.orders, at.pegs, at.unserved, STATES)
                saved = saved or found > 0
        for node in range(end, last):
            found = move_together(model, cells, receipts, search, desk, node, begin, end, last)
            if found == FULL:
                return At(begin, at.needs, at.orders, at.pegs, at.unserved, STATES)
            saved = saved or found > 0
        if not saved:
            break
    for choice in range(begin, end):
        take_cheaper_routes(model, receipts, desk, choice, begin, end)
    return write_shares(model, desk, at, begin, end)


@kernel
def move_to(
    model: Model,
    cells: Cells,
    receipts: Receipts,
    search: Search,
    desk: Desk,
    choice: int,
    way: int,
    begin: int,
    end: int,
) -> int:
    """Move shares of a choice to a way where that saves money; returns 1 where any did, else 0, or ``FULL``."""
    ways, saved = model.ways, 0
    target = ways.target[way]
    if has_work(model.shop, target // model.locations):
        return 0  # the first pass has laid all that the machines make
    for other in range(ways.first[choice], ways.first[choice + 1]):
        source = ways.target[other]
        if source == target or spare_of(model, receipts, desk, source, end) >= 0:
            continue
        most = movable(model, desk, choice, other, way, begin)
        spare = max(0, spare_of(model, receipts, desk, target, end)) // ways.each[way] * ways.per[way]
        short = -spare_of(model, receipts, desk, source, end) // ways.each[other] * ways.per[other]
        perishes = model.lasts[source // model.locations] <= model.horizon
        for attempt in range(4 if perishes and spare < most else 3):
            # What is there, what is short, everything; of what perishes what would take a last order of its own.
            qty = min(most, short) if attempt == 1 else (most if attempt == 2 else min(most, spare))
            if attempt == 3:
                qty = min(qty, for_last_lot(model, desk, other, begin))
            # What is made for one demand takes what is reserved for it, which its own money does not show.
            only_spare = ways.for_one[other] == 1 or not has_source(model, target)
            if qty <= 0 or (attempt > 0 and only_spare and qty > spare):
                continue
            before = desk.shares.money[source - end] + desk.shares.money[target - end]
            qty = shift(model, desk, choice, other, way, qty, begin, end, attempt == 3)
            if qty == 0:
                continue
            known = reckon(model, cells, receipts, search, desk, source, end)
            known = reckon(model, cells, receipts, search, desk, target, end) and known
            after = desk.shares.money[source - end] + desk.shares.money[target - end]
            after += (carrying(model, way) - carrying(model, other)) * qty
            if known and after < before - LEAST_SAVING:
                saved = 1
                break
            unshift(model, desk, other, way, begin, end)
            reckon(model, cells, receipts, search, desk, source, end)
            reckon(model, cells, receipts, search, desk, target, end)
            if not known:
                return FULL
    return saved


@kernel
def move_together(
    model: Model,
    cells: Cells,
    receipts: Receipts,
    search: Search,
    desk: Desk,
    source: int,
    begin: int,
    end: int,
    last: int,
) -> int:
    """Have all that is short of a node come from what is there elsewhere, of several choices and from several places.

    One move alone may save nothing, because the rest still has to be ordered. Returns 1 where it saves money, 0
    where it does not and nothing is changed, or ``FULL``.
    """
    if spare_of(model, receipts, desk, source, end) >= 0:
        return 0
    ways, shares, days = model.ways, desk.shares, model.horizon + 1
    given = (ways.first[end] - ways.first[begin]) * days
    for at in range((last - end) * days):
        shares.asked_before[at] = shares.asked[at]
    for at in range(given):
        shares.given_before[at] = shares.given[at]
    before, carried, moves = 0.0, 0.0, 0
    for node in range(end, last):
        before += shares.money[node - end]
    for choice in range(begin, end):
        for other in range(ways.first[choice], ways.first[choice + 1]):
            if ways.target[other] != source:
                continue
            for way in range(ways.first[choice], ways.first[choice + 1]):
                short = -spare_of(model, receipts, desk, source, end) // ways.each[other] * ways.per[other]
                spare = spare_of(model, receipts, desk, ways.target[way], end) // ways.each[way] * ways.per[way]
                qty = min(short, spare, movable(model, desk, choice, other, way, begin))
                if qty > 0 and ways.target[way] != source:
                    qty = shift(model, desk, choice, other, way, qty, begin, end, False)
                    carried += (carrying(model, way) - carrying(model, other)) * qty
                    moves += 1 if qty > 0 else 0
    if moves == 0:
        return 0
    known, after = True, carried
    for node in range(end, last):
        known = reckon(model, cells, receipts, search, desk, node, end) and known
        after += shares.money[node - end]
    if known and after < before - LEAST_SAVING:
        return 1
    for at in range((last - end) * days):
        shares.asked[at] = shares.asked_before[at]
    for at in range(given):
        shares.given[at] = shares.given_before[at]
    for node in range(end, last):
        reckon(model, cells, receipts, search, desk, node, end)
    return 0 if known else FULL


@kernel
def take_cheaper_routes(model: Model, receipts: Receipts, desk: Desk, choice: int, begin: int, end: int) -> None:
    """Have what is there in time for it go by the cheapest of several routes, also what the promises took."""
    ways, shares, days = model.ways, desk.shares, model.horizon + 1
    for way in range(ways.first[choice], ways.first[choice + 1]):
        for other in range(ways.first[choice], ways.first[choice + 1]):
            if ways.target[other] != ways.target[way] or carrying(model, way) > carrying(model, other) - LEAST_SAVING:
                continue
            for day in range(days):
                row, from_row = (way - ways.first[begin]) * days + day, (other - ways.first[begin]) * days + day
                qty, fixed = shares.given[from_row], shares.bound[from_row]
                if qty == 0 or leaves_on(model, way, day) < 0 or qty % ways.per[way] != 0:
                    continue
                give(model, desk, other, day, -qty, begin, end)
                give(model, desk, way, day, qty, begin, end)
                if is_covered(receipts, desk, ways.target[way], end, days):
                    shares.bound[from_row] -= fixed
                    shares.bound[row] += fixed
                else:
                    give(model, desk, way, day, -qty, begin, end)
                    give(model, desk, other, day, qty, begin, end)


@kernel
def is_covered(receipts: Receipts, desk: Desk, node: int, end: int, days: int) -> bool:
    """Do a node's stock and open orders serve all that is asked of it, each day?"""
    receipt, there = receipts.first[node], 0
    for day in range(days):
        while receipt < receipts.first[node + 1] and receipts.day[receipt] <= day:
            there += receipts.qty[receipt]
            receipt += 1
        there -= desk.shares.asked[(node - end) * days + day]
        if there < 0:
            return False
    return True
