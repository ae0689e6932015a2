"""Reports made ready from the plan: who confirms one as it is has reported what was planned."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from huoku.server.platform.actor import Actor
from huoku.server.platform.kept import rows_for
from huoku.server.production.models import WorkOperation
from huoku.server.production.operations import planned_minutes, possible

OPEN = ("ready", "running", "paused")


@dataclass(frozen=True, slots=True)
class ReadyReport:
    """A report to be completed: ``good`` steps of the item and ``minutes`` (millionths) are those of the plan."""

    operation: int
    number: str
    name: str
    resource: str
    item: str
    state: str
    good: int
    minutes: int


def ready_reports(actor: Actor, resources: Iterable[int] | None = None) -> list[ReadyReport]:
    """What can be reported now, the most urgent order first; at these resources where they are named."""
    wanted = None if resources is None else set(resources)
    of_order: dict[int, list[WorkOperation]] = defaultdict(list)
    rows = rows_for(actor, WorkOperation).exclude(order__state__in=("planned", "finished", "closed", "cancelled"))
    for row in rows.select_related("order__item", "resource").order_by("order", "seq"):
        of_order[row.order_id].append(row)
    found = [
        (row, steps)
        for operations in of_order.values()
        for row in operations
        if row.state in OPEN
        and (wanted is None or row.resource_id in wanted)
        and (steps := possible(operations, row.order, row))
    ]
    found.sort(key=lambda each: (each[0].order.priority, each[0].order.due_on, each[0].number))
    return [_told(row, steps) for row, steps in found]


def _told(row: WorkOperation, steps: int) -> ReadyReport:
    return ReadyReport(
        operation=row.pk,
        number=row.number,
        name=row.name,
        resource=row.resource.code if row.resource else "",
        item=row.order.item.code,
        state=row.state,
        good=steps,
        minutes=planned_minutes(row, steps, row.order.item.decimals),
    )
