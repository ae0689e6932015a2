"""The paper on which the net requirement of one node is worked out."""

from typing import NamedTuple

from huoku.buy.terms import Floats, Ints


class Paper(NamedTuple):
    """The net requirement of one node as it is worked out."""

    day: Ints
    cumulative: Ints
    days_sum: Floats
    limit: Ints
    arrival: Ints  # (days, sources)
