"""Use over a stretch of time as negative binomial, with a shape that all series share.

The mean is the series' own, with the past discounted by age; the shape grows with the hits that are to be expected.
How, and how fast the past is forgotten, is what made the next periods most likely at several moments of the past
(empirical Bayes by type-II maximum likelihood over all series; Snyder, Ord & Beaumont 2012 compare such models).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import betainc, gammaln

from huoku.sense.demand.method import Periods, for_each
from huoku.sense.demand.rolling import sample, trials
from huoku.sense.demand.spread import Amounts, Floats
from huoku.sense.demand.traits import NOTHING_KNOWN, Traits

DISCOUNTS = (1.0, 0.98, 0.96)
POINTS = 512


@dataclass(frozen=True, slots=True)
class NegativeBinomial:
    """The shape over a stretch with so many expected hits is exp(``level``) hits^``slope``."""

    level: float = 0.0
    slope: float = 1.0
    discount: float = 1.0

    @classmethod
    def learn(cls, past: Floats, *, ahead: int, traits: Traits = NOTHING_KNOWN) -> "NegativeBinomial":
        """From ``past`` (series, periods, the oldest first), for times of about ``ahead`` periods."""
        tried = trials(*sample(past, traits), ahead)
        best, found = np.inf, cls()
        for discount in DISCOUNTS:
            fitted = [cls(discount=discount).fit(trial.past) for trial in tried]
            hits = tried[0].ahead * np.concatenate([fit.hit_rate for fit in fitted])
            mean = tried[0].ahead * np.concatenate([fit.rate for fit in fitted])
            came = np.concatenate([trial.came for trial in tried])
            known = mean > 0
            answer = minimize(
                _surprise,
                np.array([0.0, 1.0]),
                args=(hits[known], mean[known], came[known]),
                bounds=[(-5.0, 5.0), (0.0, 3.0)],
            )
            if answer.fun < best:
                level, slope = answer.x.tolist()
                best, found = answer.fun, cls(level, slope, discount)
        return found

    def fit(self, past: Floats, traits: Traits = NOTHING_KNOWN) -> "FittedNegativeBinomial":
        """From ``past`` (series, periods, the oldest first)."""
        weight = self.discount ** np.arange(past.shape[1] - 1.0, -1.0, -1.0)
        weight /= weight.sum()
        return FittedNegativeBinomial(self, past @ weight, (past > 0) @ weight)


@dataclass(frozen=True, slots=True)
class FittedNegativeBinomial:
    """Amount and hits per period of each series (series,)."""

    method: NegativeBinomial
    rate: Floats
    hit_rate: Floats

    def over(self, periods: Periods) -> Amounts:
        """The use over the next ``periods``, of each series; chances are summed between the points of a lattice."""
        ahead = for_each(periods, self.rate.size)
        mean, by = self.rate * ahead, self.method
        shape = _shape((by.level, by.slope), self.hit_rate * ahead)
        deviation = np.sqrt(mean + mean**2 / shape)
        step = np.maximum(1.0, np.ceil((mean + 10.0 * deviation) / POINTS))
        values = step[:, None] * np.arange(float(POINTS))
        up_to = betainc(shape[:, None], values + 1.0, (shape / (shape + np.maximum(mean, 1e-12)))[:, None])
        up_to[:, -1] = 1.0
        chances: Floats = np.diff(up_to, axis=1, prepend=0.0)
        return Amounts(values, chances)


def _shape(constants: Sequence[float] | Floats, hits: Floats) -> Floats:
    level, slope = constants
    return np.clip(np.exp(level + slope * np.log(np.maximum(hits, 1e-6))), 1e-4, 1e6)


def _surprise(constants: Floats, hits: Floats, mean: Floats, came: Floats) -> float:
    """Minus the log likelihood of the amounts that came, but for a constant."""
    r = _shape(constants, hits)
    log = gammaln(came + r) - gammaln(r) + r * np.log(r / (r + mean)) + came * np.log(mean / (r + mean))
    return -float(log.sum())
