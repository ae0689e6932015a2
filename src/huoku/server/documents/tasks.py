"""Leaving work to people."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from huoku.language import Sentence
from huoku.server.documents.about import rows_about
from huoku.server.documents.models import Task
from huoku.server.documents.papers import with_numbers
from huoku.server.platform.actor import Actor
from huoku.server.platform.command import At
from huoku.server.platform.kept import Kept, add, change
from huoku.server.platform.roles import Role

MENTIONED = "mentioned"
"""The kind of task that somebody finds whom a comment names."""


def leave_task(
    at: At,
    row: Kept,
    kind: str,
    role: Role,
    words: Sentence,
    *,
    due_on: date | None = None,
    facts: Mapping[str, Any] | None = None,
    **values: object,
) -> Task:
    """Leave a task about ``row`` to a role; ``values`` fill its words, in which papers stand by their numbers. An open
    one of the same kind, role and document is replaced, so that nobody has to do with what is no longer so."""
    drop_tasks(at, row, kind, role)
    task = Task(
        kind=kind,
        what=row._meta.label_lower,
        row=row.pk,
        site_id=getattr(row, "site_id", None),
        role=role,
        text_zh=with_numbers(at.company_id, words.say("zh", **values))[:1000],
        text_en=with_numbers(at.company_id, words.say("en", **values))[:1000],
        facts=dict(facts or {}),
        due_on=due_on,
        made_at=at.now,
    )
    add(at, task)
    return task


def tasks_of(actor: Actor) -> "QuerySet[Task]":
    """The open tasks of the actor's roles, all roles' to an owner, and those that are his alone."""
    rows = rows_about(actor, Task).filter(state=Task.State.OPEN)
    of_roles = Q(person=None) if Role.OWNER in actor.roles else Q(person=None, role__in=actor.roles)
    return rows.filter(of_roles | Q(person=actor.user) if actor.user else of_roles)


def drop_tasks(at: At, row: Kept, kind: str = "", role: Role | None = None) -> None:
    """What is open about ``row``, of this kind and role or of all, is no longer needed; mentions are still read."""
    drop_tasks_of(at, type(row), {"row": row.pk} | ({"kind": kind} if kind else {}) | ({"role": role} if role else {}))


def drop_tasks_of(at: At, model: type[Kept], wanted: Mapping[str, Any]) -> None:
    """The same about several rows: ``{"row__in": [5, 7]}``."""
    about = Task.objects.of(at.company_id).filter(what=model._meta.label_lower, state=Task.State.OPEN)
    for task in about.filter(**wanted).exclude(kind=MENTIONED):
        change(at, task, {"state": Task.State.DROPPED, "ended_at": at.now})
