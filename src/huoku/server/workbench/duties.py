"""What those who plan, buy and sell must do now: shortages, late orders, what is to be ordered or asked after."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from django.urls import reverse

from huoku.language import Sentence, kept
from huoku.report.numbers import money
from huoku.server.look.speaking import language, named
from huoku.server.office.duties import Duty, Stake, concerns
from huoku.server.office.opening import list_address
from huoku.server.planning.promises import Promise
from huoku.server.planning.purchase_views import due, of_week
from huoku.server.planning.rights import DECIDE
from huoku.server.planning.rights import READ as READ_PLANS
from huoku.server.platform.actor import Actor
from huoku.server.platform.exact import minor_digits
from huoku.server.platform.kept import rows_for
from huoku.server.platform.roles import FieldGroup, Role, right
from huoku.server.purchasing.models import PurchaseChase
from huoku.server.purchasing.rights import ORDER
from huoku.server.purchasing.rights import READ as READ_PURCHASES
from huoku.server.shortages.models import Hit, ShortageCase
from huoku.server.shortages.rights import ACT
from huoku.server.shortages.rights import READ as READ_SHORTAGES
from huoku.server.shortages.states import OPEN
from huoku.server.workbench.at_risk import AtRisk, at_risk

HOURS = 24
FIRST = 20
"""So many of a kind at most; the rest is on the page of its own."""
OF_SHORTAGES = right(ACT).roles - {Role.OWNER}
OF_PURCHASES = right(DECIDE).roles - {Role.OWNER}
OF_CHASES = right(ORDER).roles - {Role.OWNER}
OF_ORDERS = frozenset({Role.SALES, Role.PLANNER, Role.BUYER, Role.PRODUCTION_LEAD, Role.OWNER})
"""Those whose work a late order is: who told the customer, and who can bring it forward."""

SHORT = Sentence("{number}：工单 {order} 缺 {item}", "{number}: work order {order} lacks {item}")
COSTS = Sentence("每拖一天 {amount}，{day} 要用", "{amount} for each day; needed {day}")
NEEDED = Sentence("{day} 要用", "needed {day}")
FIND = Sentence("选办法", "Choose a way out")
LATE = Sentence("订单 {demand} 要晚 {n} 天", "Order {demand} will be {n} {n|day|days} late")
NEVER = Sentence("订单 {demand} 在计划期内交不了", "Order {demand} cannot be met within the plan")
PROMISED = Sentence("客户要 {day}", "the customer wants it {day}")
PROMISED_LINES = Sentence("{n} 行，客户最早要 {day}", "{n} {n|line|lines}, the customer wants the first {day}")
FURTHER = Sentence("另有 {n} 张订单按不了期", "{n} further {n|order is|orders are} in trouble")
UNBLOCK = Sentence("看卡在哪里", "See what blocks it")
BUY = Sentence("向 {supplier} 下单 {n} 笔，{amount}", "{n} {n|purchase|purchases} from {supplier}, {amount}")
BUY_LATE = Sentence("最早一笔 {day} 就该下", "the first was to be ordered {day}")
BUY_TODAY = Sentence("今天要下单", "to be ordered today")
TO_BUY = Sentence("去下单", "Order")
CHASE = Sentence("{order} 还有 {n} 行过期未到", "{order}: {n} {n|line is|lines are} overdue")
CHASE_LATE = Sentence("最久的已过期 {n} 天", "the oldest by {n} {n|day|days}")
TO_CHASE = Sentence("去催货", "Chase it")
WAITING = Sentence("{name} 在等", "{name} waits")


def shortages(actor: Actor, today: date) -> Iterator[Duty]:
    """Open cases, with what a day of them costs and the customers' orders that they hold up, for those who may know."""
    if not concerns(actor, READ_SHORTAGES, OF_SHORTAGES):
        return
    rows = rows_for(actor, ShortageCase).filter(state__in=OPEN).select_related("item", "order")
    cases = list(rows.order_by("-late_per_day_minor", "need_on")[:FIRST])
    hit = _hit(actor, cases)
    yield from (_short(actor, case, hit.get(case.pk, ()), today) for case in cases)


def _hit(actor: Actor, cases: Sequence[ShortageCase]) -> Mapping[int, Sequence[Stake]]:
    """By case, the customers' lines that wait for it: their worth and what a late day of them costs."""
    minor, found = 10 ** minor_digits(actor.company.currency), defaultdict(list)
    sees_price, sees_cost = actor.sees(FieldGroup.SALES_PRICE), actor.sees(FieldGroup.REMEDY)
    hits = Hit.objects.of(actor.company).filter(case__in=cases, kind=Hit.Kind.SALES_LINE) if cases else ()
    for each in hits:
        worth = each.value_minor / minor if sees_price and each.value_minor else None
        a_day = each.late_per_day_minor / minor if sees_cost and each.late_per_day_minor else None
        found[each.case_id].append(Stake(each.document, worth, a_day))
    return found


def _short(actor: Actor, case: ShortageCase, hit: Sequence[Stake], today: date) -> Duty:
    lang, minor = language(), 10 ** minor_digits(actor.company.currency)
    a_day = case.late_per_day_minor / minor if actor.sees(FieldGroup.REMEDY) else 0.0
    late = max(0, (today - case.need_on).days)
    told = COSTS if a_day else NEEDED
    return Duty(
        SHORT.say(lang, number=case.number, order=case.order.number, item=f"{case.item} {named(case.item, lang)}"),
        told.say(lang, amount=money(a_day, actor.company.currency), day=f"{case.need_on:%m-%d}"),
        FIND,
        reverse("desk_shortage", args=(case.pk,)),
        "R" if late else "O",
        a_day / HOURS if a_day else None,
        late,
        case.need_on,
        (case._meta.label_lower, case.pk),
        stakes=tuple(hit),
        who=WAITING.say(lang, name=case.order.number),
        whose=OF_SHORTAGES,
        key=f"shortage:{case.pk}",
        whole=reverse("office_list", args=("shortages",)),
    )


def late_orders(actor: Actor, today: date) -> Iterator[Duty]:
    """Orders that the last plan sees late, or never, each once with the worst of its lines; the dearest first."""
    if not concerns(actor, READ_PLANS, OF_ORDERS):
        return
    found, there = at_risk(actor), reverse("desk_pegging")
    yield from (_late(actor, lines, found) for lines in found.orders)
    if n := found.count - len(found.orders):
        words = FURTHER.say(language(), n=n)
        yield Duty(words, "", UNBLOCK, there, "O", whose=OF_ORDERS, kind="promise", stands_for=n, whole=there)


def _late(actor: Actor, lines: Sequence[Promise], of: AtRisk) -> Duty:
    lang, told, order = language(), lines[0].told, lines[0].line.order
    wanted = min(each.line.due_on for each in lines)
    sees_price = actor.sees(FieldGroup.SALES_PRICE)
    known = [(each.line.demand, stake) for each in lines if (stake := of.stake(each.line.pk))]
    sees_loss = actor.sees(FieldGroup.COST) or sees_price
    lost = sum(stake.per_day for _, stake in known) if sees_loss else 0.0
    reason = (PROMISED if len(lines) == 1 else PROMISED_LINES).say(lang, n=len(lines), day=f"{wanted:%m-%d}")
    called = named(order.customer, lang) if actor.sees(FieldGroup.CUSTOMER_IDENTITY) else ""
    why = kept(told.reason, told.reason, lang)
    return Duty(
        (LATE if told.date else NEVER).say(lang, demand=order.number, n=told.late_days),
        " · ".join(part for part in (reason, why) if part),
        UNBLOCK,
        reverse("desk_pegging_of", args=(lines[0].line.pk,)),
        "R" if told.level == "R" else "O",
        lost / HOURS or None,
        told.late_days,
        wanted,
        (order._meta.label_lower, order.pk),
        stakes=tuple(
            Stake(demand, stake.value if sees_price else None, stake.per_day if sees_loss else None)
            for demand, stake in known
        ),
        why=("order.stake", "order.late_a_day", order.pk),
        who=WAITING.say(lang, name=called) if called else "",
        whose=OF_ORDERS,
        kind="promise",
        key=f"late:{order.pk}",
        takes_in=True,
        whole=reverse("desk_pegging"),
    )


def to_order(actor: Actor, today: date) -> Iterator[Duty]:
    """Purchases whose day has come, supplier by supplier, the longest due first."""
    lang, currency = language(), actor.company.currency
    if not concerns(actor, DECIDE, OF_PURCHASES):
        return
    for each in due(of_week(actor, today), FIRST):
        late, called = (today - each.first).days, named(each.supplier, lang) or str(each.supplier)
        yield Duty(
            BUY.say(lang, supplier=called, n=each.rows, amount=money(each.amount, currency)),
            (BUY_LATE if late else BUY_TODAY).say(lang, day=f"{each.first:%m-%d}"),
            TO_BUY,
            reverse("desk_buying"),
            "O" if late else "Y",
            late_days=late,
            due_on=each.first,
            stakes=(Stake(f"supplier:{each.supplier.pk}", each.amount),) if each.amount else (),
            who=called,
            whose=OF_PURCHASES,
            key=f"order:{each.supplier.pk}",
            whole=reverse("desk_buying"),
        )


def to_chase(actor: Actor, today: date) -> Iterator[Duty]:
    """Orders with lines whose day has passed, the oldest first."""
    lang = language()
    if not concerns(actor, READ_PURCHASES, OF_CHASES):
        return
    rows = rows_for(actor, PurchaseChase).filter(due_on__lt=today, open_steps__gt=0)  # type: ignore[misc]
    rows = rows.select_related("order__supplier").order_by("order_id")
    for order, group in groupby(rows, key=lambda row: row.order):
        days = [row.due_on for row in group]  # type: ignore[attr-defined]
        late = (today - min(days)).days
        yield Duty(
            CHASE.say(lang, order=order.number, n=len(days)),
            CHASE_LATE.say(lang, n=late),
            TO_CHASE,
            list_address("purchase_chases", order=order.number),
            "O",
            late_days=late,
            due_on=min(days),
            who=named(order.supplier, lang),
            whose=OF_CHASES,
            key=f"chase:{order.pk}",
            whole=reverse("office_list", args=("purchase_chases",)),
        )
