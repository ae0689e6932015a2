"""Stock that is left to those who cannot wait, where machines make more of the same.

Below no machine only scarce days take stock. Above machines every day is scarce: there a claim takes what lies there
though it could be made in time, and another that cannot wait finds nothing. Whether it is better to make some and
to leave the stock is a question of minutes as well, so both are tried, and money decides.

What is spared for the late claims of a rank, and whether, depends on no worse rank: so a quote, which stands behind
all orders and contracts, finds them as they were.
"""

from collections.abc import Iterator

import numpy as np

from huoku.buy.terms import Flags, Floats, Ints
from huoku.compiled import kernel
from huoku.plan.decide.promise import Promises
from huoku.plan.decide.trials import Trial, Trials
from huoku.plan.model.arrays import Model
from huoku.plan.model.build import Case
from huoku.plan.model.claiming import ORDER

LEAST_GAIN = 1e-6
MOST_TRIES = 4
"""For so many ranks, the most urgent first, stock is spared: each costs as much as serving all claims once more."""


def worth_sparing(case: Case, promises: Promises) -> Iterator[tuple[int, Flags]]:
    """For one rank of orders after the other, its place among all ranks, and by node: is it made above machines, has it
    stock, and does a late claim of this rank or a better one lack it or a part of it? Only ranks with such nodes."""
    model, table = case.model, case.claiming.table
    if model.shop.resource.size == 0:
        return
    has_stock = np.diff(case.incoming.receipts.first) > 0
    made = (model.make_source >= 0) & (model.cover > model.horizon)
    rank, kind = (table[name].to_numpy() for name in ("rank", "kind"))
    late = (promises.day != case.claiming.claims.day) & (promises.blocker >= 0) & (kind <= ORDER)
    ranks, tries = np.unique(rank), 0
    for at in np.flatnonzero(np.isin(ranks, rank[late])).tolist():
        leads = np.zeros(model.items, np.bool_)
        leads[promises.blocker[late & (rank <= ranks[at])] // model.locations] = True
        fill_leads(model, leads)
        found = np.repeat(leads & made, model.locations) & has_stock
        if found.any() and tries < MOST_TRIES:
            tries += 1
            yield at, found


@kernel
def fill_leads(model: Model, leads: Flags) -> None:
    """Mark what the marked items are parts of, or stand in for, at any level."""
    bom, ways, places = model.bom, model.ways, model.locations
    for item in range(model.items - 1, -1, -1):
        for line in range(bom.line_first[bom.first[item]], bom.line_first[bom.first[item + 1]]):
            leads[item] = leads[item] or leads[bom.component[line]]
        for way in range(ways.first[item * places], ways.first[(item + 1) * places]):
            leads[item] = leads[item] or leads[ways.target[way] // places]


class AsServed:
    """Serves the claims of each rank in an order that is known."""

    def __init__(self, order: Ints):
        self.place = np.empty(order.size, np.int64)
        self.place[order] = np.arange(order.size)

    def __call__(self, trials: Trials, members: Ints, effort: int) -> Trial:
        """See ``Service``."""
        return trials.serve(members[np.argsort(self.place[members], kind="stable")], trials.claims.day)


def loses_less(losses: Floats, other: Floats, at: int) -> bool:
    """Does the rank at this place lose less money than in ``other``, and no rank more?"""
    return bool(losses[at] < other[at] - LEAST_GAIN and (losses <= other + LEAST_GAIN).all())
