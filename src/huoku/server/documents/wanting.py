"""Does a document still ask for something, and may anything be begun for it? Who keeps stock for one, or makes
something for it, asks here before."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Set
from datetime import date

Open = Callable[[int, Set[int]], Set[int]]
"""Of a company's rows with these ids, those that still ask for something."""
SPOKEN_FOR: dict[str, Open] = {}
Still = Callable[[int, Set[int]], Iterable[tuple[str, date]]]
"""Of a company's rows with these ids, the papers that stand still: the number of each, and the last day of it."""
STILL: dict[str, Still] = {}


def speaks_for(kind: str) -> Callable[[Open], Open]:
    """An app says, in its ``extends.py``, which of its rows still ask: ``@speaks_for("sales.line")``."""

    def spoken(open_ones: Open) -> Open:
        SPOKEN_FOR[kind] = open_ones
        return open_ones

    return spoken


def may_stand_still(kind: str) -> Callable[[Still], Still]:
    """An app says, in its ``extends.py``, for which of its rows nothing is to be begun for now."""

    def told(standing: Still) -> Still:
        STILL[kind] = standing
        return standing

    return told


def standing_still(company_id: int, demands: Iterable[str]) -> list[tuple[str, date]]:
    """Of the papers behind those demands the ones that stand still, each once: its number and the last day of it."""
    found = {each for kind, ids in _by_kind(demands, STILL).items() for each in STILL[kind](company_id, ids)}
    return sorted(found)


def still_wanted(company_id: int, demands: Iterable[str]) -> Set[str]:
    """Those demands (``sales.line:5``) whose paper has not ended; what nobody speaks for counts among them."""
    names = set(demands)
    by_kind = _by_kind(names, SPOKEN_FOR)
    spoken_for = {f"{kind}:{row}" for kind, ids in by_kind.items() for row in ids}
    open_ones = {f"{kind}:{row}" for kind, ids in by_kind.items() for row in SPOKEN_FOR[kind](company_id, ids)}
    return names - spoken_for | open_ones


def _by_kind(demands: Iterable[str], known: Container[str]) -> Mapping[str, set[int]]:
    """The ids in the names of the kinds that are known."""
    ids: dict[str, set[int]] = defaultdict(set)
    for demand in demands:
        kind, _, row = demand.rpartition(":")
        if kind in known and row.isdecimal():
            ids[kind].add(int(row))
    return ids
