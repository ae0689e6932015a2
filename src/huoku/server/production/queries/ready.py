"""Reports made ready from the plan: who confirms one as it is has reported what was planned."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from huoku.server.items.models import Item
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
    order: int
    seq: int
    item: str
    unit: str
    decimals: int
    state: str
    pause_cause: str
    pause_note: str
    start_on: date
    due_on: date
    good: int
    minutes: int
    is_by_serial: bool
    """Whether what it gives is named piece by piece: it is the last operation of a serial item."""


def ready_reports(
    actor: Actor, resources: Iterable[int] | None = None, *, order: int | None = None, until: date | None = None
) -> list[ReadyReport]:
    """What can be reported now, the most urgent order first; at these resources, of this order, of orders that start
    by a day, where they are named."""
    wanted = None if resources is None else set(resources)
    of_order: dict[int, list[WorkOperation]] = defaultdict(list)
    rows = rows_for(actor, WorkOperation).exclude(order__state__in=("planned", "finished", "closed", "cancelled"))
    if order is not None:
        rows = rows.filter(order=order)
    if until is not None:
        rows = rows.filter(order__start_on__lte=until)
    for row in rows.select_related("order__item", "resource").order_by("order", "seq"):
        of_order[row.order_id].append(row)
    found = [
        (row, steps, row is operations[-1])
        for operations in of_order.values()
        for row in operations
        if row.state in OPEN
        and (wanted is None or row.resource_id in wanted)
        and (steps := possible(operations, row.order, row))
    ]
    found.sort(key=lambda each: (each[0].order.priority, each[0].order.due_on, each[0].number))
    return [_told(*each) for each in found]


def _told(row: WorkOperation, steps: int, is_last: bool) -> ReadyReport:
    item = row.order.item
    return ReadyReport(
        operation=row.pk,
        number=row.number,
        name=row.name,
        resource=row.resource.code if row.resource else "",
        order=row.order_id,
        seq=row.seq,
        item=item.code,
        unit=item.unit,
        decimals=item.decimals,
        state=row.state,
        pause_cause=row.pause_cause,
        pause_note=row.pause_note,
        start_on=row.order.start_on,
        due_on=row.order.due_on,
        good=steps,
        minutes=planned_minutes(row, steps, item.decimals),
        is_by_serial=is_last and item.tracking == Item.Tracking.SERIAL,
    )
