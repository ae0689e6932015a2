"""The planning core: explode, net, choose lots and sources, promise, peg, explain the choice."""

from huoku.plan.compare import Comparison, compare
from huoku.plan.plan import Plan
from huoku.plan.planner import plan, warm
from huoku.plan.quote import Quote

__all__ = ["Comparison", "Plan", "Quote", "compare", "plan", "warm"]
