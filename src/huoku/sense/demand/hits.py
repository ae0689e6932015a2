"""How many periods with use are to come: each series' own share of them, drawn towards that of all.

A hit is a period with use. The chance of a hit is beta distributed, with what is seen discounted by age so that it
follows a change; the number of hits to come is then beta-binomial. The prior is that of the whole family, by the
likelihood of what came next at several moments of the past (type-II maximum likelihood).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import betaln, gammaln

from huoku.sense.demand.spread import Floats, Ints

DISCOUNTS = (1.0, 0.99, 0.98, 0.97, 0.96, 0.94, 0.92)
MOMENTS = 5
"""At so many moments of the younger half of the past the next periods are foretold and compared."""


class HitPrior(NamedTuple):
    """What is believed of a series before its own history speaks: ``hits`` in ``hits + misses`` periods."""

    hits: float
    misses: float
    discount: float  # weight of a period against the one after it


def learn_hits(is_hit: NDArray[np.bool_], ahead: int) -> HitPrior:
    """The prior and the discount under which what came next was most likely.

    Parameters
    ----------
    is_hit : shape (series, periods), the oldest first
    ahead : periods that are foretold at once, as long as the times that matter
    """
    periods = is_hit.shape[1]
    ahead = max(1, min(ahead, periods // 3))
    moments = np.unique(np.linspace(periods // 2, periods - ahead, MOMENTS).astype(int))
    best, found = np.inf, HitPrior(1.0, 10.0, 1.0)
    start = np.log([0.5, 5.0])
    for discount in DISCOUNTS:
        seen = [discounted(is_hit[:, :at], discount) for at in moments]
        came = np.concatenate([is_hit[:, at : at + ahead].sum(1) for at in moments])
        hits = np.concatenate([hits for hits, _ in seen])
        misses = np.concatenate([periods - hits for hits, periods in seen])
        answer = minimize(
            _surprise,
            start,
            args=(hits, misses, came, ahead),
            method="Nelder-Mead",
            options={"xatol": 1e-2, "fatol": 1e-2},
        )
        start = answer.x
        if answer.fun < best:
            a, b = np.exp(answer.x).tolist()
            best, found = answer.fun, HitPrior(a, b, discount)
    return found


def _surprise(logs: Floats, hits: Floats, misses: Floats, came: Floats, ahead: int) -> float:
    """How unlikely it was that ``came`` hits came in ``ahead`` periods: minus the log likelihood, but for a constant."""
    a, b = np.exp(logs)
    return -float(np.sum(betaln(a + hits + came, b + misses + ahead - came) - betaln(a + hits, b + misses)))


def discounted(is_hit: NDArray[np.bool_], discount: float) -> tuple[Floats, Floats]:
    """Hits and periods seen, each period weighing ``discount`` to the power of its age; both of shape (series,)."""
    weight = discount ** np.arange(is_hit.shape[1] - 1, -1, -1)
    return is_hit @ weight, np.full(len(is_hit), weight.sum())


def chance_of_hits(a: Floats, b: Floats, ahead: Ints) -> Floats:
    """The beta-binomial chance of 0, 1, 2 ... hits in ``ahead`` periods; shape (series, most periods + 1)."""
    count = np.arange(int(ahead.max(initial=0)) + 1)
    rest = ahead[:, None] - count
    ways = gammaln(ahead + 1.0)[:, None] - gammaln(count + 1.0) - gammaln(np.maximum(rest, 0) + 1.0)
    log = ways + betaln(a[:, None] + count, b[:, None] + np.maximum(rest, 0)) - betaln(a, b)[:, None]
    return np.where(rest >= 0, np.exp(log), 0.0)
