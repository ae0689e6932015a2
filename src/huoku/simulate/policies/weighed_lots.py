"""Order a lot when the shortage that it spares is worth more than the chance of being left with it."""

from dataclasses import dataclass

import numpy as np

from huoku.buy.stocking import Outlook, Stakes, lots_worth_ordering
from huoku.simulate.parts import Floats
from huoku.simulate.review import Review


@dataclass(frozen=True, slots=True)
class WeighedLots:
    """``buy.stocking`` with one price of shortage for all parts.

    Parameters
    ----------
    shortage : part of a unit's value that a unit not served in its period costs; the higher, the more is stocked
    evenness : 0 to 1
        A part whose lines have the typical value has this price. With 0 so have all; with 1 a line costs the same
        whatever it is worth. Between the two, the value that is served and the lines that are served both matter.
    """

    shortage: float = 1.5
    evenness: float = 0.4
    holding_rate: float = 0.2
    write_down: float = 2.7
    leftover_share: float = 0.6
    may_decline: bool = False

    def orders(self, review: Review, position: Floats) -> Floats:
        parts = review.parts
        # Who waits must be served, whatever it leaves over.
        owed = np.zeros_like(position) if self.may_decline else parts.legal(-position)
        lot = parts.economic_lot(review.mean * review.periods_per_year, self.holding_rate)
        lots = lots_worth_ordering(
            position + owed,
            lot,
            Outlook(review.before_arrival, review.to_arrival, review.next_year_of),
            unit_cost=parts.unit_cost,
            shortage=self.price_of_shortage(review),
            stakes=Stakes(
                holding=self.holding_rate / review.periods_per_year,
                write_down=self.write_down / review.periods_per_year,
                leftover_share=self.leftover_share,
            ),
        )
        return owed + lots * lot

    def price_of_shortage(self, review: Review) -> Floats:
        """Money per unit of each part."""
        typical = np.median(review.line_value)
        return self.shortage * review.parts.unit_cost * (typical / review.line_value) ** self.evenness
