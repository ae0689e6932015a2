"""How many periods with use are to come: each series' own share of them, drawn towards that of all.

A hit is a period with use. The chance of a hit is beta distributed, with what is seen discounted by age so that it
follows a change; the number of hits to come is then beta-binomial. The prior is that of all series, by the
likelihood of what came next at several moments of the past (type-II maximum likelihood).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import betaln

from huoku.sense.demand.spread import Floats, Ints

DISCOUNTS = (1.0, 0.98, 0.96, 0.94)
MOMENTS = 4
"""At so many moments of the younger half of the past, or more, the next periods are foretold and compared."""
FIRM = np.log(1e4)
"""A prior is at most as firm as this many periods seen (its logarithm): all series alike."""


@dataclass(frozen=True, slots=True)
class Discounted:
    """What is believed of a series before its own history speaks: ``hits`` in ``hits + misses`` periods."""

    hits: float
    misses: float
    discount: float  # weight of a period against the one after it

    @classmethod
    def learn(cls, is_hit: NDArray[np.bool_], ahead: int) -> "Discounted":
        """The prior and the discount under which what came next was most likely.

        ``is_hit`` has shape (series, periods), the oldest first; ``ahead`` periods are foretold at once.
        """
        periods = is_hit.shape[1]
        ahead = max(1, min(ahead, periods // 3))
        moments = np.unique(np.linspace(periods // 2, periods - ahead, _moments(periods, ahead)).astype(int))
        came = np.concatenate([is_hit[:, at : at + ahead].sum(1) for at in moments])
        best, found, start = np.inf, cls(1.0, 10.0, 1.0), np.log([0.5, 5.0])
        for discount in DISCOUNTS:
            sums = np.concatenate([_discounted(is_hit[:, :at], discount) for at in moments])
            cases, times = np.unique(np.column_stack((sums.round(2), came)), axis=0, return_counts=True)
            answer = minimize(
                _surprise, start, args=(cases, times, ahead), bounds=[(-FIRM, FIRM)] * 2, method="L-BFGS-B"
            )
            if answer.fun < best:
                hits, misses = np.exp(answer.x).tolist()
                best, found = answer.fun, cls(hits, misses, discount)
        return found

    def state(self, is_hit: NDArray[np.bool_]) -> Floats:
        """Hits and misses of each series with the prior's, shape (series, 2)."""
        return _discounted(is_hit, self.discount) + np.array([self.hits, self.misses])

    def hits_to_come(self, state: Floats, ahead: Ints) -> Floats:
        """The beta-binomial chance of 0, 1, 2 ... hits in ``ahead`` periods; shape (series, most periods + 1)."""
        a, b = state[:, :1], state[:, 1:]
        hits = np.arange(1, int(ahead.max(initial=0)) + 1)
        misses = ahead[:, None] - hits
        # The chance of one hit more, beside that of one less: no special function for each number of hits.
        more = np.maximum(misses + 1.0, 0.0) / hits * (a + hits - 1.0) / np.maximum(b + misses, b)
        log = np.empty((len(state), hits.size + 1))
        log[:, 0] = betaln(state[:, 0], state[:, 1] + ahead) - betaln(state[:, 0], state[:, 1])
        with np.errstate(divide="ignore"):  # more hits than periods: never
            np.cumsum(np.log(more), axis=1, out=log[:, 1:])
        log[:, 1:] += log[:, :1]
        return np.asarray(np.exp(log))


def _moments(periods: int, ahead: int) -> int:
    """So many that what is foretold covers the younger half without a gap.

    Where all is booked on the first of a month, a few moments could all lie before weeks in which nothing happens.
    """
    return max(MOMENTS, -(-(periods - ahead - periods // 2) // ahead) + 1)


def _discounted(is_hit: NDArray[np.bool_], discount: float) -> Floats:
    """Hits and misses, each period weighing ``discount`` to the power of its age; shape (series, 2)."""
    weight = discount ** np.arange(is_hit.shape[1] - 1, -1, -1)
    return np.column_stack((is_hit @ weight, ~is_hit @ weight))


def _surprise(logs: Floats, cases: Floats, times: Ints, ahead: int) -> float:
    """How unlikely it was that so many hits came in ``ahead`` periods: minus the log likelihood, but for a constant."""
    a, b = np.exp(logs)
    hits, misses, came = cases.T
    log = betaln(a + hits + came, b + misses + ahead - came) - betaln(a + hits, b + misses)
    return -float(log @ times)
