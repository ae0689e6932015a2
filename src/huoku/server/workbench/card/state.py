"""How an item stands in a word, and what is mostly done about it next: what is short before what is doubtful, what is
late before what is to be ordered, and what is to be set up before anything else can be said."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.urls import reverse
from django.utils.http import urlencode

from huoku.language import Sentence
from huoku.report.numbers import qty
from huoku.server.items.models import Item
from huoku.server.items.rights import EDIT
from huoku.server.ledger.rights import APPROVE_COUNT
from huoku.server.look.speaking import language
from huoku.server.office.opening import address_of
from huoku.server.partners.rights import EDIT_SUPPLIERS
from huoku.server.planning.rights import DECIDE
from huoku.server.planning.rights import READ as READ_PLANS
from huoku.server.platform.actor import Actor
from huoku.server.platform.roles import FieldGroup
from huoku.server.purchasing.rights import ORDER
from huoku.server.shortages.rights import ACT
from huoku.server.workbench.card.advice import Proposed
from huoku.server.workbench.card.stock import Counted, Stock

Level = Literal["R", "O", "Y", "G", "N"]
SHORT = Sentence("缺 {n}", "short {n}")
DOUBTFUL = Sentence("盘点差异待批", "count to approve")
OWES = Sentence("有欠账", "owes stock")
LATE = Sentence("到货过期 {n} 天", "arrival {n} {n|day|days} overdue")
TO_ORDER = Sentence("该下单了", "to be ordered")
TO_MAKE = Sentence("该开工了", "to be started")
LOW = Sentence("低于安全库存", "below safety stock")
ENDED = Sentence("停用", "not in use")
ENDING = Sentence("淘汰中", "being phased out")
NEW = Sentence("还没有往来", "nothing has happened yet")
NEVER_KEPT = Sentence("虚拟件，不入库", "phantom, never stocked")
WELL = Sentence("正常", "well")
DO_CASE = Sentence("处理缺料 {number}", "Solve shortage {number}")
DO_APPROVE = Sentence("批准盘点差异", "Approve the count")
DO_CHASE = Sentence("催货 {number}", "Chase {number}")
DO_BUY = Sentence("现在下单 {n}", "Order {n} now")
DO_MAKE = Sentence("采用：做 {n}", "Use: make {n}")
DO_SEE = Sentence("看采购方案", "See how to buy it")
DO_CLEAR = Sentence("看怎么处置", "See what to do with it")
DO_SOURCE = Sentence("加供货条件", "Add a source")
DO_BILL = Sentence("建物料清单", "Make its bill")
DO_PARTS = Sentence("看物料清单", "See its bill")


@dataclass(frozen=True, slots=True)
class Badge:
    level: Level
    words: str


@dataclass(frozen=True, slots=True)
class Action:
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page knows of an item already."""

    item: Any
    stock: Stock
    counted: Counted | None
    proposals: list[Proposed]
    today: date
    supply: Any
    """The paper of what comes first."""

    @property
    def late_days(self) -> int:
        on = getattr(self.item, "supply_on", None)
        return max(0, (self.today - on).days) if on else 0

    @property
    def due(self) -> Proposed | None:
        return next((each for each in self.proposals if each.is_due), None)


def badge_of(seen: Seen) -> Badge:
    lang, item = language(), seen.item
    if getattr(item, "case_id", None):
        return Badge("R", SHORT.say(lang, n=qty(item.case_missing / 10**item.decimals)))
    if any(each.badge[1] == "!" for each in seen.stock.places):
        return Badge("R", OWES.say(lang))
    if not item.is_active or item.lifecycle == Item.Lifecycle.OBSOLETE:
        return Badge("N", ENDED.say(lang))
    if seen.counted and seen.counted.waits:
        return Badge("O", DOUBTFUL.say(lang))
    if seen.late_days:
        return Badge("O", LATE.say(lang, n=seen.late_days))
    if seen.due:
        return Badge("Y", (TO_ORDER if seen.due.row.kind == "buy" else TO_MAKE).say(lang))
    return _quiet(seen, lang)


def _quiet(seen: Seen, lang: Any) -> Badge:
    """Of an item that nothing calls for."""
    item = seen.item
    if item.kind == Item.Kind.PHANTOM:
        return Badge("N", NEVER_KEPT.say(lang))
    if item.lifecycle == Item.Lifecycle.PHASE_OUT:
        return Badge("Y", ENDING.say(lang))
    if item.safety_stock_steps and seen.stock.free * 10**item.decimals < item.safety_stock_steps:
        return Badge("Y", LOW.say(lang))
    is_new = not (item.n_movements or item.n_supplies or seen.proposals)
    return Badge("N", NEW.say(lang)) if is_new else Badge("G", WELL.say(lang))


def action_of(actor: Actor, seen: Seen) -> Action | None:
    """The first of what this actor may do."""
    return next(_actions(actor, seen), None)


def _actions(actor: Actor, seen: Seen) -> Iterator[Action]:
    lang, item = language(), seen.item
    if getattr(item, "case_id", None) and actor.may(ACT):
        words = DO_CASE.say(lang, number=item.case_number)
        yield Action(words, reverse("desk_shortage", args=(item.case_id,)))
    if seen.counted and seen.counted.waits and actor.may(APPROVE_COUNT):
        yield Action(DO_APPROVE.say(lang), reverse("shop_counting"))
    if seen.late_days and seen.supply and seen.supply.table == "purchase_orders" and actor.may(ORDER):
        words = DO_CHASE.say(lang, number=seen.supply.number)
        yield Action(words, address_of(seen.supply.table, seen.supply.id))
    if actor.may(DECIDE) and (first := seen.due or next(iter(seen.proposals), None)):
        yield _of_proposal(first, lang)
    yield from _set_up(actor, seen, lang)


def _of_proposal(first: Proposed, lang: Any) -> Action:
    is_bought = first.row.kind == "buy"
    words = (DO_BUY if first.is_due else DO_SEE) if is_bought else DO_MAKE
    return Action(words.say(lang, n=qty(first.quantity)), first.address)


def _set_up(actor: Actor, seen: Seen, lang: Any) -> Iterator[Action]:
    """What an item lacks that nothing can be planned without; and what is done with one that has ended."""
    item = seen.item
    is_over = not item.is_active or item.lifecycle == Item.Lifecycle.OBSOLETE
    sees_case = actor.may(READ_PLANS) and actor.sees(FieldGroup.COST) and actor.sites is None
    if is_over and seen.stock.on_hand and sees_case:
        yield Action(DO_CLEAR.say(lang), reverse("desk_case"))
    elif is_over:
        return
    elif item.kind == Item.Kind.BUY and not item.n_sources and actor.may(EDIT_SUPPLIERS):
        there = urlencode({"item": item.code, "next": reverse("desk_item", args=(item.pk,))})
        yield Action(DO_SOURCE.say(lang), f"{reverse('office_add', args=('sources',))}?{there}")
    elif item.kind in (Item.Kind.MAKE, Item.Kind.PHANTOM):
        words = DO_BILL if item.n_lines == 0 and actor.may(EDIT) else DO_PARTS
        yield Action(words.say(lang), reverse("desk_bill", args=(item.pk,)))
