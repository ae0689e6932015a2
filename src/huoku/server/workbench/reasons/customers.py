"""The figures of a customer: order lines, each as one or by what it is worth, and stock kept or left for it alone."""

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction

from django.http import Http404
from django.urls import reverse

from huoku.language import Sentence
from huoku.report.numbers import qty
from huoku.server.ledger.rights import READ as READ_STOCK
from huoku.server.look.speaking import language
from huoku.server.office.reasons import Asked, Reason, Row, why
from huoku.server.partners.models import Customer
from huoku.server.planning.rights import READ as READ_PLANS
from huoku.server.planning.sequence import last_run
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.platform.roles import FieldGroup
from huoku.server.sales.models import SalesLine
from huoku.server.sales.queries.kept import Promise, open_lines, promises_of, worth
from huoku.server.sales.rights import READ as READ_SALES
from huoku.server.workbench.partner.customer_facts import dead_of_customer, kept_for
from huoku.server.workbench.reasons.lists import row_of, words_of_day

HELD = Sentence("{item} {qty} {unit} · {number}", "{item} {qty} {unit} · {number}")


def _customer(actor: Actor, asked: Asked) -> Customer:
    found = rows_for(actor, Customer).filter(pk=asked.id).first()
    if found is None:
        raise Http404
    return found


def _sold(actor: Actor, line: SalesLine, on: date | None, amount: Fraction, late: int = 0) -> Row:
    return Row(
        words_of_day(line.order.number, line.item.code, on, late), amount, row_of(actor, "sales_orders", line.order_id)
    )


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


def _may_sell(actor: Actor) -> bool:
    return actor.may(READ_SALES) and actor.sees(FieldGroup.CUSTOMER_IDENTITY)


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
