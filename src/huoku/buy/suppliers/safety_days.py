"""By how many days to order earlier, because a supplier may be late."""

from huoku.buy.suppliers.delays import Delays


def safety_days(delays: Delays, supplier: int, *, late: float, holding: float) -> int:
    """The days for which waiting for a late delivery and holding an early one cost least on average; never below 0.

    Parameters
    ----------
    late : money for each day on which the material is missing
    holding : money for each day on which it lies unused

    Notes
    -----
    The newsvendor's quantile late / (late + holding) of the delay, in whole days.
    """
    if late <= 0.0:
        return 0
    quantile = float(delays.quantile(supplier, [late / (late + holding)])[0])
    return max(0, -int(-quantile // 1))
