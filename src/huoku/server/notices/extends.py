"""What notices hear: tasks that were left. An event is written with its task and told after both are committed, so no
task is missed and none is told that was rolled back."""

from huoku.server.notices.telling import enter, is_told, receivers, visible
from huoku.server.platform import clock
from huoku.server.platform.events import listens
from huoku.server.platform.models import Event


@listens("notices.tasks", "task_added")
def lay_down(event: Event) -> None:
    """A notice for each receiver whom the task concerns; heard twice, it is laid down once."""
    task = int(event.subject.rpartition(":")[2])
    for receiver in receivers(event.company_id):
        if is_told(receiver):
            enter(receiver, visible(receiver).filter(pk=task), clock.now())
