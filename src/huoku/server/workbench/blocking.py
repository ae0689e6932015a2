"""What an order line waits for, said so that a clerk can say it on, and the one page on which that is put right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.urls import reverse

from huoku.language import Language, Sentence
from huoku.plan.explain.explanation import Source
from huoku.report.numbers import day, qty
from huoku.server.items.models import Item, Resource
from huoku.server.look.speaking import named
from huoku.server.office.opening import list_address
from huoku.server.planning.behind import Paper
from huoku.server.planning.models import Proposal
from huoku.server.planning.pegged import Pegged
from huoku.server.planning.promises import Promise
from huoku.server.planning.rights import DECIDE, READ
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.purchasing.rights import ORDER
from huoku.server.shortages.models import ShortageCase
from huoku.server.shortages.rights import ACT
from huoku.server.shortages.states import OPEN

Kind = Literal["bought", "draft", "asked", "work", "buy", "make", "carry", "ship", "never"]

IN_TIME = Sentence("能按期：{day} 发得出。", "In time: it can go out on {day}.")
UNSURE = Sentence(
    "现在看能按期（{day}），但还差一句确认。", "In time as it stands ({day}), but nobody has confirmed it."
)
PAST = Sentence("已过客户要的 {due}，{day} 就能发。", "The day wanted, {due}, is past; it can go out on {day}.")
LATE = Sentence("要晚 {n} 天：{day} 才能发。", "{n} {n|day|days} late: it can go out on {day}.")
NEVER = Sentence("计划期内交不了。", "It cannot be met within the plan.")
WAITS: dict[Kind, Sentence] = {
    "bought": Sentence(
        "卡在 {item}：{supplier} 的 {paper} 要 {day} 才到，这里等着用 {qty} {unit}。",
        "It waits for {item}: {paper} of {supplier} comes on {day}, and {qty} {unit} of it are needed here.",
    ),
    "draft": Sentence(
        "卡在 {item}：{paper} 还是草稿，没发给 {supplier}；{day} 才到。",
        "It waits for {item}: {paper} is a draft still, {supplier} does not know of it; it would come on {day}.",
    ),
    "asked": Sentence(
        "卡在 {item}：{paper} 只是请购，还没下单；{day} 要到 {qty} {unit}。",
        "It waits for {item}: {paper} is only a request, not ordered yet; {qty} {unit} are wanted on {day}.",
    ),
    "work": Sentence(
        "卡在 {item}：工单 {paper} {day} 才完工。",
        "It waits for {item}: work order {paper} is done on {day}.",
    ),
    "buy": Sentence(
        "卡在 {item}：{qty} {unit} 还没下单；{start} 向 {supplier} 下单，{day} 到。",
        "It waits for {item}: {qty} {unit} are not ordered; ordered from {supplier} on {start} they come on {day}.",
    ),
    "make": Sentence(
        "料来得及，卡在自己生产：{item} 最早 {start} 开工，{day} 做完。",
        "The materials come in time, it waits for our own work: {item} begins on {start} at the earliest and is "
        "done on {day}.",
    ),
    "carry": Sentence(
        "卡在 {item}：要从 {supplier} 调来 {qty} {unit}，{day} 到。",
        "It waits for {item}: {qty} {unit} have to be carried from {supplier} and arrive on {day}.",
    ),
    "ship": Sentence("料和货都在库里，现在就能发。", "Everything is on hand: it can go out now."),
    "never": Sentence("", ""),
}
OVERDUE = Sentence("{paper} 应 {due} 到，已经过期。", "{paper} was due on {due} and has not come.")
WORK_OVERDUE = Sentence("{paper} 应 {due} 完工，还没完。", "{paper} was to be done on {due} and is not.")
NOT_CONFIRMED = Sentence("{paper} 供应商还没确认交期。", "The supplier has not confirmed the day of {paper}.")
FULL = Sentence("{resource} 排满了。", "{resource} is full.")
ROOM = Sentence(
    "最紧的是 {item}（{paper}），再晚 {n} 天也不误。",
    "Tightest is {item} ({paper}): it may come {n} {n|day|days} later.",
)
NO_ROOM = Sentence(
    "最紧的是 {item}（{paper}），晚一天误一天。", "Tightest is {item} ({paper}): each day that it is late is lost."
)
ALL_HERE = Sentence("料全部在库。", "Everything is on hand.")
OWN = Sentence("自己生产", "our own work")
DOES: dict[Kind, Sentence] = {
    "bought": Sentence("催 {paper}", "Chase {paper}"),
    "draft": Sentence("发出 {paper}", "Send {paper}"),
    "asked": Sentence("下单 {paper}", "Order {paper}"),
    "work": Sentence("赶工 {paper}", "Hurry {paper}"),
    "buy": Sentence("下单 {item}", "Order {item}"),
    "make": Sentence("安排 {item}", "Arrange {item}"),
    "carry": Sentence("调拨 {item}", "Carry {item}"),
    "ship": Sentence("去发货", "Ship it"),
    "never": Sentence("看 {item}", "See {item}"),
}


@dataclass(frozen=True, slots=True)
class Blocker:
    """``item``: its code; ``does``: what is to be done next, as a button says it; ``address``: where."""

    kind: Kind
    item: str
    does: str
    address: str
    rest: str
    """What it waits for, in words."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """``level``: as marks show it; ``lead``: the answer itself; ``blocker``: None where nothing is to be done."""

    level: str
    lead: str
    rest: str
    blocker: Blocker | None


class Looked:
    """What the verdicts of several lines ask of the records, asked once for all of them."""

    def __init__(self, actor: Actor, of: Sequence[tuple[Promise, Pegged]], resources: Mapping[str, str]) -> None:
        chains = [each.chain for _, each in of if each.chain]
        self.actor, self.resources = actor, resources
        full = set(resources.values())
        found = rows_for(actor, Resource).filter(code__in=full) if full else ()
        self.resource_ids = {row.code: row.pk for row in found}
        codes = {code for chain in chains for code in (chain.need.item, chain.source.item)}
        codes |= {promise.line.item.code for promise, _ in of}
        self.items = dict(rows_for(actor, Item).filter(code__in=codes).values_list("code", "pk")) if codes else {}
        self.proposals = self._proposals([chain.source for chain in chains])
        works = {each.paper.id for _, each in of if each.paper and each.paper.kind == "work"}
        cases = rows_for(actor, ShortageCase).filter(state__in=OPEN, order__in=works) if works else ()
        self.cases = {row.order_id: row.pk for row in cases} if actor.may(ACT) else {}

    def _proposals(self, sources: Sequence[Source]) -> dict[str, int]:
        """The open proposals that are waited for: by their items, which an index finds, and then by name."""
        proposed = [each for each in sources if each.kind in ("buy", "make", "transfer")]
        if not proposed:
            return {}
        items = [self.items[each.item] for each in proposed if each.item in self.items]
        rows = rows_for(self.actor, Proposal).filter(item__in=items, order__in=[each.name for each in proposed])
        return dict(rows.filter(state=Proposal.State.OPEN).values_list("order", "pk"))


def verdict(looked: Looked, promise: Promise, of: Pegged, lang: Language) -> Verdict:
    """Will it be in time, and what does it wait for?"""
    told, due, today = promise.told, promise.line.due_on, of.today
    on = day(told.date, today)
    if told.level == "G" and not of.is_unsure:
        return Verdict("G", IN_TIME.say(lang, day=on), _room(of, lang), None)
    blocker = _blocker(looked, promise, of, lang)
    if told.date is None:
        return Verdict("R", NEVER.say(lang), "", blocker)
    if told.level == "G":
        return Verdict("Y", UNSURE.say(lang, day=on), blocker.rest, blocker)
    if told.date <= today:
        return Verdict("O", PAST.say(lang, due=day(due, today), day=on), blocker.rest, blocker)
    return Verdict("O", LATE.say(lang, n=told.late_days, day=on), blocker.rest, blocker)


def _room(of: Pegged, lang: Language) -> str:
    if of.chain is None:
        return ALL_HERE.say(lang)
    paper = of.chain.source.name if of.chain.source.kind == "supply" else of.chain.source.supplier or OWN.say(lang)
    slack = of.chain.source.slack_days or 0
    return (ROOM if slack else NO_ROOM).say(lang, item=of.chain.need.item, paper=paper, n=slack)


def _blocker(looked: Looked, promise: Promise, of: Pegged, lang: Language) -> Blocker:
    kind = _kind(promise, of)
    chain, paper = of.chain, of.paper
    item = chain.need.item if chain else promise.line.item.code
    called = paper.number if paper else (chain.source.name or "") if chain else ""
    does = DOES[kind].say(lang, paper=called, item=item)
    return Blocker(kind, item, does, _address(looked, promise, kind, item, of), _rest(looked, kind, of, lang))


def _kind(promise: Promise, of: Pegged) -> Kind:
    if promise.told.date is None:
        return "never"
    if of.chain is None:
        return "ship"
    source, paper = of.chain.source, of.paper
    if source.kind == "supply":
        if source.is_work or (paper and paper.kind == "work"):
            return "work"
        if paper and paper.kind == "request":
            return "asked"
        return "bought" if paper is None or paper.is_sent else "draft"
    kinds: dict[str, Kind] = {"buy": "buy", "make": "make", "transfer": "carry"}
    return kinds[source.kind]


def _rest(looked: Looked, kind: Kind, of: Pegged, lang: Language) -> str:
    if of.chain is None or kind in ("ship", "never"):
        return WAITS[kind].say(lang) if kind == "ship" else ""
    need, source, paper, today = of.chain.need, of.chain.source, of.paper, of.today
    words = WAITS[kind].say(
        lang,
        item=f"{source.item} {source.item_name}".strip(),
        supplier=_supplier(paper, source.supplier, lang),
        paper=source.name or "",
        qty=qty(sum(each.covers for each in need.sources if each.name == source.name)),
        unit=need.unit,
        start=day(source.start, today),
        day=day(source.available, today),
    )
    also = []
    if paper and paper.known.is_overdue(today):
        also.append(
            (WORK_OVERDUE if kind == "work" else OVERDUE).say(lang, paper=source.name, due=day(paper.known.due, today))
        )
    elif paper and kind == "bought" and not paper.known.is_sure:
        also.append(NOT_CONFIRMED.say(lang, paper=source.name))
    if resource := looked.resources.get(of.demand):
        also.append(FULL.say(lang, resource=resource))
    return ("" if lang != "en" else " ").join([words, *also])


def _supplier(paper: Paper | None, known: str | None, lang: Language) -> str:
    return (named(paper.supplier, lang) if paper and paper.supplier else "") or known or ""


def _address(looked: Looked, promise: Promise, kind: Kind, item: str, of: Pegged) -> str:
    """The page on which it is put right, as far as the actor may do that; else where it can be seen."""
    actor, paper = looked.actor, of.paper
    if kind == "ship":
        return reverse("office_row", args=("sales_orders", promise.line.order_id))
    if kind == "bought" and paper and actor.may(ORDER):
        return list_address("purchase_chases", order=paper.number)
    if paper and paper.kind == "work" and paper.id in looked.cases:
        return reverse("desk_shortage", args=(looked.cases[paper.id],))
    if paper:
        tables = {"purchase": "purchase_orders", "request": "purchase_requests", "work": "work_orders"}
        return _row(tables[paper.kind], paper.id)
    if kind == "make" and (resource := looked.resource_ids.get(looked.resources.get(of.demand, ""))):
        return reverse("desk_resource", args=(resource,))
    proposal = looked.proposals.get(of.chain.source.name or "") if of.chain else None
    if proposal and kind == "buy" and actor.may(DECIDE):
        return f"{reverse('desk_buying')}?view=all&open={proposal}"
    if proposal and kind in ("make", "carry") and actor.may(READ):
        return _row("proposals", proposal)
    if item in looked.items:
        return reverse("desk_item", args=(looked.items[item],))
    return reverse("office_row", args=("sales_orders", promise.line.order_id))


def _row(table: str, row: Any) -> str:
    return reverse("office_row", args=(table, row))
