"""What people look for in a list of orders: which of its open lines is due first, and what of."""

from collections.abc import Collection
from typing import Any

from django.db.models import Case, QuerySet, Subquery, When

from huoku.server.platform.tables.kinds import DATE, ID, SHOWN_STEPS, TEXT
from huoku.server.platform.tables.reckoned import Reckoned
from huoku.server.platform.tables.table import Column

NEXT_ON = Column("next_on", "next_on", DATE)
NEXT = (
    *(NEXT_ON, Column("next_item", "next_item", TEXT), Column("next_item_id", "next_item_id", ID)),
    *(Column("next_qty", "next_qty", SHOWN_STEPS, "next_decimals"), Column("next_unit", "next_unit", TEXT)),
)


def next_due(open_lines: "QuerySet[Any]", living: Collection[str]) -> Reckoned:
    """What ``NEXT`` shows of an order in one of the ``living`` states: old orders are many, and nothing is due of them.
    ``open_lines``: of the order that is asked about, with the day as ``due`` and the quantity as ``still_open``."""
    first = open_lines.order_by("due", "seq")
    found = {
        **{"next_on": "due", "next_item": "item__code", "next_item_id": "item_id"},
        **{"next_qty": "still_open", "next_decimals": "item__decimals", "next_unit": "item__unit"},
    }
    return {name: Case(When(state__in=living, then=Subquery(first.values(value)[:1]))) for name, value in found.items()}
