"""The tables and names that several checks ask for."""

from collections.abc import Iterable

from huoku.server.items.models import Item
from huoku.server.ledger.models import Balance, Debt, Location, Lot, Movement, Reservation, StockHead, SupplyBalance
from huoku.server.platform.sql import ask, places

MOVEMENTS, BALANCES, HEADS, DEBTS, SUPPLIES, RESERVATIONS, LOCATIONS, LOTS, ITEMS = (
    f'"{model._meta.db_table}"'
    for model in (Movement, Balance, StockHead, Debt, SupplyBalance, Reservation, Location, Lot, Item)
)


class Names:
    """Codes of items, places and lots by id."""

    def __init__(
        self, company_id: int, items: Iterable[int] = (), locations: Iterable[int] = (), lots: Iterable[int] = ()
    ) -> None:
        self.item = _codes(company_id, ITEMS, items)
        self.location = _codes(company_id, LOCATIONS, locations)
        self.lot = _codes(company_id, LOTS, lots)


def _codes(company_id: int, table: str, ids: Iterable[int]) -> dict[int, str]:
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    rows = ask(
        f"SELECT id, code FROM {table} WHERE company_id = %s AND id IN {places(len(wanted), 1)}", [company_id, *wanted]
    )
    return {id: f"#{id}" for id in wanted} | dict(rows)
