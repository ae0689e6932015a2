"""Use as hits and sizes: how often something is used, and how much at a time, each learnt apart."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from huoku.sense.demand.compound import compound
from huoku.sense.demand.hits import HitPrior, chance_of_hits, discounted, learn_hits
from huoku.sense.demand.sizes import SizePrior, Sizes, learn_ratios, sizes_to_come
from huoku.sense.demand.spread import Amounts, Floats, Ints


@dataclass(frozen=True, slots=True)
class HitsAndSizes:
    """The method with its constants: ``learn`` it once on the past, ``fit`` it anew with each period."""

    hits: HitPrior
    sizes: SizePrior

    @classmethod
    def learn(cls, past: Floats, *, ahead: int) -> "HitsAndSizes":
        """Constants from ``past`` (series, periods, the oldest first) alone, for times of about ``ahead`` periods."""
        ratios, any_size = learn_ratios(past)
        return cls(learn_hits(past > 0, ahead), SizePrior(ratios, any_size, weight=4.0, discount=0.98))

    def fit(self, past: Floats) -> "FittedHits":
        """What each series of ``past`` (series, periods, the oldest first) tells, in closed form."""
        hits, seen = discounted(past > 0, self.hits.discount)
        return FittedHits(
            a=self.hits.hits + hits,
            b=self.hits.misses + seen - hits,
            sizes=sizes_to_come(past, self.sizes),
            is_whole=bool((past == np.floor(past)).all()),
        )


@dataclass(frozen=True, slots=True)
class FittedHits:
    """Beta distributed chance of a hit (``a`` to ``b``), and the sizes, of each series."""

    a: Floats
    b: Floats
    sizes: Sizes
    is_whole: bool

    def over(self, periods: int | NDArray[np.int64]) -> Amounts:
        """The use over the next ``periods``: one number, or one for each series."""
        ahead: Ints = np.broadcast_to(np.asarray(periods, np.int64), self.a.shape)
        return compound(chance_of_hits(self.a, self.b, ahead), self.sizes, self.is_whole)
