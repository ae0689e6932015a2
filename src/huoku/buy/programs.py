"""Linear and mixed-integer models, solved by HiGHS through SciPy; the one place of this room that loads it.

SciPy's solvers take longer to load than most plans to make, so they are loaded when the first model is solved.
"""

from typing import Any, NamedTuple

import numpy as np

from huoku.buy.terms import Flags, Floats, Ints


class Rules(NamedTuple):
    """Sparse rules: ``factor`` times variable ``column`` adds to rule ``row``; ``low`` <= their sum <= ``high``."""

    row: Ints
    column: Ints
    factor: Floats
    low: Floats
    high: Floats


class Program(NamedTuple):
    """Minimise ``money`` x within ``rules`` and ``lowest`` <= x <= ``highest``."""

    money: Floats
    rules: Rules
    lowest: Floats
    highest: Floats


class Linear(NamedTuple):
    """The best x of a linear program and its value; how much each variable above its lowest raises the value, and
    how much each rule's bound, if it were one higher."""

    x: Floats
    value: float
    reduced: Floats
    shadow: Floats


class Whole(NamedTuple):
    """The best x that was found, None where there is none; and the value that none is below."""

    x: Floats | None
    bound: float


def solve_linear(program: Program) -> Linear | None:
    """Solve without whole numbers; None where there is no solution. Every rule has one finite bound, or both alike."""
    from scipy.optimize import linprog

    rules = program.rules
    matrix = _matrix(program)
    equal, above = rules.low == rules.high, np.isinf(rules.high)
    # A rule from below is one from above with its sign changed.
    sign = np.where(above, -1.0, 1.0)[~equal]
    answer = linprog(
        program.money,
        A_ub=matrix[~equal] * sign[:, None],
        b_ub=np.where(above, -rules.low, rules.high)[~equal],
        A_eq=matrix[equal],
        b_eq=rules.low[equal],
        bounds=np.column_stack((program.lowest, program.highest)),
        method="highs",
    )
    if not answer.success:
        return None
    shadow = np.zeros(rules.low.size)
    shadow[equal], shadow[~equal] = answer.eqlin.marginals, sign * answer.ineqlin.marginals
    return Linear(answer.x, float(answer.fun), answer.lower.marginals, shadow)


def solve_whole(program: Program, whole: Flags, *, gap: float, nodes: int) -> Whole:
    """Solve with the variables marked ``whole`` as whole numbers, within a relative ``gap`` or so many ``nodes``."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    answer = milp(
        program.money,
        integrality=whole.astype(np.int64),
        bounds=Bounds(program.lowest, program.highest),
        constraints=LinearConstraint(_matrix(program), program.rules.low, program.rules.high),
        options={"mip_rel_gap": gap, "node_limit": nodes},
    )
    return Whole(answer.x, -np.inf if answer.mip_dual_bound is None else float(answer.mip_dual_bound))


def _matrix(program: Program) -> Any:
    """The rules as SciPy's sparse matrix."""
    from scipy.sparse import coo_array, csr_array

    rules = program.rules
    shape = rules.low.size, program.money.size
    return csr_array(coo_array((rules.factor, (rules.row, rules.column)), shape=shape))
