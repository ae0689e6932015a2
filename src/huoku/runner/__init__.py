"""Where plans are worked out: one here, in this process; many here or over processes. The answers are the same.

``many.plan_many`` stays where it is: what starts processes takes longer to load than a small plan to make.
"""

from huoku.runner.faults import PlanningFault
from huoku.runner.inline import run

__all__ = ["PlanningFault", "run"]
