"""The manufacturer whose history is replayed: its parts, the sets that are reported, and how it is learnt."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray
from public_history import SHARED, History, man_moq

from huoku.sense.demand import Method
from huoku.simulate.episode import Episode
from huoku.simulate.learning import learnt
from huoku.simulate.parts import Floats, Parts
from huoku.simulate.policies import OrderUpTo
from huoku.simulate.review import Review

BASE = OrderUpTo(1.645)
SETS = ("P", "B", "MOQ > pack", "above 10 years")


@dataclass(frozen=True)
class World:
    """All parts of a history, and the period from which it is replayed."""

    parts: Parts
    use: Floats
    learning: int
    periods_per_year: int

    def rows(self, name: str, first: int) -> NDArray[np.bool_]:
        """The parts of a set, chosen by what is known before period ``first``."""
        # A part without a price has no money to tell of.
        mean = np.where(self.parts.unit_cost > 0, self.use[:, :first].mean(axis=1), 0.0)
        lot_years = self.parts.smallest_lot / np.maximum(mean * self.periods_per_year, 1e-12)
        chosen = {
            "all": mean > 0,
            "P": (mean > 0) & (lot_years <= 10),
            "B": (mean > 0) & (lot_years >= 0.5) & (lot_years <= 10),
            "MOQ > pack": (mean > 0) & (self.parts.moq > self.parts.order_multiple),
            "above 10 years": (mean > 0) & (lot_years > 10),
        }
        return chosen[name]

    def method(self, first: int) -> Method:
        """The demand model, learnt from what lies before period ``first``."""
        return learnt(self.use[:, :first], self.parts.unit_cost, self.parts.lead, self.periods_per_year)

    def episode(
        self, name: str, first: int, last: int | None = None, *, opening: float = 1.0, may_decline: bool = False
    ) -> Episode:
        """The set's parts from ``first`` on; they open with ``opening`` times the level of the baseline."""
        rows = self.rows(name, first)
        parts, use = self.parts.take(rows), self.use[rows, :last]
        level = BASE.level(Review(parts, use[:, :first], self.periods_per_year, self.method(first)))
        return Episode(parts, use, first, opening * level, may_decline, self.periods_per_year)


def manufacturer(later: Path | None) -> World:
    """Weeks 1-105 and those in the file ``later``: a column ``sku``, then one for each week."""
    history = man_moq()
    items = pl.read_csv(SHARED / "data" / "man_moq" / "items.csv", infer_schema_length=None)
    use = history.use
    if later is not None:
        weeks = pl.read_csv(later, infer_schema_length=None)
        assert items["sku"].equals(weeks["sku"]), f"{later}: the parts must be those of items.csv, in their order"
        use = np.hstack((use, weeks.drop("sku").cast(pl.Float64).to_numpy()))
    terms = (_column(items, name) for name in ("moq_units", "pack_qty", "fixed_order_cost_eur"))
    return World(Parts(history.unit_value, *terms, history.lead_time), use, history.learning, 52)


def spare_parts(history: History) -> World:
    """Parts without an MOQ or packs; the history tells no cost of an order, so that of the manufacturer is taken."""
    one = np.ones(len(history.use))
    parts = Parts(history.unit_value, one, one, 5.0 * one, history.lead_time)
    return World(parts, history.use, history.learning, 12)


def _column(items: pl.DataFrame, name: str) -> Floats:
    return items[name].cast(pl.Float64).to_numpy()
