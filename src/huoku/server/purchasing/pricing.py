"""What a supplier takes for an item: his terms on a day, and the price that holds for a quantity."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from huoku.server.partners.models import PriceBreak, Source
from huoku.server.platform.validity import valid_on
from huoku.server.purchasing.models import PurchaseOrder


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one source. Prices in millionths, amounts in minor units, of ``currency``; quantities in steps."""

    supplier_id: int
    item_id: int
    currency: str
    lead_time_days: int
    moq: int
    multiple: int
    fee: int
    min_order_value: int
    priority: int
    base_price: int | None
    breaks: tuple[tuple[int, int], ...]
    """From which quantity on which price, the smallest quantity first."""

    def price(self, total: int) -> int | None:
        """The price of one unit where ``total`` is bought on one order; None: nobody has entered one."""
        reached = [price for least, price in self.breaks if least <= total]
        return reached[-1] if reached else self.base_price

    def at_least(self, steps: int) -> int:
        """What has to be bought where so much is wanted: the minimum quantity, and whole multiples."""
        least = max(steps, self.moq)
        return -(-least // self.multiple) * self.multiple if self.multiple else least


def terms_of(
    company: int, items: Iterable[int], day: date, home: str, supplier: int | None = None
) -> dict[int, list[Terms]]:
    """By item: what may be bought on ``day``, of ``supplier`` or of all; the preferred source first.

    Where a source has no price of its own, the item's cost holds; that is in ``home``, the company's currency.
    """
    sources = (
        Source.objects.of(company)
        .filter(valid_on(day), item__in=set(items), supplier__is_active=True)
        .filter(**({"supplier": supplier} if supplier else {}))
        .select_related("item")
        .order_by("priority", "supplier__code", "pk")
    )
    breaks: dict[int, list[tuple[int, int]]] = {}
    rows = PriceBreak.objects.of(company).filter(source__in=[source.pk for source in sources])
    for row in rows.order_by("min_qty_steps"):
        breaks.setdefault(row.source_id, []).append((row.min_qty_steps, row.price_millionths))
    found: dict[int, list[Terms]] = {}
    for source in sources:
        found.setdefault(source.item_id, []).append(_terms(source, home, tuple(breaks.get(source.pk, ()))))
    return found


def _terms(source: Source, home: str, breaks: tuple[tuple[int, int], ...]) -> Terms:
    cost = source.item.unit_cost_millionths if source.currency == home else None
    return Terms(
        supplier_id=source.supplier_id,
        item_id=source.item_id,
        currency=source.currency,
        lead_time_days=source.lead_time_days,
        moq=source.moq_steps,
        multiple=source.multiple_steps,
        fee=source.order_fee_minor,
        min_order_value=source.min_order_value_minor,
        priority=source.priority,
        base_price=cost if source.price_millionths is None else source.price_millionths,
        breaks=breaks,
    )


def terms_for(order: PurchaseOrder, items: Iterable[int], day: date) -> dict[int, Terms]:
    """By item: what the order's supplier takes, in the order's currency."""
    found = terms_of(order.company_id, items, day, order.company.currency, order.supplier_id)
    return {
        item: next(each for each in terms if each.currency == order.currency)
        for item, terms in found.items()
        if any(each.currency == order.currency for each in terms)
    }
