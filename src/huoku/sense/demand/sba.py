"""Croston's method with the correction of Syntetos & Boylan (2005): sizes and intervals smoothed apart."""

from dataclasses import dataclass

import numpy as np

from huoku.sense.demand.normal import NormalUse
from huoku.sense.demand.spread import Floats
from huoku.sense.demand.traits import NOTHING_KNOWN, Traits


@dataclass(frozen=True, slots=True)
class Sba:
    """``smoothing`` is the weight of the newest size and interval."""

    smoothing: float = 0.1

    def fit(self, past: Floats, traits: Traits = NOTHING_KNOWN) -> NormalUse:
        """From ``past`` (series, periods, the oldest first); what was never used has rate 0."""
        size, interval = np.zeros(len(past)), np.ones(len(past))
        since, seen = np.ones(len(past)), np.zeros(len(past), np.bool_)
        for use in past.T:
            is_hit = use > 0
            weight = np.where(seen, self.smoothing, 1.0)  # the first hit sets both
            size = np.where(is_hit, size + weight * (use - size), size)
            interval = np.where(is_hit, interval + weight * (since - interval), interval)
            seen |= is_hit
            since = np.where(is_hit, 1.0, since + 1.0)
        return NormalUse.around((1.0 - self.smoothing / 2.0) * size / interval, past)
