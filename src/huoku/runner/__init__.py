"""Where plans are worked out: one here, in this process; many here or over processes. The answers are the same."""

from huoku.runner.faults import PlanningFault
from huoku.runner.inline import run
from huoku.runner.many import plan_many

__all__ = ["PlanningFault", "plan_many", "run"]
