"""The figures of a shortage: what it lacks, what a day of it costs, what a way out of it costs."""

from fractions import Fraction

from django.http import Http404

from huoku.language import Sentence
from huoku.server.look.speaking import language
from huoku.server.office.reasons import Asked, Reason, Row, why
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, page_time
from huoku.server.platform.exact import minor_digits
from huoku.server.platform.kept import rows_for
from huoku.server.platform.roles import FieldGroup
from huoku.server.shortages.called import WAYS
from huoku.server.shortages.gap import gap_of
from huoku.server.shortages.models import Hit, ShortageCase, Way
from huoku.server.shortages.rights import READ

WANTED = Sentence("{order} 还要领", "{order} still takes")
KEPT = Sentence("这里已经留给它的", "kept for it here")
COMES = Sentence("按时到、留给它的", "on its way for it, in time")
LINE = Sentence("{number}，晚一天", "{number}, a day late")
SPENT = Sentence("比计划多花", "spent beyond the plan")
LATE = Sentence("迟交的损失", "lost by lateness")


def may_read(actor: Actor) -> bool:
    return actor.may(READ)


def sees_costs(actor: Actor) -> bool:
    return actor.may(READ) and actor.sees(FieldGroup.REMEDY)


def sees_money(actor: Actor) -> bool:
    """The worth of a customer's line is told by what a late day of it costs."""
    return sees_costs(actor) and actor.sees(FieldGroup.SALES_PRICE)


def _case(actor: Actor, asked: Asked) -> ShortageCase:
    """Raises Http404."""
    found = rows_for(actor, ShortageCase).filter(pk=asked.id).select_related("order", "item", "company").first()
    if found is None:
        raise Http404
    return found


@why(
    "shortage.missing",
    Sentence("还缺", "Missing"),
    Sentence(
        "工单还要领的，减去这里已经留给它的和按时到的。",
        "What the order still takes, less what is kept for it here and what is on its way for it in time.",
    ),
    may_read,
)
def missing(actor: Actor, asked: Asked) -> Reason:
    case, lang = _case(actor, asked), language()
    gap = gap_of(case, business_day(actor.company, page_time()))
    size = 10**case.item.decimals
    rows = [Row(WANTED.say(lang, order=case.order.number), Fraction(gap.wanted, size))]
    rows += [
        Row(words.say(lang), -Fraction(steps, size))
        for words, steps in ((KEPT, gap.kept), (COMES, gap.in_time))
        if steps
    ]
    return Reason(f"{case.number} {case.item.code}", rows, digits=case.item.decimals, unit=case.item.unit)


@why(
    "shortage.per_day",
    Sentence("拖一天的损失", "What a day costs"),
    Sentence(
        "等着它的每个客户订单晚一天的损失，缓冲用完以后。",
        "What a late day of each customer's order that waits for it costs, once it has no slack left.",
    ),
    sees_money,
)
def per_day(actor: Actor, asked: Asked) -> Reason:
    case, lang, minor = _case(actor, asked), language(), 10 ** minor_digits(actor.company.currency)
    hits = Hit.objects.of(actor.company).filter(case=case, late_per_day_minor__gt=0).order_by("level", "pk")
    rows = [Row(LINE.say(lang, number=hit.number), Fraction(hit.late_per_day_minor, minor)) for hit in hits]
    return Reason(case.number, rows, currency=actor.company.currency)


@why(
    "shortage.way_cost",
    Sentence("这个办法的花费", "What this way costs"),
    Sentence(
        "比计划多花的钱，加上迟交的损失；被占用的单子的损失也在内。",
        "What is spent beyond the plan and what lateness costs, also of whom it is taken from.",
    ),
    sees_costs,
)
def way_cost(actor: Actor, asked: Asked) -> Reason:
    way = rows_for(actor, Way).filter(pk=asked.id).first()
    if way is None or way.cost_minor is None:
        raise Http404
    lang, minor = language(), 10 ** minor_digits(actor.company.currency)
    rows = [
        Row(SPENT.say(lang), Fraction(way.spend_minor or 0, minor)),
        Row(LATE.say(lang), Fraction(way.late_minor or 0, minor)),
    ]
    return Reason(WAYS[way.kind].say(lang), rows, currency=actor.company.currency)
