"""How long the way from one site to another takes. Who knows the lanes says so."""

from collections.abc import Callable

KnowsWays = Callable[[int, int, int, int], int | None]
"""Days by company, site of the origin, site of the target and item; None where no such way is known."""
KNOWN_BY: list[KnowsWays] = []


def knows_ways(function: KnowsWays) -> KnowsWays:
    """Let an app tell how long ways take; in its ``extends.py``."""
    KNOWN_BY.append(function)
    return function


def days_between(company_id: int, origin: int | None, target: int | None, items: list[int]) -> int:
    """The longest that one of the items takes; no day within a site, or where nobody knows."""
    if origin is None or target is None or origin == target:
        return 0
    told = (function(company_id, origin, target, item) for function in KNOWN_BY for item in items)
    return max((days for days in told if days is not None), default=0)
