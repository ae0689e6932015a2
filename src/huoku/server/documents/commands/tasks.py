"""Ending tasks, and the task of whoever asked for what went wrong behind his back."""

from typing import Annotated

from pydantic import StringConstraints

from huoku.language import Sentence
from huoku.server.documents.models import Task
from huoku.server.documents.rights import DO_TASKS
from huoku.server.platform.command import At, command
from huoku.server.platform.kept import add, change, opened
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import Asked, Id, Opened, Words
from huoku.server.platform.roles import Role

FAILED = "failed"
"""The kind of task that tells somebody that what he asked for could not be done."""


class TaskEnded(Refused):
    code, status = "task_ended", 409
    words = Sentence("这项任务已经了结。", "This task has ended.")


class NotYourTask(Refused):
    code, status, is_kept = "not_your_task", 409, False
    words = Sentence("这项任务是别人的：{value}。", "This task is another's: {value}.")


class FinishTask(Opened):
    result: Words = ""


@command(right=DO_TASKS)
def finish_task(at: At, request: FinishTask) -> dict[str, object]:
    """It is done. Raises NotFound, Stale, TaskEnded, NotYourTask."""
    task = opened(at, Task, request.id, request.version)
    if task.state != Task.State.OPEN:
        raise TaskEnded(field="id", value=task.pk)
    if task.person_id and (at.actor.user is None or task.person_id != at.actor.user.pk):
        raise NotYourTask(field="person", value=task.person)
    if not task.person_id and not at.actor.roles & {Role(task.role), Role.OWNER}:
        raise NotYourTask(field="role", value=task.role)
    ended = {"state": Task.State.DONE, "ended_at": at.now, "ended_by_id": at.actor.user and at.actor.user.pk}
    return change(at, task, {**ended, "result": request.result})


class TellFailure(Asked):
    """``person``: who asked for it."""

    person: Id
    text_zh: Annotated[str, StringConstraints(min_length=1, max_length=1000)]
    text_en: Annotated[str, StringConstraints(min_length=1, max_length=1000)]


@command(right=DO_TASKS)
def tell_failure(at: At, request: TellFailure) -> dict[str, object]:
    """For jobs alone: what somebody asked for could not be done, and it is about no paper."""
    company = at.actor.company
    told = request.model_dump(exclude={"person"})
    about = {"what": company._meta.label_lower, "row": company.pk, "made_at": at.now}
    return add(at, Task(kind=FAILED, role=Role.OWNER, person_id=request.person, **about, **told))
