"""What happened with customers in a month, as its papers tell."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Q

from huoku.server.platform.clock import business_day
from huoku.server.platform.models import Company
from huoku.server.sales.models import SalesLine, SalesOrder, ShipmentLine
from huoku.server.sales.states import AGREED
from huoku.server.statements.entries import Entry, Found, Kind, Month
from huoku.server.statements.returns import Moved, returned


def entries_with_customers(company: Company, customers: Collection[int], month: Month) -> Found:
    """Orders confirmed, goods shipped and taken back in the month; and what stands open of orders at its end. Goods
    come back under the number of the shipment that they left with."""
    found: dict[tuple[int, str], list[Entry]] = defaultdict(list)
    lines, shipped = _lines(company, customers, month), _shipped(company, customers, month)
    for line in lines:
        if month.has(day := _confirmed_on(company, line)):
            found[_key(line.order)].append(_of(Kind.ORDERED, day, line, line.qty_steps))
    gone: dict[int, int] = defaultdict(int)
    for each in shipped:
        gone[each.line_id] += each.qty_steps
        if month.has(day := each.shipment.shipped_on):
            found[_key(each.line.order)].append(_of(Kind.SHIPPED, day, each.line, each.qty_steps, each.shipment_id))
    moved = (Moved(each, each.shipment.number, each.lot_id, each.returned_steps) for each in shipped)
    for each, part, day in returned(company, moved, month):
        found[_key(each.line.order)].append(_of(Kind.RETURNED, day, each.line, part, each.shipment_id))
    for line in lines:
        steps = line.qty_steps - gone[line.pk]
        if steps > 0 and line.order.state in AGREED:
            found[_key(line.order)].append(_of(Kind.OPEN, None, line, steps))
    return found


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


def _key(order: SalesOrder) -> tuple[int, str]:
    return order.customer_id, order.currency


def _of(kind: Kind, on: date | None, line: SalesLine, steps: int, shipment: int | None = None) -> Entry:
    on = on or line.promised_on or line.due_on
    return Entry(kind, on, line.order_id, line.item_id, line.item.decimals, steps, line.price_millionths, shipment)


def _confirmed_on(company: Company, line: SalesLine) -> date | None:
    moment = line.order.confirmed_at
    return None if moment is None else business_day(company, moment)
