"""Policies compared at equal service: each is swept over its one dial and read off where it reaches that service."""

from collections.abc import Callable, Sequence

import numpy as np

from huoku.simulate.measures import Figures, Totals
from huoku.simulate.parts import Floats

Measure = Callable[[Totals], float]


def at_equal(wanted: float, service: Sequence[float], amount: Sequence[float]) -> float:
    """The amount at which a swept policy reaches the service ``wanted``, by straight lines between its points.

    Not a number where the sweep does not reach so low or so high: nothing is extrapolated. Of points with equal
    service the least amount counts.
    """
    order = np.lexsort((amount, service))
    at, what = np.asarray(service, np.float64)[order], np.asarray(amount, np.float64)[order]
    is_first = np.concatenate(([True], np.diff(at) > 0))
    return float(np.interp(wanted, at[is_first], what[is_first], left=np.nan, right=np.nan))


def change_at_equal(
    base: Figures, swept: Sequence[Figures], service: Measure, amount: Measure, weight: Floats | None = None
) -> float:
    """How much another policy changes an amount at the service of ``base``: -0.2 means a fifth less.

    ``swept`` is the other policy at several settings of its dial; ``weight`` says how often each part counts. Not a
    number where ``base`` has nothing of the amount, or the other does not reach the service.
    """
    wanted = base.total(weight)
    points = [figures.total(weight) for figures in swept]
    found = at_equal(service(wanted), [service(one) for one in points], [amount(one) for one in points])
    before = amount(wanted)
    return found / before - 1.0 if before else float("nan")
