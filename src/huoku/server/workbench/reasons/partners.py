"""The figures of a supplier and of a customer: lines of orders, each of which counts as one or by what it is worth."""

from collections.abc import Callable, Iterable
from fractions import Fraction

from django.http import Http404

from huoku.language import Sentence
from huoku.server.look.speaking import language
from huoku.server.office.reasons import Asked, Reason, Row, why
from huoku.server.partners.models import Customer, Supplier
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.platform.roles import FieldGroup
from huoku.server.purchasing.models import PurchaseChase
from huoku.server.purchasing.punctual import Delivery, deliveries
from huoku.server.purchasing.rights import READ as READ_PURCHASES
from huoku.server.sales.models import SalesLine
from huoku.server.sales.queries.kept import Promise, open_lines, promises_of, worth
from huoku.server.sales.rights import READ as READ_SALES
from huoku.server.workbench.reasons.lists import row_of

ON_ITS_DAY = Sentence("{number} · {item} · {day}", "{number} · {item} · {day}")
LATE = Sentence("{number} · {item} · {day}，晚 {late} 天", "{number} · {item} · {day}, {late} days late")


def _words(number: str, item: str, day: object, late: int = 0) -> str:
    return (LATE if late > 0 else ON_ITS_DAY).say(language(), number=number, item=item, day=day, late=late)


def _supplier(actor: Actor, asked: Asked) -> Supplier:
    found = rows_for(actor, Supplier).filter(pk=asked.id).first()
    if found is None:
        raise Http404
    return found


def _customer(actor: Actor, asked: Asked) -> Customer:
    found = rows_for(actor, Customer).filter(pk=asked.id).first()
    if found is None:
        raise Http404
    return found


def _of_deliveries(counts: Callable[[Delivery], bool]) -> Callable[[Actor, Asked], Reason]:
    def told(actor: Actor, asked: Asked) -> Reason:
        of = _supplier(actor, asked)
        rows = [
            Row(
                _words(each.line.order.number, each.line.item.code, each.due_on, each.days_late),
                Fraction(1),
                row_of(actor, "purchase_lines", each.line.pk),
            )
            for each in deliveries(actor, of)
            if counts(each)
        ]
        return Reason(of.code, rows)

    return told


def _coming(actor: Actor, asked: Asked) -> Reason:
    of = _supplier(actor, asked)
    found = rows_for(actor, PurchaseChase).filter(order__supplier=of).select_related("item", "order")
    rows = [
        Row(
            _words(each.order.number, each.item.code, each.expected_on),
            Fraction(1),
            row_of(actor, "purchase_lines", each.pk),
        )
        for each in sorted(found, key=lambda each: (each.expected_on, each.pk))
    ]
    return Reason(of.code, rows)


def _of_promises(counts: Callable[[Promise], bool]) -> Callable[[Actor, Asked], Reason]:
    def told(actor: Actor, asked: Asked) -> Reason:
        of = _customer(actor, asked)
        rows = [
            Row(
                _words(each.line.order.number, each.line.item.code, each.due_on, each.days_late),
                Fraction(1),
                row_of(actor, "sales_orders", each.line.order_id),
            )
            for each in promises_of(actor, of)
            if counts(each)
        ]
        return Reason(of.code, rows)

    return told


def _waiting(actor: Actor, of: Customer, amount: Callable[[SalesLine], Fraction]) -> Iterable[Row]:
    for line in open_lines(actor, of):
        words = _words(line.order.number, line.item.code, line.promised_on or line.due_on)
        yield Row(words, amount(line), row_of(actor, "sales_orders", line.order_id))


def _open(actor: Actor, asked: Asked) -> Reason:
    of = _customer(actor, asked)
    return Reason(of.code, list(_waiting(actor, of, lambda line: Fraction(1))))


def _value(actor: Actor, asked: Asked) -> Reason:
    of = _customer(actor, asked)
    rows = _waiting(actor, of, lambda line: worth(line) if line.order.currency == of.currency else Fraction(0))
    return Reason(of.code, [row for row in rows if row.amount], currency=of.currency)


def _may_buy(actor: Actor) -> bool:
    return actor.may(READ_PURCHASES)


def _may_sell(actor: Actor) -> bool:
    return actor.may(READ_SALES) and actor.sees(FieldGroup.CUSTOMER_IDENTITY)


for _name, _title, _formula, _told in (
    (
        "supplier.on_time",
        Sentence("按期到货", "Came on time"),
        Sentence("在第一次答复的日期以前到齐的行，每行算一。", "Lines that came whole by the day first promised."),
        _of_deliveries(lambda each: each.is_on_time),
    ),
    (
        "supplier.late",
        Sentence("已经晚了", "Overdue"),
        Sentence("过了第一次答复的日期还没到齐的行。", "Lines that are past the day first promised."),
        _of_deliveries(lambda each: each.came_on is None),
    ),
    (
        "supplier.coming",
        Sentence("还没到的行", "Lines to come"),
        Sentence(
            "已经批准、还有货没到或没检的行。", "Approved lines of which something is to come or to be inspected."
        ),
        _coming,
    ),
):
    why(_name, _title, _formula, _may_buy)(_told)
for _name, _title, _formula, _told in (
    (
        "customer.kept",
        Sentence("按期交货", "Went on time"),
        Sentence("在承诺日期以前发齐的行，每行算一。", "Lines that went whole by the day promised."),
        _of_promises(lambda each: each.is_kept),
    ),
    (
        "customer.late",
        Sentence("已经晚了", "Overdue"),
        Sentence("过了承诺日期还没发齐的行。", "Lines that are past the day promised."),
        _of_promises(lambda each: each.went_on is None),
    ),
    (
        "customer.open",
        Sentence("还没发完的行", "Lines to go"),
        Sentence("已确认、还没发齐的行。", "Confirmed lines that have not gone whole."),
        _open,
    ),
):
    why(_name, _title, _formula, _may_sell)(_told)
why(
    "customer.value",
    Sentence("还没发的货值", "Worth of what is to go"),
    Sentence(
        "还没发的数量乘单价；没有单价的不算。",
        "What is still to go, times its price; lines without a price are not in it.",
    ),
    lambda actor: _may_sell(actor) and actor.sees(FieldGroup.SALES_PRICE),
)(_value)
