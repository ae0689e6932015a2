"""All that was decided of a plan, as arrays: what a change is worked in from."""

from typing import NamedTuple

from huoku.plan.decide.netting import Netted
from huoku.plan.decide.service import Promised
from huoku.plan.model.build import Case


class Decided(NamedTuple):
    """See above.

    ``built``: the case as it was built; ``case``: with the parts of demands, and open orders as they were promised.
    ``numbered``: so many numbers have been given to orders. ``is_again``: was it worked out from a plan that stood?
    """

    built: Case
    case: Case
    promised: Promised
    netted: Netted
    numbered: int
    is_again: bool = False
