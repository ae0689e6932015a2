"""The share that makes the unhappiest group as happy as can be, then the next, and so on.

A group's saving is what it would pay alone less what its members pay together. The nucleolus makes the least saving of
all groups as large as can be, then the next least: it lies in the core wherever there is one, and gives nothing to who
brings nothing. Source: Schmeidler (1969); the sequence of linear models is that of Maschler, Peleg & Shapley (1979).
"""

import numpy as np

from huoku.buy.programs import Program, Rules, solve_linear
from huoku.buy.sharing.game import Game
from huoku.buy.terms import Flags, Floats

BINDS = 1e-9


def nucleolus(game: Game) -> Floats:
    """What each member pays, shape (members,); adds up to what all together pay.

    One linear model over all groups for each level of saving, at most as many as members.
    """
    groups = game.groups.astype(float)
    fixed, saving = np.zeros(game.cost.size, bool), np.zeros(game.cost.size)
    fixed[-1] = True
    pays = game.alone * (game.whole / game.alone.sum()) if game.alone.sum() else np.zeros(game.members)
    while True:
        free = ~_settled(groups, fixed)
        if not free.any():
            return pays
        answer = solve_linear(_least_saving(game, groups, fixed, free, saving))
        assert answer is not None
        pays = answer.x[:-1]
        binding = np.flatnonzero(free)[np.abs(answer.shadow[: free.sum()]) > BINDS]
        fixed[binding], saving[binding] = True, answer.x[-1]


def _least_saving(game: Game, groups: Floats, fixed: Flags, free: Flags, saving: Floats) -> Program:
    """What each member pays, and the least saving of the free groups, which is to be as large as can be."""
    sums = np.concatenate((groups[free], groups[fixed]))
    margin = np.repeat([1.0, 0.0], [free.sum(), fixed.sum()])
    row, column = np.nonzero(np.column_stack((sums, margin)))
    settled = (game.cost - saving)[fixed]
    rules = Rules(
        row,
        column,
        np.ones(row.size),
        low=np.concatenate((np.full(free.sum(), -np.inf), settled)),
        high=np.concatenate((game.cost[free], settled)),
    )
    endless = np.full(game.members + 1, np.inf)
    return Program(np.append(np.zeros(game.members), -1.0), rules, -endless, endless)


def _settled(groups: Floats, fixed: Flags) -> Flags:
    """The groups whose payment follows from those that are fixed: they lie in the span of these."""
    basis = groups[fixed]
    inside = groups @ np.linalg.pinv(basis) @ basis
    return np.asarray(np.abs(inside - groups).max(axis=1) < 1e-7)
