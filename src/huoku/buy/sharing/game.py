"""A joint purchase as a cost game: what each group of members would pay if it bought alone.

A group is a whole number; its bit ``m`` says whether member ``m`` is in it. So ``cost`` has 2 to the power of members
entries: the empty group costs nothing, the last entry is all together.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from huoku.buy.terms import Flags, Floats, Ints

MOST_MEMBERS = 12
"""Every group is looked at: 4,096 of them."""


class Game(NamedTuple):
    """``cost``: by group, shape (2 ** members,). ``members``: how many there are."""

    members: int
    cost: Floats

    @property
    def whole(self) -> float:
        """What all together pay."""
        return float(self.cost[-1])

    @property
    def alone(self) -> Floats:
        """What each member pays alone, shape (members,)."""
        return self.cost[1 << np.arange(self.members)]

    @property
    def groups(self) -> Flags:
        """Who is in which group, shape (2 ** members, members)."""
        return (np.arange(self.cost.size)[:, None] >> np.arange(self.members)) & 1 == 1


def game_of(need: Ints, cost_of: Callable[[Ints], float], own: Floats | None = None) -> Game:
    """The game of members who want the same products.

    Parameters
    ----------
    need : shape (members,) or (members, products)
        What each member wants.
    cost_of : the least cost of buying some need of one buyer, with its leftover given back
    own : shape (members,), money
        What each member causes alone, whoever buys with it: freight to its door.

    Raises
    ------
    ValueError : with more than 12 members: every group of them is looked at
    """
    wanted = np.asarray(need, np.int64)
    members = wanted.shape[0]
    if members > MOST_MEMBERS:
        raise ValueError(f"{members} members; every group of at most {MOST_MEMBERS} can be looked at")
    groups = (np.arange(1 << members)[:, None] >> np.arange(members)) & 1
    bought = np.array([0.0, *(cost_of(group @ wanted) for group in groups[1:])])
    freight = np.zeros(members) if own is None else own
    return Game(members, bought + groups @ freight)


def may_split(game: Game) -> Game:
    """The game in which a group may also buy in several smaller groups: none pays more than its parts would.

    A dynamic programme over all groups and their subgroups, 3 to the power of members steps.
    """
    least = game.cost.copy()
    for group in range(1, least.size):
        part = (group - 1) & group
        while part > group ^ part:
            least[group] = min(least[group], least[part] + least[group ^ part])
            part = (part - 1) & group
    return Game(game.members, least)
