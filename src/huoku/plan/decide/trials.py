"""The claims of one rank served in one order after another; the best is kept."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from huoku.buy.terms import Ints
from huoku.plan.decide.cells import Cells, Scratch, copied, copy_over
from huoku.plan.decide.promise import Promises, Served, promise_in_order
from huoku.plan.model.arrays import Claims, Model


class Trial(NamedTuple):
    """The claims of one rank served in one order. ``cells`` are lent: only the best trial's stay as they are."""

    order: Ints
    served: Served
    promises: Promises
    cells: Cells


class Trials:
    """Begins each time with the same cells and promises. ``spares``: sets of cells that nobody needs any more."""

    def __init__(
        self, model: Model, cells: Cells, scratch: Scratch, claims: Claims, promises: Promises, spares: list[Cells]
    ):
        self.model, self.cells, self.scratch = model, cells, scratch
        self.claims, self.promises, self.spares = claims, promises, spares
        self.best: Trial | None = None
        self.least = np.inf
        self.disturbance: Callable[[Promises], float] = lambda promises: 0.0

    def serve(self, order: Ints, guess: Ints) -> Trial:
        """Serve the claims in this order; it is the best from now on if it loses less than the best before."""
        promises = Promises(*(column.copy() for column in self.promises))
        there = self._copy()
        served = promise_in_order(self.model, there, self.scratch, self.claims, order, guess, promises)
        trial = Trial(order, served, promises, there)
        loss = served.loss + self.disturbance(promises)
        if self.best is None or loss < self.least:
            if self.best is not None:
                self.spares.append(self.best.cells)
            self.best, self.least = trial, loss
        else:
            self.spares.append(there)
        return trial

    def _copy(self) -> Cells:
        if not self.spares:
            return copied(self.cells)
        spare = self.spares.pop()
        copy_over(spare, self.cells)
        return spare
