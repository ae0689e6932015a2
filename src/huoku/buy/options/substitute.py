"""Take something else that may stand in, for all of the need or for a part, and buy only the rest."""

from typing import NamedTuple

from huoku.buy.options.case import Case
from huoku.buy.options.option import Option, bought
from huoku.buy.terms import legal_up


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


def substitute(case: Case, other: StandIn) -> Option | None:
    """As much of the substitute as there is; the rest from the main offer. None where there is nothing of it."""
    replaced = min(case.need, int(other.available / other.ratio))
    if replaced <= 0:
        return None
    taken = replaced * other.ratio * other.worth + other.approval
    rest = case.need - replaced
    if rest == 0:
        return Option("substitute", 0, 0.0, 0.0, other.days, taken + case.lateness(other.days), named=other.name)
    source = case.main
    if source < 0:
        return None
    part = bought(case, "substitute", source, legal_up(case.terms, source, rest), wanted=rest)
    day = max(other.days, part.day or 0)
    return Option(
        "substitute", part.qty, part.cash, part.leftover, day, taken + case.lateness(day), source, other.name
    )  # fmt: skip
