"""How to buy what a plan needs: the options of one need, side by side, as data."""

from huoku.plan.buying.advice import Advice
from huoku.plan.buying.line import Line

__all__ = ["Advice", "Line"]
