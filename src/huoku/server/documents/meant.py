"""What is on its way to be bought, made or fetched for a demand: it may fall away with it."""

from collections.abc import Callable, Iterable, Set
from typing import NamedTuple


class Meant(NamedTuple):
    """``name``: what the ledger calls the row; ``steps``: so much of the item is still to come of it."""

    name: str
    item: int
    steps: int


For = Callable[[int, Set[str]], Iterable[Meant]]
"""Of a company, what is meant for any of these demands."""
TELLERS: list[For] = []


def tells_what_is_meant(teller: For) -> For:
    """An app says it, in its ``extends.py``, of its own papers."""
    TELLERS.append(teller)
    return teller


def meant_for(company_id: int, demands: Iterable[str]) -> list[Meant]:
    """What every app has for these demands, whether the ledger counts on it or not."""
    names = set(demands)
    return [each for teller in TELLERS for each in teller(company_id, names)] if names else []
