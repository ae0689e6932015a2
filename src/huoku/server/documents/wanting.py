"""Does a document still ask for something? Who keeps stock or supply for one asks here, before it is kept in vain."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Set

Open = Callable[[int, Set[int]], Set[int]]
"""Of a company's rows with these ids, those that still ask for something."""
SPOKEN_FOR: dict[str, Open] = {}


def speaks_for(kind: str) -> Callable[[Open], Open]:
    """An app says, in its ``extends.py``, which of its rows still ask: ``@speaks_for("sales.line")``."""

    def spoken(open_ones: Open) -> Open:
        SPOKEN_FOR[kind] = open_ones
        return open_ones

    return spoken


def still_wanted(company_id: int, demands: Iterable[str]) -> Set[str]:
    """Those demands (``sales.line:5``) whose paper has not ended; what nobody speaks for counts among them."""
    wanted: set[str] = set()
    ids: dict[str, set[int]] = defaultdict(set)
    for demand in demands:
        kind, _, row = demand.rpartition(":")
        if kind in SPOKEN_FOR and row.isdecimal():
            ids[kind].add(int(row))
        else:
            wanted.add(demand)
    for kind, rows in ids.items():
        wanted |= {f"{kind}:{row}" for row in SPOKEN_FOR[kind](company_id, rows)}
    return wanted
