"""The paper on which the net requirement of one node is worked out."""

from typing import NamedTuple

from huoku.buy.lot_sizing import Requirement
from huoku.buy.terms import Ints


class Paper(NamedTuple):
    """The net requirement of one node as it is worked out."""

    required: Requirement
    arrival: Ints  # (days, sources)
