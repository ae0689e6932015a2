"""Method of Teunter, Syntetos & Babai (2011): the chance of a hit falls while nothing is used."""

from dataclasses import dataclass

import numpy as np

from huoku.sense.demand.normal import NormalUse
from huoku.sense.demand.spread import Floats
from huoku.sense.demand.traits import NOTHING_KNOWN, Traits


@dataclass(frozen=True, slots=True)
class Tsb:
    """Weights of the newest size, at each hit, and of the newest period in the chance of a hit."""

    of_size: float = 0.1
    of_chance: float = 0.05

    def fit(self, past: Floats, traits: Traits = NOTHING_KNOWN) -> NormalUse:
        """From ``past`` (series, periods, the oldest first); what was never used has rate 0."""
        size, chance, seen = np.zeros(len(past)), np.zeros(len(past)), np.zeros(len(past), np.bool_)
        for at, use in enumerate(past.T):
            is_hit = use > 0
            size = np.where(is_hit, size + np.where(seen, self.of_size, 1.0) * (use - size), size)
            # The first hit sets the chance to one hit in the periods so far.
            chance = np.where(seen, chance + self.of_chance * (is_hit - chance), is_hit / (at + 1.0))
            seen |= is_hit
        return NormalUse.around(chance * size, past)
