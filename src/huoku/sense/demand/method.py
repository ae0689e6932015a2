"""The common shape of all demand models: constants learnt once, a fit with each period, a spread on request."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from huoku.sense.demand.spread import Floats, Ints, Spread
from huoku.sense.demand.traits import NOTHING_KNOWN, Traits

Periods = int | NDArray[np.int64]
"""How far ahead: one number of periods for all series, or one for each."""


class DemandModel(Protocol):
    """What the past of some series tells of their future."""

    def over(self, periods: Periods) -> Spread:
        """The use over the next ``periods``."""


class Method(Protocol):
    """A way to foretell, with its constants. Fitting is cheap, so that it can be done anew each period."""

    def fit(self, past: Floats, traits: Traits = NOTHING_KNOWN) -> DemandModel:
        """What ``past`` tells; shape (series, periods), the oldest period first, no use is 0."""


def for_each(periods: Periods, series: int) -> Ints:
    """The number of periods of each series."""
    return np.broadcast_to(np.asarray(periods, np.int64), series)
