"""Everything that lies somewhere, as bare numbers: for figures of places, which ask for all of it at once."""

from typing import NamedTuple

from huoku.server.ledger.facts import own
from huoku.server.ledger.guarded import BALANCES
from huoku.server.platform.sql import ask

LYING = f"""
SELECT location_id, item_id, status, owner_id, on_hand FROM {BALANCES.table} WHERE company_id = %s AND on_hand > 0
"""


class Lying(NamedTuple):
    """Columns of equal length. ``owner``: whose it is; ``own`` is ours."""

    location: tuple[int, ...]
    item: tuple[int, ...]
    status: tuple[str, ...]
    owner: tuple[int, ...]
    steps: tuple[int, ...]
    own: int


def lying(company_id: int) -> Lying:
    """Of all places of a company; who may know which of them is for the asker to say."""
    rows = ask(LYING, [company_id])
    location, item, status, owner, steps = zip(*rows, strict=True) if rows else ((), (), (), (), ())
    return Lying(location, item, status, owner, steps, own(company_id) if rows else 0)
