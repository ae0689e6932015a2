"""The share that makes the unhappiest group as happy as can be, then the next, and so on.

A group's saving is what it would pay alone less what its members pay together. The nucleolus makes the least saving of
all groups as large as can be, then the next least: it lies in the core wherever there is one, and gives nothing to who
brings nothing. Source: Schmeidler (1969); the sequence of linear models is that of Maschler, Peleg & Shapley (1979).
"""

import numpy as np
from scipy.optimize import linprog

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
        # Pays and the least saving: maximise the saving of all groups that are not settled yet.
        answer = linprog(
            np.append(np.zeros(game.members), -1.0),
            A_ub=np.column_stack((groups[free], np.ones(int(free.sum())))),
            b_ub=game.cost[free],
            A_eq=np.column_stack((groups[fixed], np.zeros(int(fixed.sum())))),
            b_eq=(game.cost - saving)[fixed],
            bounds=(None, None),
            method="highs",
        )
        assert answer.success, answer.message
        pays = answer.x[:-1]
        binding = np.flatnonzero(free)[answer.ineqlin.marginals < -BINDS]
        fixed[binding], saving[binding] = True, answer.x[-1]


def _settled(groups: Floats, fixed: Flags) -> Flags:
    """The groups whose payment follows from those that are fixed: they lie in the span of these."""
    basis = groups[fixed]
    inside = groups @ np.linalg.pinv(basis) @ basis
    return np.asarray(np.abs(inside - groups).max(axis=1) < 1e-7)
