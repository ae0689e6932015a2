"""Duties that any document leaves to people: tasks of their roles or their own, and what waits for a second person."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from huoku.language import Sentence
from huoku.server.documents.models import Task
from huoku.server.documents.tasks import MENTIONED, tasks_of
from huoku.server.look.speaking import language
from huoku.server.office.doings import doing
from huoku.server.office.duties import MOST_OF_A_KIND, Duty, Stake
from huoku.server.office.opening import address_of
from huoku.server.platform.actor import Actor
from huoku.server.platform.called import person_called
from huoku.server.platform.command import COMMANDS
from huoku.server.platform.exact import minor_digits
from huoku.server.platform.kept import rows_for
from huoku.server.platform.models import Approval
from huoku.server.platform.rights import DECIDE_APPROVAL
from huoku.server.platform.roles import ROLES_CALLED, FieldGroup, Role
from huoku.server.platform.tables.table import TABLES

DUE, OVERDUE = Sentence("{day} 到期", "due {day}"), Sentence("已过期 {n} 天", "{n} {n|day|days} overdue")
LOOK, DECIDE = Sentence("去处理", "See to it"), Sentence("去复核", "Decide")
WAITS = Sentence("{by} 提交的“{what}”等您复核", "{what} by {by} waits for your decision")
ASKED = Sentence("{by} 提交", "asked by {by}")
YOU = Sentence("指定给您", "for you alone")


def tasks(actor: Actor, today: date) -> Iterator[Duty]:
    """What several roles are told is one thing to whoever has them all."""
    lang = language()
    tables = {table.model._meta.label_lower: table.name for table in TABLES.values()}
    told: dict[tuple[str, int, str], Duty] = {}
    for task in tasks_of(actor).order_by("due_on", "pk")[:MOST_OF_A_KIND]:
        words, late = task.text(lang), max(0, (today - task.due_on).days) if task.due_on else 0
        reason = OVERDUE.say(lang, n=late) if late else DUE.say(lang, day=f"{task.due_on:%m-%d}") if task.due_on else ""
        table, row = (tables[task.what], task.row) if task.what in tables else ("tasks", task.pk)
        duty = Duty(
            words,
            reason,
            LOOK,
            _where(task, table, row),
            "O" if late else "Y",
            late_days=late,
            due_on=task.due_on,
            about=(task.what, task.row),
            who=YOU.say(lang) if task.person_id else ROLES_CALLED[task.role].say(lang),
            whose=frozenset() if task.person_id else frozenset({Role(task.role)}),
            key=_key_of(task),
            whole=reverse("office_list", args=("tasks",)),
        )
        told.setdefault((task.what, task.row, words), duty)
    yield from told.values()


def _where(task: Task, table: str, row: object) -> str:
    """Where it is done; who was called by name finds the words on the page of the row."""
    return reverse("office_row", args=(table, row)) if task.kind == MENTIONED else address_of(table, row)


def _key_of(task: Task) -> str:
    """A task that is left again about the same row takes the place of the one before; each mention is news."""
    return f"task:{task.pk}" if task.kind == MENTIONED else f"{task.what}:{task.row}:{task.kind}"


def approvals(actor: Actor, today: date) -> Iterator[Duty]:
    """What somebody else asked for and this actor may decide. Amounts follow from costs: not everybody sees them."""
    lang, minor = language(), 10 ** minor_digits(actor.company.currency)
    if not actor.may(DECIDE_APPROVAL):
        return
    rows = rows_for(actor, Approval).filter(state=Approval.State.WAITING).exclude(asked_by=actor.user)
    for row in rows.select_related("asked_by").order_by("asked_at")[:MOST_OF_A_KIND]:
        if not actor.may(COMMANDS[row.kind].right):
            continue
        by = person_called(row.asked_by, actor.company.pk)
        amount = (row.amount_minor or 0) / minor if actor.sees(FieldGroup.COST) else 0.0
        yield Duty(
            WAITS.say(lang, by=by, what=doing(row.kind).say(lang)),
            row.reason,
            DECIDE,
            reverse("office_row", args=("approvals", row.pk)),
            "O",
            about=(row._meta.label_lower, row.pk),
            stakes=(Stake(f"approval:{row.pk}", amount),) if amount else (),
            who=ASKED.say(lang, by=by),
            kind="approval",
            key=f"approval:{row.pk}",
            whole=reverse("office_list", args=("approvals",)),
        )
