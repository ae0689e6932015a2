"""What can be done about a purchase by somebody else: ask for a quote, split, negotiate, substitute, wait, charge."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Q, QuerySet

from huoku.language import Sentence
from huoku.server.documents.models import Task
from huoku.server.planning.models import Proposal
from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.platform.roles import ROLES_CALLED, Role

Name = Literal["quote", "split", "negotiate", "substitute", "wait", "charge"]
PREFIX = "lever_"


@dataclass(frozen=True, slots=True)
class Lever:
    """``role``: whose task it is; ``text``: what it says, filled with the facts of the proposal."""

    title: Sentence
    role: Role
    text: Sentence

    @property
    def whom(self) -> Sentence:
        return ROLES_CALLED[self.role]


LEVERS: Mapping[Name, Lever] = {
    "quote": Lever(
        Sentence("要一份报价", "Ask for a quote"),
        Role.BUYER,
        Sentence(
            "请向 {supplier} 要书面报价：{item} 只要 {needed} {unit}，{due} 到货，小批的单价和一次性费用是多少？",
            "Ask {supplier} for a written offer: {needed} {unit} of {item} alone, there on {due}; at which unit price "
            "and with which fee?",
        ),
    ),
    "split": Lever(
        Sentence("要求分批交货", "Ask to split"),
        Role.BUYER,
        Sentence(
            "请和 {supplier} 谈分批：{item} 签 {bought} {unit}，{due} 先送 {needed}，其余 {rest} 一年内按需叫货。",
            "Ask {supplier} to split: a contract over {bought} {unit} of {item}, {needed} on {due}, the other {rest} "
            "called within a year as needed.",
        ),
    ),
    "negotiate": Lever(
        Sentence("谈起订量和价格", "Negotiate"),
        Role.BUYER,
        Sentence(
            "请和 {supplier} 谈 {item} 的起订量：要 {needed} {unit}，要买 {bought}，多 {rest}。",
            "Negotiate the minimum of {item} with {supplier}: {needed} {unit} are needed, {bought} to be bought, "
            "{rest} too many.",
        ),
    ),
    "substitute": Lever(
        Sentence("请工程批准替代", "Ask for a substitute"),
        Role.ENGINEER,
        Sentence(
            "{item} 要 {needed} {unit}，起订量使我们多买 {rest}。{due} 前可以用什么料替代？"
            "请写明同意哪种、用在哪些产品。",
            "{needed} {unit} of {item} are needed; the minimum makes us buy {rest} too many. What may stand in for it "
            "by {due}? Say which you approve, and in which products.",
        ),
    ),
    "wait": Lever(
        Sentence("先等等", "Wait"),
        Role.PLANNER,
        Sentence(
            "{item} 这次要 {needed} {unit}，起订量会多出 {rest}。能不能等后面的需求一起买？请写明等到哪天。",
            "{needed} {unit} of {item} are needed now, and the minimum leaves {rest}. Can it wait for the next need? "
            "Say until when.",
        ),
    ),
    "charge": Lever(
        Sentence("请客户承担", "Charge the customer"),
        Role.SALES,
        Sentence(
            "{orders} 用的 {item}，起订量使我们多买 {rest} {unit}，占用 {tied}。请和客户谈由他承担或加量，并写明结果。",
            "{item} for {orders}: the minimum makes us buy {rest} {unit} too many, {tied} tied up. Ask the customer to "
            "carry it or to order more, and write what came of it.",
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Pulled:
    """A lever that was pulled, and what has come of it."""

    lever: Lever
    task: Task


def pulled(actor: Actor, proposals: Iterable[Proposal]) -> Mapping[int, Sequence[Pulled]]:
    """By proposal what somebody was asked for, the latest first; what nobody needs any more is left out."""
    return _by_proposal(_asked(actor).filter(row__in=[row.pk for row in proposals]))


def lately_pulled(actor: Actor, since: datetime, most: int) -> Mapping[int, Sequence[Pulled]]:
    """The same of all proposals: what nobody has answered yet, and what was answered since; so many at most."""
    return _by_proposal(_asked(actor).filter(Q(state=Task.State.OPEN) | Q(ended_at__gte=since)), most)


def _asked(actor: Actor) -> QuerySet[Task]:
    rows = rows_for(actor, Task).filter(what=Proposal._meta.label_lower, kind__startswith=PREFIX)
    return rows.exclude(state=Task.State.DROPPED)


def _by_proposal(rows: QuerySet[Task], most: int | None = None) -> Mapping[int, Sequence[Pulled]]:
    found: dict[int, list[Pulled]] = defaultdict(list)
    for task in rows.order_by("-pk")[:most]:
        lever = next((lever for name, lever in LEVERS.items() if task.kind == PREFIX + name), None)
        if lever:
            found[task.row].append(Pulled(lever, task))
    return found
