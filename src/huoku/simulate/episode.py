"""The stretch of history that is lived through again, and the stock that it begins with."""

from dataclasses import dataclass

from huoku.simulate.parts import Floats, Parts

WEEKS_PER_YEAR = 52


@dataclass(frozen=True, slots=True)
class Episode:
    """The same events for every policy.

    Parameters
    ----------
    use : shape (parts, periods), units, the oldest period first; not negative
    first : the periods before it are known at the start, and are not replayed
    opening : shape (parts,), units on hand at the start; nothing is on order
    may_decline : use that cannot be met at once is lost; else it waits and is served first when something arrives
    """

    parts: Parts
    use: Floats
    first: int
    opening: Floats
    may_decline: bool = False
    periods_per_year: int = WEEKS_PER_YEAR

    @property
    def came(self) -> Floats:
        """The use that is replayed; shape (parts, periods replayed)."""
        return self.use[:, self.first :]
