"""The common shape of all demand models: constants learnt once, a fit with each period, a spread on request."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from huoku.sense.demand.spread import Floats, Spread


class DemandModel(Protocol):
    """What the past of some series tells of their future."""

    def over(self, periods: int | NDArray[np.int64]) -> Spread:
        """The use over the next ``periods``: one number, or one for each series."""


class Method(Protocol):
    """A way to foretell, with its constants. Fitting is cheap, so that it can be done anew each period."""

    def fit(self, past: Floats) -> DemandModel:
        """What ``past`` tells; shape (series, periods), the oldest period first, no use is 0."""
