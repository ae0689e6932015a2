"""The planning core: explode, net, choose lots and sources, promise, peg, explain the choice.

What most programs that plan never ask for stays where it is: ``explain``, ``compare``, ``quote``, ``buying``,
``replan``.
"""

from huoku.plan.plan import Plan
from huoku.plan.planner import plan

__all__ = ["Plan", "plan"]
