"""Better than the rule: the solver starts from the rule's schedule and never ends worse.

A time limit makes the answer depend on how fast the machine is; proved answers have the same value everywhere.
"""

import math
from dataclasses import replace
from typing import Literal, NamedTuple

from huoku.language import Sentence
from huoku.sequence.answer import Answer, Told, amount
from huoku.sequence.dispatch import dispatch
from huoku.sequence.floor import Floor, Objective, Schedule
from huoku.sequence.measure import moved, simple_bound, tardiness, value
from huoku.sequence.model import build_model, moves_of, tardiness_of
from huoku.sequence.repair import repair
from huoku.sequence.rules import check_schedule
from huoku.sequence.solver import NOT_THERE, Solved, can_solve, load_solver, run

PROVED = Sentence("求解器：{what}，已证明不能更好", "Solver: {what}; proved that nothing is better")
STOPPED = Sentence(
    "求解器到 {seconds:g} 秒时限为止：{what}，最多还能再好 {gap:.1%}；电脑快慢不同，结果可能不同",
    "Solver, stopped after {seconds:g} {seconds:g|second|seconds}: {what}, at most {gap:.1%} to gain; a "
    "faster computer may find better",
)
NOTHING = Sentence(
    "求解器 {seconds:g} 秒内没有找到更好的排法，保留原有的：{what}，最多还能再好 {gap:.1%}",
    "The solver found nothing better in {seconds:g} {seconds:g|second|seconds}; kept: {what}; at most "
    "{gap:.1%} could be gained",
)
WITHOUT = Sentence("{cause}。不用求解器时最好的排法：{what}", "{cause}. The best without it: {what}")


def improve(
    floor: Floor,
    seconds: float = 10.0,
    objective: Objective = "makespan",
    *,
    start: Schedule | None = None,
    rule_will_do: bool = True,
) -> Answer:
    """The best schedule found in at most ``seconds``, never worse than the rules' nor than ``start``.

    ``rule_will_do``: where the solver is missing, the answer without it comes back and says so; else
    ``SolverMissing`` is raised. Raises ``DataError`` where the floor, or what to start from, is not sound.
    """
    hint = dispatch(floor, objective).schedule
    if start is not None:
        check_schedule(floor, start)
        hint = min(start, hint, key=lambda schedule: value(floor, schedule, objective))
    known = Known(hint, objective, value(floor, hint, objective), simple_bound(floor, objective))
    if rule_will_do and not can_solve():
        return without_solver(known)
    solver = load_solver()
    model = build_model(solver, floor, hint, objective)
    solved = run(solver, floor, model, seconds)
    found = value(floor, solved.schedule, objective) if solved.schedule else known.value
    return better_of(known, solved, found, seconds)


def least_disturbance(
    floor: Floor,
    old: Schedule,
    best: Schedule,
    allowance: float = 0.05,
    seconds: float = 10.0,
    *,
    rule_will_do: bool = True,
) -> Answer:
    """Move as few operations of ``old`` as possible and stay nearly as punctual as ``best``.

    The weighted tardiness may be that of ``best`` and the part ``allowance`` of it. Where the old order
    pushed back keeps this limit, the answer moves no more than it does. Solver and errors as in ``improve``.
    """
    check_schedule(floor, best)
    limit = int(tardiness(floor, best) * (1 + allowance))
    ways = [way for way in (repair(floor, old), best) if tardiness(floor, way) <= limit]
    hint = min(ways, key=lambda way: moved(way, old))
    known = Known(hint, "moved", moved(hint, old), 0)
    if rule_will_do and not can_solve():
        return without_solver(known)
    solver = load_solver()
    model = build_model(solver, floor, hint, None, old)
    model.cp.add(tardiness_of(model, floor) <= limit)
    model.cp.minimize(moves_of(model, old))
    solved = run(solver, floor, model, seconds)
    found = moved(solved.schedule, old) if solved.schedule else known.value
    return better_of(known, solved, found, seconds)


class Known(NamedTuple):
    """What is known before the solver begins: a schedule, its value, a bound."""

    schedule: Schedule
    objective: Literal["makespan", "tardiness", "moved"]
    value: int
    bound: int


def without_solver(known: Known) -> Answer:
    told = Told(WITHOUT, {"cause": NOT_THERE, "what": amount(known.objective, known.value)})
    return Answer(known.schedule, known.objective, known.value, known.bound, False, (told,))


def better_of(known: Known, solved: Solved, found: int, seconds: float) -> Answer:
    """The solver's schedule where it is better, else the one from before; with what is known of it."""
    better = solved.schedule if found < known.value else None
    reached = min(found, known.value)
    bound = known.bound if solved.schedule is None else max(known.bound, math.ceil(solved.bound - 1e-6))
    proved = solved.proved and found <= known.value
    answer = Answer(better or known.schedule, known.objective, reached, bound, proved, ())
    fields = {"what": amount(known.objective, reached), "seconds": seconds, "gap": answer.gap}
    sentence = PROVED if proved else STOPPED if better else NOTHING
    return replace(answer, told=(Told(sentence, fields),))
