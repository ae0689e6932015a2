"""Figures of papers that follow from their lines: what an order comes to, and how far a line has come."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from django.http import Http404

from huoku.language import Sentence
from huoku.report import numbers
from huoku.server.look.speaking import language
from huoku.server.office.reasons import Asked, Reason, Row, why
from huoku.server.office.words import label
from huoku.server.platform.actor import Actor
from huoku.server.platform.exact import minor_digits
from huoku.server.platform.tables.table import TABLES
from huoku.server.purchasing.models import PurchaseLine, PurchaseOrder, PurchaseReceipt
from huoku.server.purchasing.totals import value_of
from huoku.server.sales.models import SalesLine, ShipmentLine
from huoku.server.workbench.reasons.lists import in_units, row_of

LINE = Sentence("{seq} · {item} × {qty}", "{seq} · {item} × {qty}")
FEE = Sentence("{seq} · 下单费", "{seq} · fees")
LEAST = Sentence("供应商最低起订金额", "the supplier's minimum order value")
GOODS = Sentence("货款", "goods")
ENOUGH = Sentence("够了，超出的不算", "enough; what is above does not count")
WITHIN = Sentence("少的在允许范围内，不再到", "within the tolerance, no longer to come")


def sees(table: str, column: str) -> Callable[[Actor], bool]:
    """May the actor see this column of the table?"""
    return lambda actor: actor.may(TABLES[table].read) and column in TABLES[table].seen_by(actor)


def found_in(actor: Actor, table: str, asked: Asked) -> Any:
    """The row of a table that is asked for. Raises Http404."""
    row = TABLES[table].rows_for(actor).filter(pk=asked.id).first()
    if row is None:
        raise Http404
    return row


def _lines(order: PurchaseOrder) -> Sequence[PurchaseLine]:
    return list(PurchaseLine.objects.of(order.company_id).filter(order=order).select_related("item").order_by("seq"))


def _value(order: PurchaseOrder, line: PurchaseLine) -> Fraction:
    return Fraction(value_of(line, order.currency), 10 ** minor_digits(order.currency))


def _line(actor: Actor, order: PurchaseOrder, line: PurchaseLine) -> Row:
    qty = numbers.qty(line.qty_steps / 10**line.item.decimals)
    words = LINE.say(language(), seq=line.seq, item=line.item.code, qty=qty)
    return Row(words, _value(order, line), row_of(actor, "purchase_lines", line.pk))


@why(
    "purchase_orders.amount",
    Sentence("金额", "Amount"),
    Sentence("每行数量乘单价，加下单费。", "Of each line the quantity times its price, and the fees."),
    sees("purchase_orders", "amount"),
)
def amount(actor: Actor, asked: Asked) -> Reason:
    order = found_in(actor, "purchase_orders", asked)
    minor = 10 ** minor_digits(order.currency)
    rows = []
    for line in _lines(order):
        rows.append(_line(actor, order, line))
        if line.order_fee_minor:
            rows.append(Row(FEE.say(language(), seq=line.seq), Fraction(line.order_fee_minor, minor)))
    return Reason(order.number, rows, currency=order.currency)


@why(
    "sales_orders.amount",
    Sentence("金额", "Amount"),
    Sentence("每行数量乘单价。", "Of each line the quantity times its price."),
    sees("sales_orders", "amount"),
)
def amount_of_sale(actor: Actor, asked: Asked) -> Reason:
    order = found_in(actor, "sales_orders", asked)
    lines = SalesLine.objects.of(actor.company).filter(order=order).select_related("item").order_by("seq")
    return Reason(order.number, [_sold(actor, order.currency, line) for line in lines], currency=order.currency)


def _sold(actor: Actor, currency: str, line: SalesLine) -> Row:
    """What a line comes to, half of the smallest amount rounded up, as the order's sum is."""
    digits = minor_digits(currency)
    divisor = 10 ** (line.item.decimals + 6 - digits)
    minor = (2 * line.qty_steps * (line.price_millionths or 0) + divisor) // (2 * divisor)
    qty = numbers.qty(line.qty_steps / 10**line.item.decimals)
    words = LINE.say(language(), seq=line.seq, item=line.item.code, qty=qty)
    return Row(words, Fraction(minor, 10**digits), row_of(actor, "sales_lines", line.pk))


@why(
    "purchase_orders.missing",
    Sentence("离最低起订金额还差", "Missing to the minimum order value"),
    Sentence(
        "供应商最低起订金额减去货款；够了就是 0。",
        "The supplier's minimum order value less the goods; 0 where they reach it.",
    ),
    sees("purchase_orders", "missing"),
)
def missing(actor: Actor, asked: Asked) -> Reason:
    order, lang = found_in(actor, "purchase_orders", asked), language()
    least = Fraction(order.min_order_value_minor, 10 ** minor_digits(order.currency))
    goods = sum((_value(order, line) for line in _lines(order)), Fraction(0))
    rows = [Row(LEAST.say(lang), least), Row(GOODS.say(lang), -goods)]
    if goods > least:
        rows.append(Row(ENOUGH.say(lang), goods - least))
    return Reason(order.number, rows, currency=order.currency)


@why(
    "purchase_lines.received",
    Sentence("已收", "Received"),
    Sentence("每次收货的数量相加，不论好坏。", "What came with each receipt, good or not."),
    sees("purchase_lines", "received"),
)
def received(actor: Actor, asked: Asked) -> Reason:
    line: PurchaseLine = found_in(actor, "purchase_lines", asked)
    decimals = line.item.decimals
    receipts = PurchaseReceipt.objects.of(actor.company).filter(line=line).order_by("received_on", "pk")
    rows = [
        Row(
            " · ".join(part for part in (f"{each.received_on:%m-%d}", each.delivery_note) if part),
            in_units(each.qty_steps, decimals),
            row_of(actor, "purchase_receipts", each.pk),
        )
        for each in receipts
    ]
    return Reason(line.item.code, rows, digits=decimals, unit=line.item.unit)


@why(
    "sales_lines.shipped",
    Sentence("已发", "Shipped"),
    Sentence("每张发货单发出的；客户退回的不减。", "What went with each shipment; what came back is not taken off."),
    sees("sales_lines", "shipped"),
)
def shipped(actor: Actor, asked: Asked) -> Reason:
    line: SalesLine = found_in(actor, "sales_lines", asked)
    decimals = line.item.decimals
    sent = ShipmentLine.objects.of(actor.company).filter(line=line).select_related("shipment").order_by("pk")
    rows = [
        Row(each.shipment.number, in_units(each.qty_steps, decimals), row_of(actor, "shipments", each.shipment_id))
        for each in sent
    ]
    return Reason(line.item.code, rows, digits=decimals, unit=line.item.unit)


@why(
    "purchase_lines.open",
    Sentence("未交", "Still to come"),
    Sentence(
        "订的数量，加退货要补的，减取消的和已收的；少的在允许范围内就是 0。",
        "What was ordered and is to be replaced, less what was cancelled and what came; 0 within the tolerance.",
    ),
    sees("purchase_lines", "open"),
)
def still_to_come(actor: Actor, asked: Asked) -> Reason:
    line: PurchaseLine = found_in(actor, "purchase_lines", asked)
    lang, decimals = language(), line.item.decimals
    signs = (("qty", 1), ("replaced", 1), ("cancelled", -1), ("received", -1))
    rows = [
        Row(label(name, lang), sign * in_units(steps, decimals))
        for name, sign in signs
        if (steps := getattr(line, f"{name}_steps"))
    ]
    left = line.open_steps - (line.due_steps - line.received_steps)
    if left:
        rows.append(Row(WITHIN.say(lang), in_units(left, decimals)))
    return Reason(line.item.code, rows, digits=decimals, unit=line.item.unit)
