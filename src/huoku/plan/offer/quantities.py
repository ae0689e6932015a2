"""From which quantity on the waste of an order is small: the quantities worth asking about, and the answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from huoku.plan.offer.waste import Waste

SMALL = 0.02
"""Waste below this part of the order's own material is small: it is lost in any price."""
TIMES = (2, 4)
"""Of the quantity that is asked for, besides those at which a minimum is used up."""
MOST_STEPS, FARTHEST = 3, 50


@dataclass(frozen=True, slots=True)
class Point:
    """One quantity of the product: the waste it would leave and the material that goes into it, in money."""

    qty: Decimal
    date: date | None
    waste: float
    material: float

    @property
    def each(self) -> float:
        """What the price of one piece has to carry."""
        return max(0.0, self.waste) / float(self.qty)

    @property
    def is_small(self) -> bool:
        return self.waste <= SMALL * self.material


def quantities_to_ask(qty: Decimal, decimals: int, wastes: Iterable[Waste]) -> tuple[Decimal, ...]:
    """The quantity itself, twice and four times as much, and where what is bought of the dearest leftovers would
    be used up; ascending, none more than fifty times as much. ``decimals``: with which the item is counted."""
    dear = [each for each in wastes if each.rest > 0 and each.need > 0 and each.cost > 0]
    used_up = [float(qty) * (1 + each.rest / each.need) for each in dear[:MOST_STEPS]]
    asked = {_counted(each, decimals) for each in (*(float(qty * each) for each in TIMES), *used_up)}
    return tuple(sorted({qty, *(each for each in asked if 0 < each <= qty * FARTHEST)}))


def _counted(value: float, decimals: int) -> Decimal:
    """The first quantity that can be counted and is not below ``value``."""
    return Decimal(f"{value:.6f}").quantize(Decimal(1).scaleb(-decimals), ROUND_CEILING)


def small_from(points: Sequence[Point]) -> Decimal | None:
    """The smallest of these quantities from which on the waste stays small; None where it never does."""
    found = None
    for point in sorted(points, key=lambda each: each.qty, reverse=True):
        if not point.is_small:
            break
        found = point.qty
    return found
