"""A pack for the talk with the supplier: what its minimum costs us, what we could accept, what volume we bring."""

from typing import NamedTuple

import numpy as np

from huoku.buy.negotiation.indifference import Point, indifference
from huoku.buy.negotiation.volume import Reached, volume
from huoku.buy.options import BreakEven, Case, Comparison
from huoku.buy.terms import Ints

STEPS = 4
"""Into so many about equal steps the way from the need to the supplier's minimum is cut, in whole packs or, where any
quantity is sold, in round numbers."""


class Pack(NamedTuple):
    """``opportunity``: what buying the minimum costs above the best option. ``points``: what we could accept instead,
    from the need up to the minimum. ``expected``: the need by the end of each month, ``reached``: what that unlocks.
    """

    opportunity: float
    break_even: BreakEven | None
    points: tuple[Point, ...]
    expected: tuple[float, ...]
    reached: tuple[Reached, ...]


def _round_for(lot: int) -> int:
    """10 for hundreds, 100 for thousands: two figures are as exact as people bargain."""
    return max(1, 10 ** (len(str(lot)) - 2))


def pack_of(case: Case, compared: Comparison, known: Ints | None = None, months: int = 12) -> Pack | None:
    """The pack about the main offer; None where nobody offers the item.

    The points are compared with the best option that is not the supplier's own minimum or break as it stands; with
    the minimum itself where there is none.
    """
    bare = next((one for one in compared.options if one.option.kind == "minimum"), None)
    if bare is None:
        return None
    others = [one for one in compared.options if one.option.kind not in ("minimum", "to_break", "charge")]
    best = min([bare.cost, *(one.cost for one in others)])
    lot = int(bare.option.qty)
    pack = int(case.terms.multiple[bare.option.source])
    pack = pack if pack > 1 else _round_for(lot)
    between = (case.need + (lot - case.need) * step // STEPS for step in range(1, STEPS))
    quantities = sorted({case.need, *(min(lot, -(-qty // pack) * pack) for qty in between), lot})
    expected, reached = volume(case, np.zeros(months, np.int64) if known is None else known, months)
    return Pack(
        opportunity=bare.cost - best,
        break_even=compared.against_rest(case, bare),
        points=indifference(case, best, quantities, int(case.terms.lead[bare.option.source])),
        expected=expected,
        reached=tuple(one for one in reached if one.source == bare.option.source),
    )
