"""Stock that is left to those who cannot wait, where machines make more of the same.

Below no machine only scarce days take stock. Above machines every day is scarce: there a claim takes what lies there
though it could be made in time, and another that cannot wait finds nothing. Whether it is better to make some and
to leave the stock is a question of minutes as well, so both are tried, and money decides.
"""

import numpy as np

from huoku.buy.terms import Flags, Floats, Ints
from huoku.compiled import kernel
from huoku.plan.decide.promise import Promises
from huoku.plan.decide.trials import Trial, Trials
from huoku.plan.model.arrays import Model
from huoku.plan.model.build import Case

LEAST_GAIN = 1e-6


def worth_sparing(case: Case, promises: Promises) -> Flags:
    """By node: is it made above machines, has it stock, and is there a late claim that lacks it or a part of it?

    Empty where there is none.
    """
    model, receipts = case.model, case.incoming.receipts
    nothing = np.zeros(0, np.bool_)
    if model.shop.resource.size == 0:
        return nothing
    late = (promises.day != case.claiming.claims.day) & (promises.blocker >= 0)
    leads = np.zeros(model.items, np.bool_)
    leads[promises.blocker[late] // model.locations] = True
    fill_leads(model, leads)
    made = leads & (model.make_source >= 0) & (model.cover > model.horizon)
    found = np.repeat(made, model.locations) & (np.diff(receipts.first) > 0)
    return found if found.any() else nothing


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

    def __init__(self, order: Ints, day: Ints):
        self.place = np.empty(order.size, np.int64)
        self.place[order] = np.arange(order.size)
        self.day = day

    def __call__(self, trials: Trials, members: Ints, effort: int) -> Trial:
        """See ``Service``."""
        wanted = trials.claims.day
        guess = np.where(self.day < 0, wanted, self.day)
        return trials.serve(members[np.argsort(self.place[members], kind="stable")], guess)


def loses_less(losses: Floats, other: Floats) -> bool:
    """Is less money lost, the better rank first?"""
    differ = np.flatnonzero(np.abs(losses - other) > LEAST_GAIN)
    return bool(differ.size and losses[differ[0]] < other[differ[0]])
