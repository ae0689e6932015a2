"""The planning core: explode, net, choose lots and sources, promise, peg, explain the choice.

What most programs that plan never ask for stays where it is: ``replan.replan``, ``buying``.
"""

from huoku.plan.compare import Comparison, compare
from huoku.plan.plan import Plan
from huoku.plan.planner import plan
from huoku.plan.quote import Quote

__all__ = ["Comparison", "Plan", "Quote", "compare", "plan"]
