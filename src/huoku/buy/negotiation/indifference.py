"""The curve of indifference: for each minimum, the highest price at which it is as good as the best option there is.

"We accept 300 at 1.12, or 500 at 1.00 in calls." Each point is found by weighing the option again at other prices.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from huoku.buy.options.case import Case
from huoku.buy.options.option import Option
from huoku.buy.options.small_lot import SmallLot, small_lot
from huoku.buy.options.split_delivery import Contract, split_delivery
from huoku.buy.options.weigh import expected_cost

MOST_TRIES = 120
"""So often the interval of prices is cut at most."""
CLOSE = 1e-13
"""A price within this part of the highest is found: far below the last digit of any price."""


class Point(NamedTuple):
    """For a minimum of ``qty``: the highest unit price if all of it comes at once, and if it is called as needed.

    None where not even a gift would be as good.
    """

    qty: float
    at_once: float | None
    in_calls: float | None


def accepted_price(case: Case, reference: float, option_at: Callable[[float], Option], highest: float) -> float | None:
    """The highest price, up to ``highest``, at which an option costs no more than ``reference``; None where none does.

    ``option_at`` gives the option at a price; its cost must not fall when the price rises.
    """
    low, high = 0.0, highest
    below, above = (expected_cost(case, option_at(price)) - reference for price in (low, high))
    if below > 0:
        return None
    if above <= 0:
        return high
    step = CLOSE * highest / 2.0
    for number in range(MOST_TRIES):
        if high - low <= 2.0 * step:
            break
        # Straight in the price but for a bend where calling the rest no longer pays: the line through both ends meets
        # the price at once, one step more shows that it does, and where it would creep, half the interval does not.
        share = 0.5 if number % 2 else below / (below - above)
        price = min(max(low + share * (high - low), low + step), high - step)
        over = expected_cost(case, option_at(price)) - reference
        if over <= 0:
            low, below = price, over
        else:
            high, above = price, over
    return low


def indifference(case: Case, reference: float, quantities: Sequence[int], days: int) -> tuple[Point, ...]:
    """The points for some minima, none below the need, delivered after ``days``.

    ``reference`` is the expected cost of the best option there is. In calls: the need is called at once, the rest as it
    is used, and what is never called is not paid.
    """
    return tuple(_point(case, reference, qty, days) for qty in quantities)


def _point(case: Case, reference: float, qty: int, days: int) -> Point:
    def at_once(price: float) -> Option:
        return small_lot(case, SmallLot(price, 0.0, qty, days))

    def in_calls(price: float) -> Option:
        called = split_delivery(case, Contract(qty, price, case.need, 0.0, 0.0, days))
        assert called is not None
        return called

    # A purchase costs at least its price less what all of its rest could save.
    highest = max(0.0, reference + case.value * (qty - case.need)) / qty + 1e-9
    called_highest = max(0.0, reference + case.value * (qty - case.need)) / case.need + 1e-9
    return Point(
        qty,
        accepted_price(case, reference, at_once, highest),
        accepted_price(case, reference, in_calls, called_highest),
    )
