"""What people say of a row and put to it, for the page of that row."""

from typing import Any
from uuid import uuid4

from huoku.server.documents.about import rows_about, talked_about
from huoku.server.documents.models import Comment, Task
from huoku.server.documents.rights import COMMENT, DO_TASKS, READ
from huoku.server.look.speaking import language
from huoku.server.office.files import ACCEPTED, files_of, may_put_files, shown_small
from huoku.server.platform.actor import Actor
from huoku.server.platform.roles import ROLES_CALLED
from huoku.server.platform.tables.table import Table


def talk(actor: Actor, table: Table, pk: Any, *, with_tasks: bool = True) -> dict[str, Any]:
    """For the template ``office/talk.html``: comments, files, and the tasks that the row left; {} where nobody talks
    about such rows."""
    if not talked_about(table):
        return {}
    mine = {"what": table.model._meta.label_lower, "row": pk}
    comments = rows_about(actor, Comment).filter(**mine).select_related("made_by").order_by("made_at", "pk")
    return {
        "talk": {
            "table": table,
            "row": pk,
            "comments": comments if actor.may(READ) else (),
            "may_comment": actor.may(COMMENT),
            "files": shown_small(files_of(actor, table, pk)) if actor.may(READ) else (),
            "may_put_files": may_put_files(actor, table),
            "accepted": ACCEPTED,
            "key": uuid4().hex,
        },
        "tasks": [_task(actor, task) for task in (_tasks(actor, mine) if with_tasks else ())],
        "may_do_tasks": actor.may(DO_TASKS),
    }


def _tasks(actor: Actor, mine: dict[str, Any]) -> Any:
    """Open ones that are for a role, or for the reader himself."""
    found = rows_about(actor, Task).filter(**mine, state=Task.State.OPEN).order_by("due_on", "pk")
    return [task for task in found if task.person_id is None or (actor.user and task.person_id == actor.user.pk)]


def _task(actor: Actor, task: Task) -> tuple[str, Task, str]:
    """For whom it is, the task, its words."""
    lang = language()
    to = actor.user.get_full_name() if task.person_id and actor.user else ROLES_CALLED[task.role].say(lang)
    return to, task, task.text(lang)
