"""What happened with a customer in a month, as its papers tell."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from huoku.server.ledger.models import Movement
from huoku.server.platform.clock import business_day
from huoku.server.platform.models import Company
from huoku.server.sales.models import SalesLine, ShipmentLine
from huoku.server.sales.states import AGREED
from huoku.server.statements.entries import Entry, Kind, Month
from huoku.server.statements.models import StatementLine


def entries_with_customer(company: Company, customer: int, currency: str, month: Month) -> list[Entry]:
    """Orders confirmed, goods shipped and taken back in the month; and what stands open of orders at its end."""
    ours = {"order__customer": customer, "order__currency": currency}
    confirmed = SalesLine.objects.of(company).filter(**ours, order__confirmed_at__lt=month.ends)
    lines = list(
        confirmed.exclude(order__state="cancelled").select_related("order", "item").order_by("order__number", "seq")
    )
    sent = ShipmentLine.objects.of(company).filter(**{f"line__{name}": value for name, value in ours.items()})
    shipped = list(
        sent.filter(shipment__shipped_on__lt=month.after)
        .select_related("shipment", "line__item")
        .order_by("shipment__shipped_on", "shipment__number", "pk")
    )
    return [
        *(
            _of(Kind.ORDERED, line, company, line.qty_steps)
            for line in lines
            if month.has(_confirmed_on(company, line))
        ),
        *(_shipped(each) for each in shipped if month.has(each.shipment.shipped_on)),
        *_returned(company, shipped, month),
        *_open(company, lines, shipped),
    ]


def _of(kind: StatementLine.Kind, line: SalesLine, company: Company, steps: int) -> Entry:
    on = _confirmed_on(company, line) if kind == Kind.ORDERED else None
    on = on or line.promised_on or line.due_on
    return Entry(kind, on, line.order_id, line.item_id, line.item.decimals, steps, line.price_millionths)


def _confirmed_on(company: Company, line: SalesLine) -> date | None:
    moment = line.order.confirmed_at
    return None if moment is None else business_day(company, moment)


def _shipped(each: ShipmentLine) -> Entry:
    line, paper = each.line, each.shipment
    price = line.price_millionths
    known = (line.order_id, line.item_id, line.item.decimals, each.qty_steps, price, paper.pk)
    return Entry(Kind.SHIPPED, paper.shipped_on, *known)


def _returned(company: Company, shipped: Iterable[ShipmentLine], month: Month) -> Iterator[Entry]:
    """Goods come back under the number of the shipment that they left with; each lot at the price of its line."""
    by_lot: dict[tuple[str, int], list[ShipmentLine]] = defaultdict(list)
    for each in shipped:
        if each.returned_steps:
            by_lot[each.shipment.number, each.lot_id].append(each)
    moves = Movement.objects.of(company).filter(
        kind=Movement.Kind.RETURN, document__in={number for number, _ in by_lot}, effective_at__lt=month.ends
    )
    left = {each.pk: each.returned_steps for rows in by_lot.values() for each in rows}
    for move in moves.order_by("effective_at", "seq"):
        steps = move.quantity
        for each in by_lot[move.document, move.lot_id]:
            part = min(steps, left[each.pk])
            left[each.pk], steps = left[each.pk] - part, steps - part
            if part and move.effective_at >= month.begins:
                line, day = each.line, business_day(company, move.effective_at)
                known = (line.order_id, line.item_id, line.item.decimals, part, line.price_millionths)
                yield Entry(Kind.RETURNED, day, *known, each.shipment_id)


def _open(company: Company, lines: Iterable[SalesLine], shipped: Iterable[ShipmentLine]) -> Iterator[Entry]:
    """Of orders that stand, what had not been shipped by the month's end."""
    gone: dict[int, int] = defaultdict(int)
    for each in shipped:
        gone[each.line_id] += each.qty_steps
    for line in lines:
        steps = line.qty_steps - gone[line.pk]
        if steps > 0 and line.order.state in AGREED:
            yield _of(Kind.OPEN, line, company, steps)
