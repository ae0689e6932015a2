"""The figures of a supplier and of a customer: lines of orders, each of which counts as one or by what it is worth."""

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction

from django.db.models import F
from django.http import Http404
from django.urls import reverse

from huoku.language import Sentence
from huoku.report.numbers import qty
from huoku.server.ledger.rights import READ as READ_STOCK
from huoku.server.look.speaking import language
from huoku.server.office.reasons import Asked, Reason, Row, why
from huoku.server.partners.models import Customer, Supplier
from huoku.server.planning.purchase_sums import measured
from huoku.server.planning.rights import READ as READ_PLANS
from huoku.server.planning.sequence import last_run
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.platform.exact import minor_digits
from huoku.server.platform.kept import rows_for
from huoku.server.platform.roles import FieldGroup
from huoku.server.purchasing.models import PurchaseChase, PurchaseLine
from huoku.server.purchasing.punctual import Delivery, deliveries
from huoku.server.purchasing.rights import READ as READ_PURCHASES
from huoku.server.sales.models import SalesLine
from huoku.server.sales.queries.kept import Promise, open_lines, promises_of, worth
from huoku.server.sales.rights import READ as READ_SALES
from huoku.server.workbench.partner.customer_facts import dead_of_customer, kept_for
from huoku.server.workbench.partner.supplier_facts import coming_of, excess_of, refused_of
from huoku.server.workbench.reasons.lists import row_of

ON_ITS_DAY = Sentence("{number} · {item} · {day}", "{number} · {item} · {day}")
REFUSED = Sentence("{number} · {item}：收 {came}，拒 {bad}", "{number} · {item}: {came} came, {bad} refused")
BEYOND = Sentence("{item} 多 {qty} {unit}", "{item}: {qty} {unit} beyond the need")
HELD = Sentence("{item} {qty} {unit} · {number}", "{item} {qty} {unit} · {number}")
LATE = Sentence("{number} · {item} · {day}，晚 {late} 天", "{number} · {item} · {day}, {late} {late|day|days} late")


def _words(number: str, item: str, day: object, late: int = 0) -> str:
    return (LATE if late > 0 else ON_ITS_DAY).say(language(), number=number, item=item, day=day, late=late)


def _bought(actor: Actor, line: PurchaseLine, on: date | None, amount: Fraction, late: int = 0) -> Row:
    words = _words(line.order.number, line.item.code, on, late)
    return Row(words, amount, row_of(actor, "purchase_lines", line.pk))


def _sold(actor: Actor, line: SalesLine, on: date | None, amount: Fraction, late: int = 0) -> Row:
    return Row(
        _words(line.order.number, line.item.code, on, late), amount, row_of(actor, "sales_orders", line.order_id)
    )


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
            _bought(actor, each.line, each.due_on, Fraction(1), each.days_late)
            for each in deliveries(actor, of)
            if counts(each)
        ]
        return Reason(of.code, rows)

    return told


def _coming(actor: Actor, asked: Asked) -> Reason:
    of = _supplier(actor, asked)
    found = rows_for(actor, PurchaseChase).filter(order__supplier=of).select_related("item", "order")
    rows = [
        _bought(actor, each, each.expected_on, Fraction(1))
        for each in sorted(found, key=lambda each: (each.expected_on, each.pk))
    ]
    return Reason(of.code, rows)


def _mean_late(actor: Actor, asked: Asked) -> Reason:
    of = _supplier(actor, asked)
    made = deliveries(actor, of)
    rows = [
        _bought(actor, each.line, each.due_on, Fraction(each.days_late, len(made)), each.days_late)
        for each in made
        if each.days_late > 0
    ]
    return Reason(of.code, rows, digits=1)


def _coming_worth(actor: Actor, asked: Asked) -> Reason:
    of = _supplier(actor, asked)
    rows = [
        _bought(actor, each.line, each.due_on, each.worth)
        for each in coming_of(actor, of, business_day(actor.company, page_time()))
        if each.worth and each.line.order.currency == of.currency
    ]
    return Reason(of.code, rows, currency=of.currency)


def _refused(actor: Actor, asked: Asked) -> Reason:
    of = _supplier(actor, asked)
    bad, _ = refused_of(deliveries(actor, of), coming_of(actor, of, business_day(actor.company, page_time())))
    rows = [
        Row(
            REFUSED.say(
                language(),
                number=each.order.number,
                item=each.item.code,
                bad=qty(each.rejected_steps / 10**each.item.decimals),
                came=qty(each.received_steps / 10**each.item.decimals),
            ),
            Fraction(1),
            row_of(actor, "purchase_lines", each.pk),
        )
        for each in sorted(bad, key=lambda each: -each.pk)
    ]
    return Reason(of.code, rows)


def _excess(actor: Actor, asked: Asked) -> Reason:
    of = _supplier(actor, asked)
    rows = [
        Row(
            BEYOND.say(language(), item=each.row.item.code, qty=qty(each.qty), unit=each.row.item.unit),
            each.worth,
            row_of(actor, "proposals", each.row.pk),
        )
        for each in excess_of(actor, of)
    ]
    return Reason(of.code, rows, currency=actor.company.currency)


def _tied(actor: Actor, asked: Asked) -> Reason:
    of, cents = _supplier(actor, asked), 10 ** minor_digits(actor.company.currency)
    rows_left = measured(actor).filter(supplier=of, qty_steps__gt=F("needed_steps")).select_related("item")
    found = sorted(rows_left, key=lambda each: (-each.tied, each.pk))  # type: ignore[attr-defined]
    rows = [
        Row(
            BEYOND.say(
                language(),
                item=each.item.code,
                qty=qty((each.qty_steps - each.needed_steps) / 10**each.item.decimals),
                unit=each.item.unit,
            ),
            Fraction(round(each.tied * cents), cents),  # type: ignore[attr-defined]
            row_of(actor, "proposals", each.pk),
        )
        for each in found
    ]
    return Reason(of.code, rows, currency=actor.company.currency)


def _of_promises(counts: Callable[[Promise], bool]) -> Callable[[Actor, Asked], Reason]:
    def told(actor: Actor, asked: Asked) -> Reason:
        of = _customer(actor, asked)
        rows = [
            _sold(actor, each.line, each.due_on, Fraction(1), each.days_late)
            for each in promises_of(actor, of)
            if counts(each)
        ]
        return Reason(of.code, rows)

    return told


def _waiting(actor: Actor, of: Customer, amount: Callable[[SalesLine], Fraction]) -> Iterable[Row]:
    for line in open_lines(actor, of):
        yield _sold(actor, line, line.promised_on or line.due_on, amount(line))


def _open(actor: Actor, asked: Asked) -> Reason:
    of = _customer(actor, asked)
    return Reason(of.code, list(_waiting(actor, of, lambda line: Fraction(1))))


def _value(actor: Actor, asked: Asked) -> Reason:
    of = _customer(actor, asked)
    rows = _waiting(actor, of, lambda line: worth(line) if line.order.currency == of.currency else Fraction(0))
    return Reason(of.code, [row for row in rows if row.amount], currency=of.currency)


def _mean_kept(actor: Actor, asked: Asked) -> Reason:
    of = _customer(actor, asked)
    made = promises_of(actor, of)
    rows = [
        _sold(actor, each.line, each.due_on, Fraction(each.days_late, len(made)), each.days_late)
        for each in made
        if each.days_late > 0
    ]
    return Reason(of.code, rows, digits=1)


def _held(actor: Actor, asked: Asked) -> Reason:
    of = _customer(actor, asked)
    rows = [
        Row(
            HELD.say(
                language(),
                item=each.row.item.code,
                qty=qty(each.qty),
                unit=each.row.item.unit,
                number=each.line.order.number,
            ),
            each.worth,
            row_of(actor, "reservations", each.row.pk),
        )
        for each in kept_for(actor, open_lines(actor, of), last_run(actor))
        if each.worth
    ]
    return Reason(of.code, rows, currency=actor.company.currency)


def _dead(actor: Actor, asked: Asked) -> Reason:
    of = _customer(actor, asked)
    rows = [
        Row(each.item.code, each.worth, row_of(actor, "items", each.item.pk))
        for each in dead_of_customer(actor, of, last_run(actor))
    ]
    return Reason(of.code, rows, currency=actor.company.currency, whole=reverse("desk_case"))


def _may_buy(actor: Actor) -> bool:
    return actor.may(READ_PURCHASES)


def _may_see_costs(actor: Actor) -> bool:
    return actor.may(READ_PLANS) and actor.sees(FieldGroup.COST)


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
    (
        "supplier.mean_late",
        Sentence("平均晚几天", "Days late on average"),
        Sentence(
            "晚了的每一行：晚的天数除以全部到期的行数；按期的算 0 天。",
            "Of each late line its days, divided by all lines that fell due; those in time count as none.",
        ),
        _mean_late,
    ),
    (
        "supplier.refused",
        Sentence("有不合格的行", "Lines with refused goods"),
        Sentence(
            "收到并看过的行里，拒收过的每行算一。", "Of the lines that came and were looked at, those refused in part."
        ),
        _refused,
    ),
):
    why(_name, _title, _formula, _may_buy)(_told)
why(
    "supplier.coming_worth",
    Sentence("在途金额", "Worth of what is to come"),
    Sentence(
        "还没到的数量乘单价；没有单价的不算。",
        "What is still to come, times its price; lines without a price are not in it.",
    ),
    lambda actor: _may_buy(actor) and actor.sees(FieldGroup.SUPPLIER_TERMS),
)(_coming_worth)
why(
    "supplier.excess",
    Sentence("起订量多买的", "Bought beyond the need"),
    Sentence(
        "采用过的每笔采购建议：决定时谁也不要的数量乘单价。",
        "Of each purchase that was decided what nobody needed then, times its price.",
    ),
    _may_see_costs,
)(_excess)
why(
    "supplier.tied",
    Sentence("建议里会多出的", "Beyond the need in proposals"),
    Sentence(
        "还没定的每笔采购建议：谁也不要的数量乘单价。", "Of each open proposal what nobody needs, times its price."
    ),
    _may_see_costs,
)(_tied)
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
    (
        "customer.mean_late",
        Sentence("平均晚几天", "Days late on average"),
        Sentence(
            "晚了的每一行：晚的天数除以全部到期的行数；按期的算 0 天。",
            "Of each late line its days, divided by all lines that fell due; those in time count as none.",
        ),
        _mean_kept,
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
why(
    "customer.held",
    Sentence("专给他留的库存", "Stock kept for it alone"),
    Sentence(
        "为他没发完的订单预留的库存，按上次计划给物料的成本。",
        "Stock reserved for its open orders, at what the last plan values the items.",
    ),
    lambda actor: _may_sell(actor) and actor.may(READ_STOCK) and actor.may(READ_PLANS) and actor.sees(FieldGroup.COST),
)(_held)
why(
    "customer.dead",
    Sentence("他的订单剩下的呆滞", "Dead stock of its own products"),
    Sentence(
        "只有他订过的物料，上次计划时库存里一年内用不上的部分，按成本。",
        "Of items that nobody else ever ordered, what of the stock was dead at the last plan, at cost.",
    ),
    lambda actor: _may_sell(actor) and actor.may(READ_PLANS) and actor.sees(FieldGroup.COST),
)(_dead)
