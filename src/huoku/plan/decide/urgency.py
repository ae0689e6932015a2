"""In which order to serve claims that compete for machines.

Where machines are full, who goes first decides how late the others are. A claim's place is the day that it could
have alone, moved forward by what a minute of its work is worth: by the logarithm of the money that a day's
delay costs for each minute, times a few days. (The apparent tardiness cost rule: Vepsalainen & Morton 1987.)
"""

import numpy as np

from huoku.buy.terms import Floats, Ints
from huoku.compiled import kernel
from huoku.plan.model.arrays import Claims, Model

PATIENCE_DAYS = (15, 25, 35, 50)
"""So many days forward for a claim whose minute is worth 2.7 times the average; each is tried."""

EXTREME = 1000.0
"""More than so many times the average, or so much less, is not told apart."""


@kernel
def fill_work(model: Model, work: Floats) -> None:
    """Write, by item, the work of one smallest step with all its levels (the first BOM version, set-ups apart)."""
    bom, shop = model.bom, model.shop
    for item in range(model.items - 1, -1, -1):
        total = 0.0
        for operation in range(shop.first[item], shop.first[item + 1]):
            total += shop.run[operation] / shop.steps[operation]
        if bom.first[item] < bom.first[item + 1]:
            version = bom.first[item]
            for line in range(bom.line_first[version], bom.line_first[version + 1]):
                total += bom.per[line] * work[bom.component[line]]
        way = model.ways.first[item * model.locations]
        if way < model.ways.first[(item + 1) * model.locations]:
            total = work[model.ways.target[way] // model.locations] * model.ways.each[way] / model.ways.per[way]
        work[item] = total


def urgent_places(model: Model, claims: Claims, members: Ints, alone: Ints) -> list[Floats]:
    """A place for each member, in days, smaller is earlier; one list for each of ``PATIENCE_DAYS``.

    ``alone``, by member: the day it could have if it were served first.
    """
    work = np.zeros(model.items)
    fill_work(model, work)
    minutes = work[claims.node[members] // model.locations] * claims.qty[members]
    loss = claims.loss_per_day[members]
    competes = (minutes > 0) & (loss > 0)
    worth = np.where(loss > 0, EXTREME, 1 / EXTREME)
    if competes.any():
        density = loss[competes] / minutes[competes]
        worth[competes] = np.clip(density / density.mean(), 1 / EXTREME, EXTREME)
    return [np.round(alone - patience * np.log(worth), 6) for patience in PATIENCE_DAYS]
