"""What is known of a series beside its past."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from huoku.sense.demand.spread import Floats, Ints


class Traits(NamedTuple):
    """Each of shape (series,), or None where it is not known."""

    unit_value: Floats | None = None  # money: what is dear is used in smaller numbers
    family: Ints | None = None  # numbered from 0: what belongs together is used in like numbers

    def of(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> "Traits":
        """The traits of some of the series."""
        value, family = self
        return Traits(None if value is None else value[rows], None if family is None else family[rows])


NOTHING_KNOWN = Traits()
