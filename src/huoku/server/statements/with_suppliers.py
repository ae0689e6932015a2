"""What happened with suppliers in a month, as its papers tell."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Q

from huoku.server.platform.models import Company
from huoku.server.purchasing.models import PurchaseLine, PurchaseOrder, PurchaseReceipt
from huoku.server.purchasing.models.orders import WITH_SUPPLIER
from huoku.server.statements.entries import Entry, Found, Kind, Month
from huoku.server.statements.returns import Moved, returned


def entries_with_suppliers(company: Company, suppliers: Collection[int], month: Month) -> Found:
    """Orders sent, goods received and sent back in the month; and what stands open of orders at its end and is still
    expected. Goods go back under the number of their order."""
    found: dict[tuple[int, str], list[Entry]] = defaultdict(list)
    lines, received = _lines(company, suppliers, month), _received(company, suppliers, month)
    for line in lines:
        if month.has(line.order.sent_on):
            found[_key(line.order)].append(_of(Kind.ORDERED, line.order.sent_on, line, line.qty_steps))
    come: dict[int, int] = defaultdict(int)
    for each in received:
        come[each.line_id] += each.qty_steps
        if month.has(each.received_on):
            found[_key(each.line.order)].append(
                _of(Kind.RECEIVED, each.received_on, each.line, each.qty_steps, each.pk)
            )
    moved = (Moved(each, each.line.order.number, each.lot_id, each.returned_steps) for each in received)
    for each, part, day in returned(company, moved, month):
        found[_key(each.line.order)].append(_of(Kind.RETURNED, day, each.line, part, each.pk))
    for line in lines:
        steps = line.due_steps - come[line.pk]
        if steps > 0 and line.order.state in WITH_SUPPLIER:
            found[_key(line.order)].append(_of(Kind.OPEN, line.expected_on, line, steps))
    return found


def _lines(company: Company, suppliers: Collection[int], month: Month) -> list[PurchaseLine]:
    """Those that were sent in the month, and what still stands of those before."""
    sent = PurchaseLine.objects.of(company).filter(
        Q(order__sent_on__gte=month.first) | Q(order__state__in=WITH_SUPPLIER),
        order__supplier__in=suppliers,
        order__sent_on__lt=month.after,
    )
    standing = sent.exclude(order__state="cancelled").select_related("order", "item")
    return list(standing.order_by("order__number", "seq"))


def _received(company: Company, suppliers: Collection[int], month: Month) -> list[PurchaseReceipt]:
    """What came in the month, and of what came before what was sent back or belongs to an order that stands."""
    receipts = PurchaseReceipt.objects.of(company).filter(
        Q(received_on__gte=month.first) | Q(returned_steps__gt=0) | Q(line__order__state__in=WITH_SUPPLIER),
        line__order__supplier__in=suppliers,
        received_on__lt=month.after,
    )
    return list(receipts.select_related("line__item", "line__order").order_by("received_on", "pk"))


def _key(order: PurchaseOrder) -> tuple[int, str]:
    return order.supplier_id, order.currency


def _of(kind: Kind, on: date | None, line: PurchaseLine, steps: int, receipt: int | None = None) -> Entry:
    on = on or line.expected_on
    return Entry(kind, on, line.order_id, line.item_id, line.item.decimals, steps, line.price_millionths, receipt)
