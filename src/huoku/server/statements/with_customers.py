"""What happened with customers in a month, as its papers tell."""

from collections.abc import Collection

from django.db.models import Q

from huoku.server.platform.clock import business_day
from huoku.server.platform.models import Company
from huoku.server.sales.models import SalesLine, ShipmentLine
from huoku.server.sales.states import AGREED
from huoku.server.statements.entries import Found, Kind, Month
from huoku.server.statements.telling import Agreed, Goods, told


def entries_with_customers(company: Company, customers: Collection[int], month: Month) -> Found:
    """Orders confirmed, goods shipped and taken back in the month; and what stands open of orders at its end. Goods
    come back under the number of the shipment that they left with."""
    lines = [_agreed(company, line) for line in _lines(company, customers, month)]
    goods = [_goods(company, each) for each in _shipped(company, customers, month)]
    return told(company, month, Kind.SHIPPED, lines, goods)


def _lines(company: Company, customers: Collection[int], month: Month) -> list[SalesLine]:
    """Those that were confirmed in the month, and what still stands of those before."""
    confirmed = SalesLine.objects.of(company).filter(
        Q(order__confirmed_at__gte=month.begins) | Q(order__state__in=AGREED),
        order__customer__in=customers,
        order__confirmed_at__lt=month.ends,
    )
    standing = confirmed.exclude(order__state="cancelled").select_related("order", "item")
    return list(standing.order_by("order__number", "seq"))


def _shipped(company: Company, customers: Collection[int], month: Month) -> list[ShipmentLine]:
    """What left in the month, and of what left before what came back or belongs to an order that stands."""
    sent = ShipmentLine.objects.of(company).filter(
        Q(shipment__shipped_on__gte=month.first) | Q(returned_steps__gt=0) | Q(line__order__state__in=AGREED),
        line__order__customer__in=customers,
        shipment__shipped_on__lt=month.after,
    )
    sent = sent.select_related("shipment", "line__item", "line__order")
    return list(sent.order_by("shipment__shipped_on", "shipment__number", "pk"))


def _agreed(company: Company, line: SalesLine) -> Agreed:
    order = line.order
    return Agreed(
        id=line.pk,
        partner=order.customer_id,
        currency=order.currency,
        order=order.pk,
        item=line.item_id,
        decimals=line.item.decimals,
        price_millionths=line.price_millionths,
        ordered=line.qty_steps,
        due=line.qty_steps,
        ordered_on=order.confirmed_at and business_day(company, order.confirmed_at),
        expected_on=line.promised_on or line.due_on,
        stands=order.state in AGREED,
    )


def _goods(company: Company, each: ShipmentLine) -> Goods:
    return Goods(
        line=_agreed(company, each.line),
        on=each.shipment.shipped_on,
        steps=each.qty_steps,
        paper=each.shipment_id,
        document=each.shipment.number,
        lot=each.lot_id,
        returned=each.returned_steps,
    )
