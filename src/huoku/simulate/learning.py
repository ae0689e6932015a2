"""The demand model under which a history is replayed, learnt from what lies before it."""

import numpy as np

from huoku.sense.demand import Discounted, HitsAndSizes, Traits
from huoku.simulate.parts import Floats, Ints


def learnt(past: Floats, unit_cost: Floats, lead: Ints) -> HitsAndSizes:
    """Hits and sizes with constants for the usual lead time; ``past`` has shape (parts, periods), the oldest first.

    Give it all parts, also those that were never used: among used ones alone, every part would seem to be used soon.
    Hits are a discounted share of the periods: in replays it left less over at equal service than levels of activity,
    though these foretell quantiles better.
    """
    ahead = max(1, min(int(np.median(lead)) + 1, past.shape[1] // 3))
    return HitsAndSizes.learn(past, ahead=ahead, traits=Traits(unit_cost), hits=Discounted.learn(past > 0, ahead))
