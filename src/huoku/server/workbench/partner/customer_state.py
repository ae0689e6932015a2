"""How a customer stands with us, and what is mostly done next: what is in danger before what waits for an answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from huoku.language import Sentence
from huoku.server.look.speaking import language
from huoku.server.office.opening import address_of
from huoku.server.planning.rights import READ as READ_PLANS
from huoku.server.platform.actor import Actor
from huoku.server.sales.commands.orders import enter_order
from huoku.server.sales.rights import SELL
from huoku.server.workbench.card.state import ENDED, NEW, WELL, Action, Badge
from huoku.server.workbench.partner.customer_facts import ASKED, Waiting
from huoku.server.workbench.partner.standing import listed

NEVER = Sentence("{n} 行交不了", "{n} cannot be met")
OVERDUE = Sentence("{n} 行已经晚了", "{n} overdue")
LATE = Sentence("{n} 行会晚", "{n} will be late")
ASKS = Sentence("{n} 张在等答复", "{n} to answer")
DO_UNBLOCK = Sentence("看 {number} 卡在哪里", "See what blocks {number}")
DO_SHIP = Sentence("看 {number} 为什么没发", "See why {number} has not gone")
DO_ANSWER_ONE = Sentence("答复 {number}", "Answer {number}")
DO_ANSWER = Sentence("答复 {n} 张询价", "Answer {n} {n|inquiry|inquiries}")
DO_ORDER = Sentence("新订单", "New order")


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page knows of a customer already; ``customer`` was asked for ``with_inquiries``."""

    customer: Any
    waiting: Sequence[Waiting] = ()
    has_had: bool = False
    """Something was delivered once."""

    @property
    def worst(self) -> Waiting | None:
        return self.waiting[0] if self.waiting and self.waiting[0].level in "RO" else None


def badge_of(seen: Seen) -> Badge:
    lang, waiting = language(), seen.waiting
    if not seen.customer.is_active:
        return Badge("N", ENDED.say(lang))
    if never := sum(each.level == "R" for each in waiting):
        return Badge("R", NEVER.say(lang, n=never))
    if overdue := sum(each.is_overdue for each in waiting):
        return Badge("O", OVERDUE.say(lang, n=overdue))
    if late := sum(each.level == "O" for each in waiting):
        return Badge("O", LATE.say(lang, n=late))
    if seen.customer.inquiries:
        return Badge("Y", ASKS.say(lang, n=seen.customer.inquiries))
    return Badge("G", WELL.say(lang)) if waiting or seen.has_had else Badge("N", NEW.say(lang))


def actions_of(actor: Actor, seen: Seen) -> Iterator[Action]:
    """All that this actor may do now, the most pressing first."""
    lang, customer = language(), seen.customer
    if seen.worst:
        number = seen.worst.line.order.number
        if seen.worst.told and actor.may(READ_PLANS):
            yield Action(DO_UNBLOCK.say(lang, number=number), reverse("desk_pegging_of", args=(seen.worst.line.pk,)))
        else:
            yield Action(DO_SHIP.say(lang, number=number), address_of("sales_orders", seen.worst.line.order_id))
    if customer.inquiries and actor.may(SELL):
        if customer.inquiries == 1:
            words = DO_ANSWER_ONE.say(lang, number=customer.inquiry_number)
            yield Action(words, address_of("sales_orders", customer.inquiry_id))
        else:
            there = listed("sales_orders", customer=customer.code, state__in=",".join(ASKED))
            yield Action(DO_ANSWER.say(lang, n=customer.inquiries), there)
    if customer.is_active and actor.may(enter_order.right):
        there = f"{reverse('office_add', args=('sales_orders',))}?{urlencode({'customer': customer.code})}"
        yield Action(DO_ORDER.say(lang), there)
