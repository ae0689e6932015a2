"""Who is told of which task, and whose eyes count: never more than the receiver would see on his desk."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from huoku.language import Language
from huoku.server.documents.models import Task
from huoku.server.documents.tasks import tasks_of
from huoku.server.look.speaking import spoken
from huoku.server.notices.models import Delivery, Notice, Receiver
from huoku.server.notices.when import due_at
from huoku.server.platform.actor import Actor, actor_of
from huoku.server.platform.kept import rows_for
from huoku.server.platform.models import Company
from huoku.server.platform.roles import Role

NOT_TOLD = "not_told"
"""The kind of task that a message was not delivered; the same receiver is not told of it."""


def reader_of(receiver: Receiver) -> Actor | None:
    """Who reads what the receiver is told; None where nobody may any more."""
    if receiver.user is not None:
        return actor_of(receiver.user, receiver.company, via="notices")
    sites = None if receiver.site_id is None else frozenset({receiver.site_id})
    return Actor(receiver.company, None, frozenset(Role(each) for each in receiver.roles), sites, via="notices")


def language_of(receiver: Receiver) -> Language:
    return spoken(receiver.user.language if receiver.user else receiver.language)


def visible(receiver: Receiver) -> "QuerySet[Task]":
    """The open tasks that the receiver may know of and asked for. A robot tells its roles' tasks, and nobody's own."""
    reader = reader_of(receiver)
    if reader is None:
        return Task.objects.of(receiver.company_id).none()
    if receiver.user is not None:
        tasks = tasks_of(reader)
    else:
        tasks = rows_for(reader, Task).filter(state=Task.State.OPEN, person=None, role__in=reader.roles)
    tasks = tasks.filter(made_at__gte=receiver.since)
    if receiver.about:
        tasks = tasks.filter(what__in=receiver.about)
    return tasks.exclude(kind=NOT_TOLD, what=Receiver._meta.label_lower, row=receiver.pk)


def is_told(receiver: Receiver) -> bool:
    """Whether anything is sent to it at all."""
    return (
        receiver.is_active and bool(receiver.address) and (receiver.user is None or receiver.confirmed_at is not None)
    )


def receivers(company: Company | int) -> "QuerySet[Receiver]":
    rows = Receiver.objects.of(company).filter(is_active=True).exclude(address="")
    return rows.select_related("user", "company").order_by("pk")


def enter(receiver: Receiver, tasks: Iterable[Task], now: datetime) -> int:
    """Lay down what the receiver is to be told of, once for each task; returns how many. A task that says again what
    he was told is passed over."""
    zone, rows = ZoneInfo(receiver.company.timezone), []
    for task in tasks:
        moment = due_at(receiver, task.due_on, now, zone)
        if moment is not None and not _was_told(receiver, task):
            rows.append(Notice(company_id=receiver.company_id, receiver=receiver, task=task, due_at=moment))
    with transaction.atomic():
        return len(Notice.objects.bulk_create(rows, ignore_conflicts=True)) if rows else 0


def _was_told(receiver: Receiver, task: Task) -> bool:
    same = Notice.objects.of(receiver.company_id).filter(
        receiver=receiver, task__what=task.what, task__row=task.row, task__text_zh=task.text_zh
    )
    return same.filter(delivery__state__in=(Delivery.State.WAITING, Delivery.State.SENT)).exists()


def enter_anew(receiver: Receiver, now: datetime) -> None:
    """After a change of what a receiver wishes: what waits is laid down again by the new wish."""
    rows = Notice.objects.of(receiver.company_id).filter(receiver=receiver)
    rows.filter(delivery=None).delete()
    if is_told(receiver):
        enter(receiver, visible(receiver).exclude(pk__in=rows.values("task")), now)
