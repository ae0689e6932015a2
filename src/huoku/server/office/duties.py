"""What somebody must do now, the dearest to leave first; rooms above put in what their documents wait for."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.urls import reverse

from huoku.language import Sentence
from huoku.report.numbers import money
from huoku.server.documents.tasks import tasks_of
from huoku.server.look.speaking import language
from huoku.server.office.doings import doing
from huoku.server.platform.actor import Actor
from huoku.server.platform.clock import business_day, now
from huoku.server.platform.command import COMMANDS
from huoku.server.platform.exact import minor_digits
from huoku.server.platform.kept import rows_for
from huoku.server.platform.models import Approval
from huoku.server.platform.rights import DECIDE_APPROVAL
from huoku.server.platform.roles import FieldGroup
from huoku.server.platform.tables.table import TABLES

MOST_OF_A_KIND = 100
DUE, OVERDUE = Sentence("{day} 到期", "due {day}"), Sentence("已过期 {n} 天", "{n} days overdue")
LOOK, DECIDE = Sentence("去处理", "See to it"), Sentence("去复核", "Decide")
WAITS = Sentence("{by} 提交的“{what}”等您复核", "{what} by {by} waits for your decision")
AMOUNT = Sentence("金额 {amount}", "an amount of {amount}")


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing and the one thing to do about it.

    ``reason``: why now. ``per_hour``: what leaving it costs in an hour, in the company's currency; 0 where nobody
    knows. ``late_days``: past its day. ``about``: the kind of row and its id, so that it is not told twice.
    """

    words: str
    reason: str
    action: Sentence
    address: str
    level: Literal["R", "O", "Y"] = "Y"
    per_hour: float = 0.0
    late_days: int = 0
    due_on: date | None = None
    about: tuple[str, int] | None = None


DUTIES: list[Callable[[Actor, date], Iterable[Duty]]] = []
"""Each is asked for whoever reads the page, and the day it is for him."""


def duties(actor: Actor) -> list[Duty]:
    """All that waits for somebody in his roles, the first to do first."""
    today = business_day(actor.company, now())
    found = [each for told in DUTIES for each in told(actor, today)]
    known = {each.about for each in found}
    found += [each for each in (*_approvals(actor), *_tasks(actor, today)) if each.about not in known]
    return ranked(found)


def ranked(found: Iterable[Duty]) -> list[Duty]:
    """By money an hour, then by days late, then by the day it is due."""
    return sorted(found, key=lambda each: (-each.per_hour, -each.late_days, each.due_on or date.max, each.words))


def _tasks(actor: Actor, today: date) -> Iterator[Duty]:
    """What several roles are told is one thing to whoever has them all."""
    lang = language()
    tables = {table.model._meta.label_lower: table.name for table in TABLES.values()}
    told: dict[tuple[str, int, str], Duty] = {}
    for task in tasks_of(actor).order_by("due_on", "pk")[:MOST_OF_A_KIND]:
        words, late = task.text(lang), max(0, (today - task.due_on).days) if task.due_on else 0
        reason = OVERDUE.say(lang, n=late) if late else DUE.say(lang, day=f"{task.due_on:%m-%d}") if task.due_on else ""
        table, row = (tables[task.what], task.row) if task.what in tables else ("tasks", task.pk)
        address = reverse("office_row", args=(table, row))
        duty = Duty(words, reason, LOOK, address, "O" if late else "Y", 0.0, late, task.due_on, (task.what, task.row))
        told.setdefault((task.what, task.row, words), duty)
    yield from told.values()


def _approvals(actor: Actor) -> Iterator[Duty]:
    """What somebody else asked for and this actor may decide. Amounts follow from costs: not everybody sees them."""
    lang, sees = language(), actor.sees(FieldGroup.COST)
    if not actor.may(DECIDE_APPROVAL):
        return
    rows = rows_for(actor, Approval).filter(state=Approval.State.WAITING).exclude(asked_by=actor.user)
    for row in rows.select_related("asked_by").order_by("asked_at")[:MOST_OF_A_KIND]:
        if actor.may(COMMANDS[row.kind].right):
            words = WAITS.say(lang, by=row.asked_by.name or row.asked_by.username, what=doing(row.kind).say(lang))
            worth = (row.amount_minor or 0) * sees / 10 ** minor_digits(actor.company.currency)
            reason = AMOUNT.say(lang, amount=money(worth, actor.company.currency)) if worth else row.reason
            yield Duty(words, reason, DECIDE, reverse("office_row", args=("approvals", row.pk)), "O")
