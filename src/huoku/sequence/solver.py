"""The one place that loads the solver, CP-SAT of OR-tools: the optional extra ``solve``."""

import importlib.util
from types import ModuleType
from typing import NamedTuple

from huoku.errors import UsageError
from huoku.language import Language, Sentence
from huoku.sequence.floor import Floor, Schedule, Slot, in_order
from huoku.sequence.model import Model

THREADS = 2
SEED = 1

NOT_THERE = Sentence(
    "没有安装求解器；请运行：pip install 'huoku[solve]'",
    "the solver is not installed; run: pip install 'huoku[solve]'",
)


class SolverMissing(UsageError):
    """The optional extra ``solve`` is not installed."""

    def __init__(self, lang: Language = "en"):
        super().__init__(NOT_THERE.say(lang))


class Solved(NamedTuple):
    """What the solver found in its time; ``schedule`` is None where it found nothing."""

    schedule: Schedule | None
    bound: float
    proved: bool


def can_solve() -> bool:
    """Is the solver installed?"""
    return importlib.util.find_spec("ortools") is not None


def load_solver() -> ModuleType:
    """OR-tools' CP-SAT. Raises ``SolverMissing``."""
    if not can_solve():
        raise SolverMissing
    from ortools.sat.python import cp_model

    return cp_model


def run(solver: ModuleType, floor: Floor, model: Model, seconds: float) -> Solved:
    """Solve for at most so many seconds: two threads, a fixed seed."""
    search = solver.CpSolver()
    search.parameters.max_time_in_seconds = seconds
    search.parameters.num_workers = THREADS
    search.parameters.random_seed = SEED
    status = search.solve(model.cp)
    proved = status == solver.OPTIMAL
    if not proved and status != solver.FEASIBLE:
        return Solved(None, search.best_objective_bound, False)
    slots = list(floor.frozen)
    for (code, operation), start in model.start.items():
        step, begin = floor.by_code[code].operations[operation], search.value(start)
        resource = next(name for name in step.resources if search.value(model.on[code, operation, name]))
        slots.append(Slot(code, operation, resource, begin, begin + step.minutes))
    return Solved(in_order(slots), search.best_objective_bound, proved)
