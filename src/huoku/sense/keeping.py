"""What it is worth to keep units that will not be used within a year, but later."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def worth_of_keeping(on_hand: Floats, dead: Floats, year_use: Floats, odds: Floats, holding_rate: float) -> Floats:
    """The part of their value that keeping ``dead`` of ``on_hand`` units gives on average; all of shape (items,).

    ``year_use``: what a year uses on average, 0 where nothing is used any more. ``odds``: that the item is used within
    a year. The dead units are the last to go, half of them after t = (on_hand - dead / 2) / year_use years: they give
    their value then, less the holding until then, if the item is used so long: max(0, 1 - holding_rate x t) x odds ^ t.
    """
    is_used = year_use > 0
    years = np.where(is_used, (on_hand - dead / 2.0) / np.where(is_used, year_use, 1.0), np.inf)
    worth: Floats = np.where(is_used, np.maximum(0.0, 1.0 - holding_rate * np.minimum(years, 1e6)) * odds**years, 0.0)
    return worth
