"""What happened with a supplier in a month, as its papers tell."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from huoku.server.ledger.models import Movement
from huoku.server.platform.clock import business_day
from huoku.server.platform.models import Company
from huoku.server.purchasing.models import PurchaseLine, PurchaseReceipt
from huoku.server.purchasing.models.orders import WITH_SUPPLIER
from huoku.server.statements.entries import Entry, Kind, Month
from huoku.server.statements.models import StatementLine


def entries_with_supplier(company: Company, supplier: int, currency: str, month: Month) -> list[Entry]:
    """Orders sent, goods received and sent back in the month; and what stands open of orders at its end."""
    ours = {"order__supplier": supplier, "order__currency": currency}
    sent = PurchaseLine.objects.of(company).filter(**ours, order__sent_on__lt=month.after)
    lines = list(
        sent.exclude(order__state="cancelled").select_related("order", "item").order_by("order__number", "seq")
    )
    receipts = PurchaseReceipt.objects.of(company).filter(**{f"line__{name}": value for name, value in ours.items()})
    received = list(
        receipts.filter(received_on__lt=month.after)
        .select_related("line__item", "line__order")
        .order_by("received_on", "pk")
    )
    return [
        *(_of(Kind.ORDERED, line, line.qty_steps) for line in lines if month.has(line.order.sent_on)),
        *(_received(each) for each in received if month.has(each.received_on)),
        *_returned(company, received, month),
        *_open(lines, received),
    ]


def _of(kind: StatementLine.Kind, line: PurchaseLine, steps: int) -> Entry:
    on = line.expected_on if kind == Kind.OPEN else line.order.sent_on or line.expected_on
    return Entry(kind, on, line.order_id, line.item_id, line.item.decimals, steps, line.price_millionths)


def _received(each: PurchaseReceipt) -> Entry:
    line = each.line
    known = (line.order_id, line.item_id, line.item.decimals, each.qty_steps, line.price_millionths, each.pk)
    return Entry(Kind.RECEIVED, each.received_on, *known)


def _returned(company: Company, received: Iterable[PurchaseReceipt], month: Month) -> Iterator[Entry]:
    """Goods go back under the number of their order; each lot at the price of the line that it came with."""
    by_lot: dict[tuple[str, int], list[PurchaseReceipt]] = defaultdict(list)
    for each in received:
        if each.returned_steps:
            by_lot[each.line.order.number, each.lot_id].append(each)
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
                yield Entry(Kind.RETURNED, day, *known, each.pk)


def _open(lines: Iterable[PurchaseLine], received: Iterable[PurchaseReceipt]) -> Iterator[Entry]:
    """Of orders that stand, what had not come by the month's end and is still expected."""
    come: dict[int, int] = defaultdict(int)
    for each in received:
        come[each.line_id] += each.qty_steps
    for line in lines:
        steps = line.due_steps - come[line.pk]
        if steps > 0 and line.order.state in WITH_SUPPLIER:
            yield _of(Kind.OPEN, line, steps)
