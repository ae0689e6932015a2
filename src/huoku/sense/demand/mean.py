"""The plain mean of the past."""

from huoku.sense.demand.normal import NormalUse
from huoku.sense.demand.spread import Floats
from huoku.sense.demand.traits import NOTHING_KNOWN, Traits


class Mean:
    """Rate = mean of all periods."""

    def fit(self, past: Floats, traits: Traits = NOTHING_KNOWN) -> NormalUse:
        """From ``past`` (series, periods, the oldest first)."""
        return NormalUse.around(past.mean(axis=1), past)
