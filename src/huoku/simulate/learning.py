"""The demand model under which a history is replayed, learnt from what lies before it."""

import numpy as np

from huoku.sense.demand import Discounted, Method, Seasonal, Traits
from huoku.simulate.parts import Floats, Ints


def learnt(past: Floats, unit_cost: Floats, lead: Ints, periods_per_year: int) -> Method:
    """Hits and sizes with constants for the usual lead time; ``past`` has shape (parts, periods), the oldest first.

    Give it all parts, also those that were never used: among used ones alone, every part would seem to be used soon.
    Hits are a discounted share of the periods: in replays it left less over at equal service than levels of activity,
    though these foretell quantiles better. Of two whole years and more seasons are learnt too, where they foretold the
    past better. The same model serves every factory: ``docs/evidence/future-use.md`` says why.
    """
    ahead = max(1, min(int(np.median(lead)) + 1, past.shape[1] // 3))
    hits = Discounted.learn(past > 0, ahead)
    return Seasonal.learn(past, ahead=ahead, periods_per_year=periods_per_year, traits=Traits(unit_cost), hits=hits)
