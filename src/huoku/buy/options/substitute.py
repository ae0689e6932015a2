"""Take something else that may stand in, for all of the need or for a part, and buy only the rest."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from huoku.buy.options.case import Case
from huoku.buy.options.option import Option
from huoku.buy.options.weigh import expected_cost


class StandIn(NamedTuple):
    """Stock of a substitute: ``available`` units of it, ``ratio`` of them for one unit of the item.

    ``worth`` is what a unit of it would be worth otherwise, ``approval`` what trying and approving it costs once, and
    ``days`` how long that takes.
    """

    name: str
    available: float
    ratio: float
    worth: float
    approval: float = 0.0
    days: int = 0


def replaced_by(case: Case, other: StandIn) -> int:
    """How much of the need the stock of a substitute serves."""
    return min(case.need, int(other.available / other.ratio))


def substitute(case: Case, other: StandIn, ways_for_rest: Iterable[Option]) -> Option | None:
    """As much of the substitute as there is, the rest by the cheapest way. None where there is nothing of it.

    ``ways_for_rest``: the ways to buy what is missing, as options of that smaller need.
    """
    replaced = replaced_by(case, other)
    if replaced <= 0:
        return None
    taken = replaced * other.ratio * other.worth + other.approval
    if replaced == case.need:
        return Option("substitute", 0, 0.0, 0.0, other.days, taken + case.lateness(other.days), named=other.name)
    rest = replace(case, need=case.need - replaced)
    part = min(ways_for_rest, key=lambda way: expected_cost(rest, way), default=None)
    if part is None:
        return None
    # The rest may be late by itself; waiting for the approval comes on top where it takes longer.
    day = max(other.days, part.day or 0)
    late = case.lateness(day) - case.lateness(part.day or 0)
    return replace(part, kind="substitute", day=day, extra=part.extra + taken + late, named=other.name)
