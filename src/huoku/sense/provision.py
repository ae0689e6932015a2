"""Provisions by a table: the part of the value that is written off, by coverage or by time without movement."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from huoku.errors import UsageError

Floats = NDArray[np.float64]


class Step(NamedTuple):
    """From this many months on, this part of the value (0 to 1) is written off."""

    from_months: float
    share: float


BY_MOVEMENT = (Step(0, 0.0), Step(6, 0.2), Step(12, 0.5), Step(24, 1.0))
"""A usual table by months since the last use; every firm has its own."""
BY_COVERAGE = (Step(0, 0.0), Step(12, 0.2), Step(24, 0.5), Step(36, 1.0))
"""A usual table by how many months the stock will last."""


def provision_shares(months: Floats, table: Sequence[Step]) -> Floats:
    """The part of the value that is written off after so many ``months`` without movement, or of coverage.

    ``months`` of any shape, which the answer has too; ``table``: steps from 0 months on, rising. Raises UsageError for
    another one.
    """
    starts = [step.from_months for step in table]
    rising = all(before < after for before, after in pairwise(starts))
    if not starts or starts[0] != 0 or not rising or any(not 0 <= step.share <= 1 for step in table):
        raise UsageError(
            "a table of provisions starts at 0 months, rises, and writes off 0 to 1 / "
            "跌价准备表要从 0 个月起，月数递增，比例在 0 到 1 之间"
        )
    shares = np.array([step.share for step in table], np.float64)
    return shares[np.searchsorted(starts, months, side="right") - 1]
