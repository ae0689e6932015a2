"""What is known when orders are placed: the past up to the day before, and nothing later."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from huoku.sense.demand import DemandModel, Method, Spread, Traits
from huoku.simulate.parts import Floats, Parts


@dataclass(frozen=True)
class Review:
    """One moment of ordering, the same for every policy, so that what they all need is worked out once.

    ``past`` : shape (parts, periods), the use before this period, the oldest first.
    """

    parts: Parts
    past: Floats
    periods_per_year: int
    method: Method

    @cached_property
    def mean(self) -> Floats:
        """Mean use of a period; shape (parts,)."""
        return np.asarray(self.past.mean(axis=1))

    @cached_property
    def line_value(self) -> Floats:
        """Mean value of a period with use; the part's unit cost where there was none. Shape (parts,)."""
        lines = (self.past > 0).sum(axis=1)
        units = np.where(lines > 0, self.past.sum(axis=1) / np.maximum(lines, 1), 1.0)
        return self.parts.unit_cost * units

    @cached_property
    def model(self) -> DemandModel:
        """What the past tells of the use to come."""
        return self.method.fit(self.past, Traits(unit_value=self.parts.unit_cost))

    @cached_property
    def before_arrival(self) -> Spread:
        """Use in the periods until an order placed now is there."""
        return self.model.over(self.parts.lead)

    @cached_property
    def to_arrival(self) -> Spread:
        """The same, and the first period that the order can serve."""
        return self.model.over(self.parts.lead + 1)

    @cached_property
    def chance_of_line(self) -> Floats:
        """The chance that there is use in a period; shape (parts,)."""
        return 1.0 - self.model.over(1).at_most(0.0)

    @cached_property
    def next_year(self) -> Spread:
        """Use of the next year."""
        return self.model.over(self.periods_per_year)
