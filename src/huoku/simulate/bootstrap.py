"""How sure is a comparison? Parts are drawn anew with replacement: parts differ more than weeks do."""

from collections.abc import Callable

import numpy as np

from huoku.simulate.parts import Floats

SAMPLES = 1000


def interval(
    statistic: Callable[[Floats], float], parts: int, *, seed: int, samples: int = SAMPLES, level: float = 0.95
) -> tuple[float, float]:
    """The middle ``level`` of a statistic over samples of the parts (percentile bootstrap, Efron 1979).

    ``statistic`` takes how often each part was drawn (parts,). Samples for which it is not a number are left out; if
    one in ten is, there is no interval and both ends are not a number.
    """
    chance = np.random.default_rng(seed)
    drawn = (chance.multinomial(parts, np.full(parts, 1.0 / parts)).astype(np.float64) for _ in range(samples))
    found = np.array([statistic(weight) for weight in drawn])
    known = found[np.isfinite(found)]
    if known.size <= 0.9 * samples:
        return float("nan"), float("nan")
    low, high = np.quantile(known, [(1.0 - level) / 2.0, (1.0 + level) / 2.0])
    return float(low), float(high)
