"""Buy the minimum and have the customer pay for the rest, or for a part of it, if the customer agrees."""

from dataclasses import replace
from typing import NamedTuple

from huoku.buy.options.case import Case
from huoku.buy.options.minimum import minimum
from huoku.buy.options.option import Option, Outcome


class Charge(NamedTuple):
    """The part of the rest's price that the customer is asked for, and the chance that it agrees."""

    part: float
    chance: float


def charge(case: Case, asked: Charge) -> Option | None:
    """The minimum, part of whose rest the customer pays; the rest stays ours, to use or to sell."""
    bare = minimum(case)
    if bare is None or bare.leftover <= 0:
        return None
    income = asked.part * bare.leftover * bare.unit_price
    outcomes = Outcome(asked.chance, -income), Outcome(1.0 - asked.chance, 0.0)
    return replace(bare, kind="charge", outcomes=outcomes)
