"""What is known when orders are placed: the past up to the day before, and nothing later."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from huoku.sense.demand import DemandModel, Method, Spread, Traits
from huoku.simulate.parts import Floats, Ints, Parts


@dataclass(frozen=True)
class Review:
    """One moment of ordering, the same for every policy, so that what they all need is worked out once.

    ``past`` : shape (parts, periods), the use before this period, the oldest first.
    """

    parts: Parts
    past: Floats
    periods_per_year: int
    method: Method
    _asked: list[int] = field(default_factory=list, init=False, repr=False)  # of how many parts a year was foretold

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

    def next_year_of(self, rows: Ints) -> Spread:
        """The same of some parts; all are foretold once that is no more work than what was asked for bit by bit."""
        self._asked.append(rows.size)
        if "next_year" in vars(self) or sum(self._asked) > len(self.parts):
            return self.next_year.take(rows)
        model = self.method.fit(self.past[rows], Traits(unit_value=self.parts.unit_cost[rows]))
        return model.over(self.periods_per_year)
