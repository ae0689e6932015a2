"""Which lots an order has at the work, and which it has used: read from the movements whose document it is."""

from collections import defaultdict
from collections.abc import Iterable

from huoku.server.ledger.booking import MOVEMENTS
from huoku.server.platform.command import At
from huoku.server.platform.sql import ask, places
from huoku.server.production.models import WorkOrder

Lots = dict[int, dict[int, int]]
"""Steps by item and lot."""


def lots_at_work(at: At, order: WorkOrder, items: Iterable[int]) -> Lots:
    """What the order's movements brought to its work in progress and have not taken away again; the oldest first."""
    wanted = sorted(set(items))
    if not wanted:
        return {}
    here = order.work_in_progress_id
    rows = ask(
        f"SELECT item_id, lot_id, SUM(CASE WHEN to_location_id = %s THEN quantity ELSE -quantity END) FROM {MOVEMENTS} "
        f"WHERE company_id = %s AND document = %s AND item_id IN {places(len(wanted), 1)} "
        "AND (to_location_id = %s OR from_location_id = %s) GROUP BY item_id, lot_id ORDER BY item_id, MIN(seq)",
        [here, at.company_id, order.ledger_name, *wanted, here, here],
    )
    found: Lots = defaultdict(dict)
    for item, lot, quantity in rows:
        if quantity > 0:
            found[item][lot] = int(quantity)
    return found


def last_lots_used(at: At, order: WorkOrder, production: int) -> dict[int, int]:
    """By item, the lot that the order's reports used last."""
    rows = ask(
        f"SELECT item_id, lot_id FROM {MOVEMENTS} WHERE company_id = %s AND document = %s AND to_location_id = %s "
        "ORDER BY item_id, seq",
        [at.company_id, order.ledger_name, production],
    )
    return dict(rows)


def take_from(there: dict[int, int], steps: int) -> dict[int, int]:
    """Take ``steps`` from lots, the first ones first; ``there`` is left with the rest. Less where there is less."""
    taken: dict[int, int] = {}
    for lot in list(there):
        quantity = min(steps, there[lot])
        if quantity:
            taken[lot] = quantity
            there[lot] -= quantity
            steps -= quantity
    return taken
