"""Arrays that grow: kernels cannot append, so a full one is copied to twice its length."""

import numpy as np
from numpy.typing import NDArray

from huoku.buy.terms import Floats, Ints
from huoku.compiled import kernel

Small = NDArray[np.int32]


@kernel(allocates=True)
def longer(array: Ints) -> Ints:
    """A copy with room for as much again."""
    return np.concatenate((array, np.zeros(array.size, np.int64)))


@kernel(allocates=True)
def longer_small(array: Small) -> Small:
    """A copy with room for as much again."""
    return np.concatenate((array, np.zeros(array.size, np.int32)))


@kernel(allocates=True)
def wider(table: Ints) -> Ints:
    """A copy with room for as many rows again."""
    return np.concatenate((table, np.zeros(table.shape, np.int64)))


@kernel(allocates=True)
def wider_money(table: Floats) -> Floats:
    """A copy with room for as many rows again."""
    return np.concatenate((table, np.zeros(table.shape, np.float64)))
