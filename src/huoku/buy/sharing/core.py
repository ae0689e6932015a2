"""Would some members do better without the others? The core holds the shares to which nobody can object."""

from typing import NamedTuple

import numpy as np

from huoku.buy.sharing.game import Game
from huoku.buy.terms import Floats


class Objection(NamedTuple):
    """The group that would gain most by leaving: its members, and what it would pay less."""

    members: tuple[int, ...]
    gain: float


ROUNDING = 1e-6
"""A gain of no more than this part of the whole cost is rounding."""


def objection(game: Game, pays: Floats) -> Objection | None:
    """The strongest objection to what the members pay, shape (members,); None where the shares are in the core."""
    gain = game.groups @ pays - game.cost
    gain[[0, -1]] = 0.0
    group = int(gain.argmax())
    if gain[group] <= ROUNDING * max(1.0, abs(game.whole)):
        return None
    return Objection(tuple(np.flatnonzero(game.groups[group]).tolist()), float(gain[group]))
