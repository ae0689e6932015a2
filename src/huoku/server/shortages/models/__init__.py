"""The tables of shortages, one idea a file."""

from huoku.server.shortages.models.cases import ShortageCase
from huoku.server.shortages.models.findings import Hit, Proof, TrailStep
from huoku.server.shortages.models.low_stock import LowStock
from huoku.server.shortages.models.ways import Way

__all__ = ["Hit", "LowStock", "Proof", "ShortageCase", "TrailStep", "Way"]
