"""The parts of a replay: what each costs, how it may be ordered, how long it takes; arrays alone."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ROUNDING = 1e-6
"""So many units are none: what arithmetic leaves of a level that is already reached must not order a lot."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Purchased parts, one entry each; every array has the shape (parts,).

    Parameters
    ----------
    unit_cost : money per unit
    moq, order_multiple : units; smallest order and pack size, above 0 (an MOQ of 0 is none)
    order_cost : money per order
    lead : periods from order to use; an order placed at the start of period t is usable in period t + lead
    """

    unit_cost: Floats
    moq: Floats
    order_multiple: Floats
    order_cost: Floats
    lead: Ints

    def __len__(self) -> int:
        return len(self.unit_cost)

    def take(self, rows: NDArray[np.bool_] | Ints) -> "Parts":
        """Some of the parts."""
        return Parts(
            self.unit_cost[rows], self.moq[rows], self.order_multiple[rows], self.order_cost[rows], self.lead[rows]
        )

    @property
    def smallest_lot(self) -> Floats:
        """The least that can be ordered: the MOQ in whole packs."""
        return self._in_packs(self.moq)

    def legal(self, wanted: Floats) -> Floats:
        """``wanted`` units as an order: nothing where none are wanted, else raised to the MOQ, then to whole packs."""
        return np.where(wanted > ROUNDING, self._in_packs(np.maximum(wanted, self.moq)), 0.0)

    def economic_lot(self, use_per_year: Floats, holding_rate: float) -> Floats:
        """The lot at which ordering and holding cost the same (Harris, 1913), as a legal order."""
        lot = np.sqrt(2.0 * use_per_year * self.order_cost / (holding_rate * self.unit_cost))
        return self._in_packs(np.maximum(lot, self.moq))

    def _in_packs(self, quantity: Floats) -> Floats:
        packs = np.maximum(1.0, np.ceil((quantity - ROUNDING) / self.order_multiple))
        return np.asarray(packs * self.order_multiple)
