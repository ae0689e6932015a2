"""Ending tasks."""

from huoku.language import Sentence
from huoku.server.documents.models import Task
from huoku.server.documents.rights import DO_TASKS
from huoku.server.platform.command import At, command
from huoku.server.platform.kept import change, opened
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import Opened, Words
from huoku.server.platform.roles import Role


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
