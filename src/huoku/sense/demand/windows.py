"""Empirical quantiles: what was used in every stretch of the past as long as the one to come, each equally likely."""

from dataclasses import dataclass

import numpy as np

from huoku.sense.demand.method import Periods, for_each
from huoku.sense.demand.spread import Amounts, Floats
from huoku.sense.demand.traits import NOTHING_KNOWN, Traits


class Windows:
    """No model at all: it cannot foretell more than was ever seen."""

    def fit(self, past: Floats, traits: Traits = NOTHING_KNOWN) -> "PastWindows":
        """From ``past`` (series, periods, the oldest first)."""
        return PastWindows(past)


@dataclass(frozen=True, slots=True)
class PastWindows:
    """The past as it was."""

    past: Floats

    def over(self, periods: Periods) -> Amounts:
        """The use over the next ``periods``; what is longer than the past is scaled up from the whole of it."""
        series, known = self.past.shape
        ahead = for_each(periods, series)
        up_to = np.concatenate((np.zeros((series, 1)), np.cumsum(self.past, axis=1)), axis=1)
        values, chances = np.zeros((series, known + 1)), np.zeros((series, known + 1))
        for length in np.unique(ahead):
            mine = ahead == length
            seen = min(int(length), known)
            sums = np.sort(up_to[mine, seen:] - up_to[mine, : known + 1 - seen], axis=1) * (length / max(seen, 1))
            count = sums.shape[1]
            values[mine, :count], values[mine, count:] = sums, sums[:, -1:]
            chances[mine, :count] = 1.0 / count
        return Amounts(values, chances)
