"""Two plans side by side: promises, money, orders, leftovers and exceptions that differ."""

from huoku.plan.compare.compare import compare
from huoku.plan.compare.comparison import Comparison

__all__ = ["Comparison", "compare"]
