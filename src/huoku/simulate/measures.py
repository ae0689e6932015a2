"""What a replay came to: service, stock, excess and money, part by part, so that any set of parts can be summed.

Service, holding and shortage count from the first period in which an order can have arrived; orders and the end
position count throughout. At the end on hand + on order - backlog counts, else to stop ordering would look free.
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from huoku.sense.demand import Spread
from huoku.simulate.dead_stock import dead_by_forecast
from huoku.simulate.episode import Episode
from huoku.simulate.foresight import excess_value, unavoidable_excess
from huoku.simulate.parts import Floats
from huoku.simulate.replay import Replayed


@dataclass(frozen=True, slots=True)
class Rates:
    """What stock and shortage cost, as parts of a unit's cost.

    ``holding`` per year; ``waiting`` per period that a unit of backlog waits at its end; ``lost`` once for a unit that
    is declined; ``write_down`` once for a unit of excess.
    """

    holding: float = 0.2
    waiting: float = 0.07
    lost: float = 1.0
    write_down: float = 0.9


RATES = Rates()


@dataclass(frozen=True, slots=True)
class Figures:
    """Sums of each part, shape (parts,); or of all parts, each a number.

    A line is a period with use. ``lines_served`` counts those served whole and at once. ``stock_value`` is on hand at
    cost, added over ``part_periods``; ``excess`` is the end position beyond the use of the last year, at cost, and
    ``unavoidable`` what perfect foresight would leave of it; ``dead`` is what the next year will hardly use.
    """

    lines: Floats
    lines_served: Floats
    quantity: Floats
    quantity_served: Floats
    value: Floats
    value_served: Floats
    part_periods: Floats
    stock_value: Floats
    excess: Floats
    unavoidable: Floats
    dead: Floats
    holding: Floats
    ordering: Floats
    shortage: Floats
    write_down: Floats

    def total(self, weight: Floats | None = None) -> "Totals":
        """All parts together, each as often as ``weight`` (parts,) says: once, or as often as a sample drew it."""
        columns = np.array([getattr(self, field.name) for field in fields(Figures)])
        summed = columns.sum(axis=1) if weight is None else columns @ weight
        count = columns.shape[1] if weight is None else weight.sum()
        return Totals(float(count), **{field.name: float(v) for field, v in zip(fields(Figures), summed, strict=True)})


@dataclass(frozen=True, slots=True)
class Totals:
    """``Figures`` summed over parts; a share of nothing is not a number."""

    parts: float
    lines: float
    lines_served: float
    quantity: float
    quantity_served: float
    value: float
    value_served: float
    part_periods: float
    stock_value: float
    excess: float
    unavoidable: float
    dead: float
    holding: float
    ordering: float
    shortage: float
    write_down: float

    @property
    def line_fill(self) -> float:
        """Lines served whole and at once / lines."""
        return _share(self.lines_served, self.lines)

    @property
    def quantity_fill(self) -> float:
        """Units served at once / units. A few parts with many units decide it: no basis for a comparison."""
        return _share(self.quantity_served, self.quantity)

    @property
    def value_fill(self) -> float:
        """Value served at once / value."""
        return _share(self.value_served, self.value)

    @property
    def avoidable(self) -> float:
        """Excess beyond what perfect foresight would leave."""
        return self.excess - self.unavoidable

    @property
    def mean_stock(self) -> float:
        """Stock on hand at cost: the mean over all parts and counted periods, times the parts."""
        return _share(self.stock_value, self.part_periods) * self.parts

    @property
    def cost(self) -> float:
        """Holding, orders, shortage and the write-down of the excess."""
        return self.holding + self.ordering + self.shortage + self.write_down


def figures(episode: Episode, replayed: Replayed, next_year: Spread, rates: Rates = RATES) -> Figures:
    """Measure one replay; ``next_year`` foretells the use after its end, by which stock is dead or not."""
    parts, cost = episode.parts, episode.parts.unit_cost
    counted = np.arange(episode.came.shape[1]) >= parts.lead[:, None]
    came = np.where(counted, episode.came, 0.0)
    served = np.where(counted, replayed.served, 0.0)
    stock_value = cost * np.where(counted, replayed.on_hand, 0.0).sum(axis=1)
    excess = excess_value(episode, replayed.position)
    if episode.may_decline:
        shortage = rates.lost * cost * (came - served).sum(axis=1)
    else:
        shortage = rates.waiting * cost * np.where(counted, replayed.backlog, 0.0).sum(axis=1)
    return Figures(
        lines=_count(came > 0),
        lines_served=_count((came > 0) & (served >= came)),
        quantity=came.sum(axis=1),
        quantity_served=served.sum(axis=1),
        value=cost * came.sum(axis=1),
        value_served=cost * served.sum(axis=1),
        part_periods=_count(counted),
        stock_value=stock_value,
        excess=excess,
        unavoidable=unavoidable_excess(episode),
        dead=dead_by_forecast(replayed.on_hand[:, -1], cost, next_year),
        holding=rates.holding / episode.periods_per_year * stock_value,
        ordering=parts.order_cost * _count(replayed.ordered > 0),
        shortage=shortage,
        write_down=rates.write_down * excess,
    )


def _count(true: NDArray[np.bool_]) -> Floats:
    return np.asarray(true.sum(axis=1), np.float64)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")
