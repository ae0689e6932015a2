"""How a supplier stands, and what is mostly done next: what is late before what waits, and that before what is new."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse

from huoku.language import Sentence
from huoku.report.numbers import money
from huoku.server.look.speaking import language
from huoku.server.office.opening import address_of
from huoku.server.partners.models import Supplier
from huoku.server.partners.rights import EDIT_SUPPLIERS
from huoku.server.planning.rights import DECIDE
from huoku.server.platform.actor import Actor
from huoku.server.platform.roles import FieldGroup
from huoku.server.purchasing.rights import ORDER
from huoku.server.workbench.card.state import ENDED, NEW, WELL, Action, Badge
from huoku.server.workbench.partner.standing import listed
from huoku.server.workbench.partner.supplier_facts import Coming, Papers, ToBuy

LATE = Sentence("{n} 行过期没到", "{n} overdue")
NO_TERMS = Sentence("还没有供货条件", "no terms yet")
TO_ORDER = Sentence("本周该下单 {n} 笔", "{n} to order this week")
TO_SEND = Sentence("{n} 张待发出", "{n} to send")
UNCONFIRMED = Sentence("{n} 张没确认", "{n} not confirmed")
DO_CHASE = Sentence("催过期的 {n} 行", "Chase what is overdue ({n})")
DO_APPROVE = Sentence("审批 {n} 张草稿", "Approve drafts ({n})")
DO_APPROVE_ONE = Sentence("审批 {number}", "Approve {number}")
DO_SEND = Sentence("发出 {n} 张采购单", "Send orders ({n})")
DO_SEND_ONE = Sentence("发出 {number}", "Send {number}")
DO_BUY = Sentence("本周下单 {n} 笔", "Order {n} this week")
DO_BUY_FOR = Sentence("本周下单 {n} 笔，{amount}", "Order {n} this week, {amount}")
DO_ASK = Sentence("请他确认 {n} 张", "Ask to confirm ({n})")
DO_ASK_ONE = Sentence("请他确认 {number}", "Ask to confirm {number}")
DO_SOURCE = Sentence("加一种物料", "Add an item")
DO_ORDER = Sentence("下采购单", "New order")


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page knows of a supplier already; ``None`` where the actor may not read it."""

    supplier: Supplier
    terms: int
    coming: Sequence[Coming] = ()
    waiting: Mapping[str, Papers] = field(default_factory=dict)
    to_buy: ToBuy | None = None
    has_delivered: bool = False

    @property
    def late(self) -> Sequence[Coming]:
        return [each for each in self.coming if each.late_days]


def badge_of(seen: Seen) -> Badge:
    lang, waiting = language(), seen.waiting
    if not seen.supplier.is_active:
        return Badge("N", ENDED.say(lang))
    if seen.late:
        return Badge("O", LATE.say(lang, n=len(seen.late)))
    if not seen.terms:
        return Badge("Y", NO_TERMS.say(lang))
    if seen.to_buy and seen.to_buy.due:
        return Badge("Y", TO_ORDER.say(lang, n=seen.to_buy.due))
    for state, words in (("approved", TO_SEND), ("sent", UNCONFIRMED)):
        if state in waiting:
            return Badge("Y", words.say(lang, n=waiting[state].count))
    return Badge("G", WELL.say(lang)) if seen.coming or seen.has_delivered else Badge("N", NEW.say(lang))


def actions_of(actor: Actor, seen: Seen) -> Iterator[Action]:
    """All that this actor may do now, the most pressing first."""
    lang, supplier = language(), seen.supplier
    if seen.late and actor.may(ORDER):
        there = listed("purchase_chases", supplier=supplier.code, sort="due_on")
        yield Action(DO_CHASE.say(lang, n=len(seen.late)), there)
    yield from _papers(actor, seen)
    if supplier.is_active and seen.to_buy and seen.to_buy.due and actor.may(DECIDE):
        words = DO_BUY_FOR if actor.sees(FieldGroup.COST) else DO_BUY
        amount = money(seen.to_buy.due_amount, actor.company.currency)
        yield Action(
            words.say(lang, n=seen.to_buy.due, amount=amount),
            f"{reverse('desk_buying')}?view=week&open={seen.to_buy.first}",
        )
    if supplier.is_active:
        yield from _set_up(actor, seen)


def _papers(actor: Actor, seen: Seen) -> Iterator[Action]:
    """Orders that wait for a step of ours; one opens itself, several their list."""
    if not actor.may(ORDER):
        return
    for state, one, many in (
        ("draft", DO_APPROVE_ONE, DO_APPROVE),
        ("approved", DO_SEND_ONE, DO_SEND),
        ("sent", DO_ASK_ONE, DO_ASK),
    ):
        papers = seen.waiting.get(state)
        if papers and papers.count == 1:
            yield Action(one.say(language(), number=papers.number), address_of("purchase_orders", papers.id))
        elif papers:
            there = listed("purchase_orders", supplier=seen.supplier.code, state__in=state)
            yield Action(many.say(language(), n=papers.count), there)


def _set_up(actor: Actor, seen: Seen) -> Iterator[Action]:
    """Without terms no plan can buy here; with them an order can be written at any time."""
    code = seen.supplier.code
    if not seen.terms and actor.may(EDIT_SUPPLIERS):
        asked = urlencode({"supplier": code, "next": reverse("desk_supplier", args=(seen.supplier.pk,))})
        yield Action(DO_SOURCE.say(language()), f"{reverse('office_add', args=('sources',))}?{asked}")
    if actor.may(ORDER):
        there = f"{reverse('office_add', args=('purchase_orders',))}?{urlencode({'supplier': code})}"
        yield Action(DO_ORDER.say(language()), there)
