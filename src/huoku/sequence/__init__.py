"""The order of work on machines: rules at once, a solver for better, and what to do after a disturbance.

This room knows jobs, machines and minutes. It knows no plan and no factory folder.
"""

from huoku.sequence.after import Option, after, options
from huoku.sequence.answer import Answer, Told
from huoku.sequence.dispatch import dispatch
from huoku.sequence.floor import Downtime, Floor, Job, Objective, Operation, Schedule, Slot
from huoku.sequence.improve import improve, least_disturbance
from huoku.sequence.measure import makespan, moved, setup_minutes, tardiness
from huoku.sequence.repair import repair
from huoku.sequence.rules import check_schedule
from huoku.sequence.solver import SolverMissing

__all__ = [
    "Answer",
    "Downtime",
    "Floor",
    "Job",
    "Objective",
    "Operation",
    "Option",
    "Schedule",
    "Slot",
    "SolverMissing",
    "Told",
    "after",
    "check_schedule",
    "dispatch",
    "improve",
    "least_disturbance",
    "makespan",
    "moved",
    "options",
    "repair",
    "setup_minutes",
    "tardiness",
]
