"""What happened with suppliers in a month, as its papers tell."""

from collections.abc import Collection

from django.db.models import Q

from huoku.server.platform.models import Company
from huoku.server.purchasing.models import PurchaseLine, PurchaseReceipt
from huoku.server.purchasing.models.orders import WITH_SUPPLIER
from huoku.server.statements.entries import Found, Kind, Month
from huoku.server.statements.telling import Agreed, Goods, told


def entries_with_suppliers(company: Company, suppliers: Collection[int], month: Month) -> Found:
    """Orders sent, goods received and sent back in the month; and what stands open of orders at its end and is still
    expected. Goods go back under the number of their order."""
    lines = [_agreed(line) for line in _lines(company, suppliers, month)]
    goods = [_goods(each) for each in _received(company, suppliers, month)]
    return told(company, month, Kind.RECEIVED, lines, goods)


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


def _agreed(line: PurchaseLine) -> Agreed:
    order = line.order
    return Agreed(
        id=line.pk,
        partner=order.supplier_id,
        currency=order.currency,
        order=order.pk,
        item=line.item_id,
        decimals=line.item.decimals,
        price_millionths=line.price_millionths,
        ordered=line.qty_steps,
        due=line.due_steps,
        ordered_on=order.sent_on,
        expected_on=line.expected_on,
        stands=order.state in WITH_SUPPLIER,
    )


def _goods(each: PurchaseReceipt) -> Goods:
    return Goods(
        line=_agreed(each.line),
        on=each.received_on,
        steps=each.qty_steps,
        paper=each.pk,
        document=each.line.order.number,
        lot=each.lot_id,
        returned=each.returned_steps,
    )
