"""The first day on which a claim can be served."""

from huoku.compiled import kernel
from huoku.plan.decide.cells import Cells, Outcome, Scratch, undo
from huoku.plan.decide.serving import can_serve, serve_claim
from huoku.plan.model.arrays import NEVER, Claims, Model
from huoku.plan.model.shop import has_work

DETOURS = 4
"""So many ways of making what is wanted are tried for a late claim: here, for it alone, in another place."""

NOT_TRIED = Outcome(-1, 0, 0, 0, -1, -1)


@kernel
def last_resort(model: Model, node: int, is_supply: bool) -> int:
    """A day on which a claim can be served whatever is in stock; the day after the horizon where none is."""
    item = node // model.locations
    day = model.cover[item]
    if is_supply and has_work(model.shop, item):
        return model.horizon + 1
    if is_supply:
        day = NEVER
        for version in range(model.bom.first[item], model.bom.first[item + 1]):
            start = max(model.bom.cover[version], model.bom.start_from[version])
            if start <= model.bom.start_to[version]:
                day = min(day, start)
    return min(day, model.horizon + 1)


@kernel
def leap(
    model: Model, cells: Cells, scratch: Scratch, claims: Claims, claim: int, low: int, blocked: Outcome
) -> tuple[int, int, Outcome]:
    """A day on which a claim can be served and one before it on which it cannot, in growing leaps from ``low``.

    With work on the floor, or with what perishes, no day is sure to be late enough. Where nothing is found: the last
    day and the day after.
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
    day, blocked, logged = serve_earliest(model, cells, scratch, claims, claim, guess)
    undo(model, cells, scratch, max(logged, 0))
    return day, blocked


@kernel
def serve_earliest(
    model: Model, cells: Cells, scratch: Scratch, claims: Claims, claim: int, guess: int
) -> tuple[int, Outcome, int]:
    """See ``earliest_day``. Where the guess is right the claim stays served: the third is the log's length, else -1."""
    wanted = claims.day[claim]
    if guess > wanted and len(model.ways.target) > 0:
        # Of what is good only for a while the wanted day may still find some, though the day before the guess does not.
        outcome = can_serve(model, cells, scratch, claims, claim, wanted)
        if outcome.node < 0:
            return wanted, outcome, -1
    before = can_serve(model, cells, scratch, claims, claim, guess - 1) if guess > wanted else NOT_TRIED
    blocked = serve_claim(model, cells, scratch, claims, claim, claims.qty[claim], guess)
    if blocked.node >= 0:
        low, high = guess, last_resort(model, claims.node[claim], claims.is_supply[claim])
    elif guess == wanted:
        return guess, blocked, blocked.logged
    elif before.node >= 0:
        return guess, before, blocked.logged
    else:
        undo(model, cells, scratch, blocked.logged)
        low, high = wanted, guess - 1
        blocked = can_serve(model, cells, scratch, claims, claim, wanted)
        if blocked.node < 0:
            return wanted, blocked, -1
    if high > model.horizon:
        low, high, blocked = leap(model, cells, scratch, claims, claim, low, blocked)
    while high - low > 1:
        middle = (low + high) // 2
        outcome = can_serve(model, cells, scratch, claims, claim, middle)
        if outcome.node < 0:
            high = middle
        else:
            low, blocked = middle, outcome
    return max(high, wanted), blocked, -1


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
