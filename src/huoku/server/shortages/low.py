"""Which items have less free stock than their safety stock."""

from dataclasses import dataclass

from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from huoku.server.items.models import Item
from huoku.server.ledger.models import StockHead, SupplyBalance


@dataclass(frozen=True, slots=True)
class Low:
    """In the item's steps: own available stock that is kept for nobody, and what is on order for nobody."""

    safety: int
    free: int
    coming: int


def low_now(company_id: int) -> dict[int, Low]:
    """By item."""
    wanted = Item.objects.of(company_id).filter(safety_stock_steps__gt=0, is_active=True)
    safety = dict(wanted.values_list("pk", "safety_stock_steps"))
    if not safety:
        return {}
    free = _sums(StockHead.objects.of(company_id).filter(item__in=wanted, debt=0), "on_hand")
    coming = _sums(SupplyBalance.objects.of(company_id).filter(item__in=wanted), "quantity")
    return {
        item: Low(least, free.get(item, 0), coming.get(item, 0))
        for item, least in safety.items()
        if free.get(item, 0) < least
    }


def _sums(rows: "object", column: str) -> dict[int, int]:
    left = Coalesce(Sum(F(column) - F("reserved")), 0)
    return dict(rows.order_by().values_list("item").annotate(left=left))  # type: ignore[attr-defined]
