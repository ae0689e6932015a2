"""Suppliers: how late they deliver, the days to order earlier for it, and their scorecard."""

from huoku.buy.suppliers.delays import Delays, delays_of
from huoku.buy.suppliers.safety_days import safety_days
from huoku.buy.suppliers.scorecard import CRITERIA, Criterion, Grade, OwnFigures, Scorecard, scorecard

__all__ = [
    "CRITERIA",
    "Criterion",
    "Delays",
    "Grade",
    "OwnFigures",
    "Scorecard",
    "delays_of",
    "safety_days",
    "scorecard",
]
