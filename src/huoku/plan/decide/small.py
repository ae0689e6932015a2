"""Small whole numbers: what there are millions of is kept in four bytes each."""

import numpy as np
from numpy.typing import NDArray

Small = NDArray[np.int32]
