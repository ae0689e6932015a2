"""The planning core: explode, net, choose lots and sources, promise, peg, explain the choice."""

from huoku.plan.compare import Comparison, compare
from huoku.plan.plan import Plan
from huoku.plan.planner import plan
from huoku.plan.quote import Quote
from huoku.plan.replan.replan import replan
from huoku.plan.warming import warm

__all__ = ["Comparison", "Plan", "Quote", "compare", "plan", "replan", "warm"]
