"""Work orders are released, provided for, picked, worked on, finished and closed, with what goes wrong on the way."""

from datetime import timedelta

from huoku.server.items.models import Item
from huoku.server.ledger.models import Balance, Location, Reservation, Status
from huoku.server.platform.commands.approvals import approve as approve_waiting
from huoku.server.platform.exact import plain
from huoku.server.platform.roles import Role
from huoku.server.platform.scope import ScopedQuerySet
from huoku.server.production.commands import ending, issues, orders, picks, reports, work
from huoku.server.production.commands.putting_back import put_back_line
from huoku.server.production.commands.substitutes import issue_substitute
from huoku.server.production.models import PickLine, PickList, WorkComponent, WorkOperation, WorkOrder
from huoku.server.production.states import UNDER_WAY
from huoku.server.running.past.people import People

ON_ONE_WALK = 5
PATIENCE = timedelta(days=60)
"""So long after its day an order is given up that could not be provided for."""


def release(people: People) -> None:
    """What starts within days is handed to the floor; what was short is provided for again every few days."""
    for order in _orders(people, "planned").filter(start_on__lte=people.in_days(2)):
        people.does(Role.PLANNER, orders.release_order, id=order.pk)
    for order in _orders(people, "released"):
        if people.today - order.due_on > PATIENCE:
            gone = {"reason": "料一直不齐 never complete", "return_to": "MAIN"}
            people.does(Role.PRODUCTION_LEAD, ending.cancel_order, id=order.pk, **gone)
        elif people.happens(0.35) and _lacks(people, order):
            people.does(Role.PLANNER, orders.reserve_order, id=order.pk)
            if people.happens(0.1):
                _take_something_alike(people, order)
    for order in _orders(people, "planned", "released"):
        if people.happens(0.004):
            less = {"qty": plain(max(1, order.qty_steps * 9 // 10), order.item.decimals)}
            people.does(Role.PLANNER, orders.change_order, id=order.pk, **less, due_on=order.due_on + timedelta(days=2))


def _orders(people: People, *states: str) -> ScopedQuerySet[WorkOrder]:
    rows = WorkOrder.objects.of(people.company).filter(state__in=states)
    return rows.select_related("item").order_by("priority", "due_on", "pk")


def _lacks(people: People, order: WorkOrder) -> bool:
    """Is something neither issued nor reserved in stock?"""
    kept: dict[int, int] = {}
    rows = Reservation.objects.of(people.company).filter(demand=order.ledger_name, state__in=Reservation.OPEN)
    for row in rows.filter(supply=None):
        kept[row.item_id] = kept.get(row.item_id, 0) + row.open_quantity
    return any(row.open_steps > kept.get(row.item_id, 0) for row in _components(people, order))


def _components(people: People, order: WorkOrder) -> list[WorkComponent]:
    return list(WorkComponent.objects.of(people.company).filter(order=order).select_related("item").order_by("seq"))


def _take_something_alike(people: People, order: WorkOrder) -> None:
    """Of parts that are numbered on, such as TW-01 and TW-02, one may do for the other: an engineer answers for it."""
    for row in _components(people, order):
        kind, _, number = row.item.code.rpartition("-")
        if not (row.open_steps and number.isdigit()):
            continue
        alike = Item.objects.of(people.company).filter(code__startswith=f"{kind}-", unit=row.item.unit)
        free = Balance.objects.of(people.company).filter(
            item__in=alike.exclude(pk=row.item_id), status=Status.AVAILABLE, location__kind=Location.Kind.STORAGE
        )
        for lying in free.select_related("item", "location").order_by("item__code", "pk"):
            if (steps := min(lying.on_hand - lying.reserved, row.open_steps)) > 0:
                what = {"substitute": lying.item.code, "quantity": plain(steps, lying.item.decimals)}
                why = {
                    "risk": "颜色不同 another colour",
                    "reason": "料不够 short",
                    "from_location": lying.location.code,
                }
                asked = people.does(Role.STOREKEEPER, issue_substitute, id=order.pk, line=row.seq, **what, **why)
                if asked and "approval" in asked:
                    people.does(Role.ENGINEER, approve_waiting, id=asked["approval"])
                return


def pick(people: People) -> None:
    """Storekeepers walk for several orders at once; now and then less lies there than the book says."""
    ready = [order.pk for order in _orders(people, "released") if not _lacks(people, order)]
    for start in range(0, len(ready), ON_ONE_WALK):
        people.does(Role.STOREKEEPER, picks.make_pick_list, orders=ready[start : start + ON_ONE_WALK])
    for walk in PickList.objects.of(people.company).filter(state="open").order_by("pk"):
        if people.happens(0.02):
            people.does(Role.STOREKEEPER, picks.cancel_pick_list, id=walk.pk)
            continue
        lines = PickLine.objects.of(people.company).filter(pick_list=walk, state=PickLine.State.OPEN)
        for line in lines.select_related("component__item").order_by("seq"):
            found: dict[str, str] = {}
            if people.happens(0.015):
                steps = line.open_steps * people.chance.randint(0, 9) // 10
                found = {
                    "quantity": plain(steps, line.component.item.decimals),
                    "reason": "货架上不够 not there",
                }
            told = people.does(Role.STOREKEEPER, picks.take_line, id=walk.pk, line=line.seq, **found)
            if told and people.happens(0.005):
                wrong = {"line": line.seq, "reason": "拿错了 taken by mistake"}
                people.does(Role.STOREKEEPER, put_back_line, id=walk.pk, **wrong)


def run(people: People) -> None:
    """Kitted orders are worked on, in parts, with some scrap and some standstill; what is done is finished."""
    for order in _orders(people, "kitted"):
        people.does(Role.PRODUCTION_LEAD, work.start_order, id=order.pk)
    rows = WorkOperation.objects.of(people.company).filter(order__state="in_progress")
    for operation in rows.select_related("order__item").order_by("order", "seq"):
        _work_at(people, operation)
    for order in _orders(people, "in_progress"):
        if not rows.filter(order=order).exclude(state="done").exists():
            _finish(people, order)


def _work_at(people: People, operation: WorkOperation) -> None:
    operation.refresh_from_db(from_queryset=WorkOperation.objects.of(operation.company_id))
    if operation.state == "paused":
        if people.happens(0.5):
            people.does(Role.PRODUCTION_LEAD, work.resume_operation, id=operation.pk)
    elif operation.state in ("ready", "running"):
        if people.happens(0.03):
            why = {"cause": people.chance.choice(WorkOperation.Cause.values), "note": "停线 the line stands still"}
            people.does(Role.PRODUCTION_LEAD, work.pause_operation, id=operation.pk, **why)
        else:
            _report(people, operation)


def _report(people: People, operation: WorkOperation) -> None:
    digits, left = operation.order.item.decimals, operation.order.qty_steps - operation.reported_steps
    said: dict[str, str] = {}
    if left > 1 and not operation.reported_steps and people.happens(0.5):
        said = {"good": plain(left // 2, digits)}
    if left > 20 and people.happens(0.05):
        said |= {"scrap": plain(people.chance.randint(1, left // 20), digits), "cause": "压裂 cracked"}
    people.does(Role.PRODUCTION_LEAD, reports.report_operation, id=operation.pk, **said)


def _finish(people: People, order: WorkOrder) -> None:
    """What was not used goes back; the books of the order are closed."""
    short = "有报废 some was scrap" if order.made_steps < order.qty_steps else ""
    people.does(Role.PRODUCTION_LEAD, ending.finish_order, id=order.pk, reason=short)
    for row in _components(people, order):
        if row.in_progress_steps:
            back = {"quantity": plain(row.in_progress_steps, row.item.decimals), "to_location": "MAIN"}
            people.does(Role.STOREKEEPER, issues.return_component, id=order.pk, line=row.seq, **back)
    if people.does(Role.PRODUCTION_LEAD, ending.close_order, id=order.pk) is None:
        people.does(Role.PRODUCTION_LEAD, ending.close_order, id=order.pk, reason="留在线边 kept at the line")


def change_course(people: People) -> None:
    """Rarely an order under way falls away."""
    for order in _orders(people, *UNDER_WAY):
        if people.happens(0.001):
            gone = {"reason": "设计变更 design change", "return_to": "MAIN"}
            people.does(Role.PRODUCTION_LEAD, ending.cancel_order, id=order.pk, **gone)
