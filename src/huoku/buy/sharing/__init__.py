"""Sharing what a joint purchase costs, so that nobody would do better without the others."""

from huoku.buy.sharing.core import Objection, objection
from huoku.buy.sharing.game import Game, game_of, may_split
from huoku.buy.sharing.nucleolus import nucleolus
from huoku.buy.sharing.rules import Sharing, equal_unit_price, shapley, share_cost

__all__ = [
    "Game",
    "Objection",
    "Sharing",
    "equal_unit_price",
    "game_of",
    "may_split",
    "nucleolus",
    "objection",
    "shapley",
    "share_cost",
]
