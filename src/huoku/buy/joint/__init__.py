"""Several parts of several vendors bought together: one choice over all of them, by money."""

from huoku.buy.joint.board import Board, Offers, Vendors
from huoku.buy.joint.choose import JointChoice, choose_together

__all__ = ["Board", "JointChoice", "Offers", "Vendors", "choose_together"]
