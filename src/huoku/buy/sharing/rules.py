"""How a joint purchase is shared: one unit price for all and freight by cause, unless some would object.

With one product whose average cost falls with the quantity nobody can object to an equal unit price. Where packs,
several products or sites make an objection possible, the nucleolus is taken: it is beyond objection
wherever any share is. The Shapley value is often not, so it is never the rule, only a comparison.
"""

import math
from typing import NamedTuple

import numpy as np

from huoku.buy.sharing.core import Objection, objection
from huoku.buy.sharing.game import Game
from huoku.buy.sharing.nucleolus import nucleolus
from huoku.buy.terms import Floats, Ints


class Sharing(NamedTuple):
    """What each member pays, shape (members,), and what it saves against going alone.

    ``rule`` is "equal_unit_price" or "nucleolus". ``objection`` is None where no group would do better without
    the others; else no share can satisfy everybody, and it is the strongest.
    """

    rule: str
    pays: Floats
    alone: Floats
    objection: Objection | None

    @property
    def saves(self) -> Floats:
        return self.alone - self.pays


def equal_unit_price(need: Ints, goods: float, own: Floats | None = None) -> Floats:
    """Every unit wanted costs the same; what a member causes alone, it pays. One product, shape (members,).

    ``goods`` is what all pay for the goods, leftover given back; ``own`` what each causes, such as freight.
    """
    freight = np.zeros(need.size) if own is None else own
    return goods * need / need.sum() + freight


def shapley(game: Game) -> Floats:
    """What each member adds to a group's cost, on average over all orders of joining (Shapley 1953)."""
    groups, size = game.groups, game.groups.sum(axis=1)
    chance = np.array(
        [
            math.factorial(have) * math.factorial(game.members - have - 1) / math.factorial(game.members)
            for have in range(game.members)
        ]
    )
    pays = np.zeros(game.members)
    for member in range(game.members):
        without = np.flatnonzero(~groups[:, member])
        added = game.cost[without | (1 << member)] - game.cost[without]
        pays[member] = chance[size[without]] @ added
    return pays


def share_cost(game: Game, need: Ints | None = None, own: Floats | None = None) -> Sharing:
    """Share what all pay together.

    Parameters
    ----------
    game : what each group would pay alone; see ``game_of``
    need : shape (members,), for one product
        What each member wants. Without it there is no unit price, and the nucleolus is taken at once.
    own : shape (members,), money, as in ``game_of``

    Notes
    -----
    An equal unit price is in the core when average cost falls with volume; it is checked, not believed.
    """
    if need is not None:
        freight = 0.0 if own is None else float(own.sum())
        pays = equal_unit_price(need, game.whole - freight, own)
        if objection(game, pays) is None:
            return Sharing("equal_unit_price", pays, game.alone, None)
    pays = nucleolus(game)
    return Sharing("nucleolus", pays, game.alone, objection(game, pays))
