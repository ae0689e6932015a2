"""What is said of a use to come, however it was worked out."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Use(NamedTuple):
    """The chance of any, its mean and the mean of its square; each float64 by series."""

    any: NDArray[np.float64]
    mean: NDArray[np.float64]
    square: NDArray[np.float64]
