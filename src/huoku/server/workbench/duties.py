"""What those who plan, buy and sell must do now: shortages, late orders, what is to be ordered or asked after."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from django.urls import reverse
from django.utils.http import urlencode

from huoku.language import Sentence
from huoku.report.numbers import money
from huoku.server.look.speaking import language, named
from huoku.server.office.duties import Duty
from huoku.server.planning.promises import open_lines
from huoku.server.planning.purchase_views import due
from huoku.server.planning.rights import DECIDE, PLAN
from huoku.server.planning.sequence import last_run
from huoku.server.platform.actor import Actor
from huoku.server.platform.exact import minor_digits
from huoku.server.platform.kept import rows_for
from huoku.server.platform.roles import FieldGroup
from huoku.server.purchasing.models import PurchaseChase
from huoku.server.purchasing.rights import ORDER
from huoku.server.sales.rights import SELL
from huoku.server.shortages.models import ShortageCase
from huoku.server.shortages.rights import ACT
from huoku.server.shortages.states import OPEN

HOURS = 24
FIRST = 20
"""So many of a kind at most; the rest is on the page of its own."""

SHORT = Sentence("{number}：工单 {order} 缺 {item}", "{number}: work order {order} lacks {item}")
COSTS = Sentence("每拖一天 {amount}，{day} 要用", "{amount} for each day; needed {day}")
NEEDED = Sentence("{day} 要用", "needed {day}")
FIND = Sentence("选办法", "Choose a way out")
LATE = Sentence("订单 {demand} 要晚 {n} 天", "Order {demand} will be {n} days late")
NEVER = Sentence("订单 {demand} 在计划期内交不了", "Order {demand} cannot be met within the plan")
PROMISED = Sentence("客户要 {day}", "the customer wants it {day}")
UNBLOCK = Sentence("看卡在哪里", "See what blocks it")
BUY = Sentence("向 {supplier} 下单 {n} 笔，{amount}", "{n} purchases from {supplier}, {amount}")
BUY_LATE = Sentence("最早一笔 {day} 就该下", "the first was to be ordered {day}")
BUY_TODAY = Sentence("今天要下单", "to be ordered today")
TO_BUY = Sentence("去下单", "Order")
CHASE = Sentence("{order} 还有 {n} 行过期未到", "{order}: {n} lines are overdue")
CHASE_LATE = Sentence("最久的已过期 {n} 天", "the oldest by {n} days")
TO_CHASE = Sentence("去催货", "Chase it")


def shortages(actor: Actor, today: date) -> Iterator[Duty]:
    """Open cases, with what a day of them costs for those who may know."""
    lang, minor = language(), 10 ** minor_digits(actor.company.currency)
    if not actor.may(ACT):
        return
    rows = rows_for(actor, ShortageCase).filter(state__in=OPEN).select_related("item", "order")
    for row in rows.order_by("-late_per_day_minor", "need_on")[:FIRST]:
        a_day = row.late_per_day_minor / minor if actor.sees(FieldGroup.COST) else 0.0
        words = SHORT.say(lang, number=row.number, order=row.order.number, item=f"{row.item} {named(row.item, lang)}")
        told = COSTS if a_day else NEEDED
        reason = told.say(lang, amount=money(a_day, actor.company.currency), day=f"{row.need_on:%m-%d}")
        late = max(0, (today - row.need_on).days)
        address = reverse("office_row", args=("shortages", row.pk))
        about = (row._meta.label_lower, row.pk)
        yield Duty(words, reason, FIND, address, "R" if late else "O", a_day / HOURS, late, row.need_on, about)


def late_orders(actor: Actor, today: date) -> Iterator[Duty]:
    """Lines that the last plan sees late, the latest first; for whoever plans, and whoever told the customer."""
    lang = language()
    run = last_run(actor) if actor.may(PLAN) or actor.may(SELL) else None
    found = [each for each in open_lines(actor, run) if each.told.level != "G"] if run else []
    for each in sorted(found, key=lambda each: (each.told.date is not None, -each.told.late_days))[:FIRST]:
        told = each.told
        words = (LATE if told.date else NEVER).say(lang, demand=told.demand, n=told.late_days)
        reason = PROMISED.say(lang, day=f"{each.due_on:%m-%d}")
        address = reverse("desk_pegging_of", args=(each.line_id,))
        yield Duty(words, reason, UNBLOCK, address, told.level, 0.0, told.late_days, each.due_on)  # type: ignore[arg-type]


def to_order(actor: Actor, today: date) -> Iterator[Duty]:
    """Purchases whose day has come, supplier by supplier, the longest due first."""
    lang, currency = language(), actor.company.currency
    if not actor.may(DECIDE):
        return
    for each in due(actor, today, FIRST):
        late, called = (today - each.first).days, named(each.supplier, lang) or str(each.supplier)
        words = BUY.say(lang, supplier=called, n=each.rows, amount=money(each.amount, currency))
        reason = (BUY_LATE if late else BUY_TODAY).say(lang, day=f"{each.first:%m-%d}")
        yield Duty(words, reason, TO_BUY, reverse("desk_buying"), "O" if late else "Y", 0.0, late, each.first)


def to_chase(actor: Actor, today: date) -> Iterator[Duty]:
    """Orders with lines whose day has passed, the oldest first."""
    lang = language()
    if not actor.may(ORDER):
        return
    rows = rows_for(actor, PurchaseChase).filter(due_on__lt=today, open_steps__gt=0).select_related("order")  # type: ignore[misc]
    for order, group in groupby(rows.order_by("order_id"), key=lambda row: row.order):
        lines = list(group)
        days = [row.due_on for row in lines]  # type: ignore[attr-defined]
        late = (today - min(days)).days
        address = (
            f"{reverse('office_list', args=('purchase_chases',))}?{urlencode({'filter[order][eq]': order.number})}"
        )
        words, reason = CHASE.say(lang, order=order.number, n=len(lines)), CHASE_LATE.say(lang, n=late)
        yield Duty(words, reason, TO_CHASE, address, "O", 0.0, late, min(days))
