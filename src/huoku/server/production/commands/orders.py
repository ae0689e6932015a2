"""Planning work orders, changing them, and handing them to the shop floor."""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field

from huoku.server.documents.course import go, must_be_open_to
from huoku.server.documents.numbers import number_given
from huoku.server.documents.refusals import MoreThanAsked
from huoku.server.documents.wanting import standing_still, still_wanted
from huoku.server.items.models import Item
from huoku.server.ledger.lines import Document
from huoku.server.ledger.models import Location
from huoku.server.ledger.refusals import NotInUse
from huoku.server.platform.command import At, command
from huoku.server.platform.days import days_before
from huoku.server.platform.exact import Positive, in_columns, plain, whole
from huoku.server.platform.kept import Unknown, answer, must_be_new, nouns, opened
from huoku.server.platform.requests import Asked, Attributes, Code, DueDay, Opened, Words
from huoku.server.platform.sites import site_named
from huoku.server.platform.validity import must_not_end_before_it_begins
from huoku.server.production.commands.picks import follow
from huoku.server.production.components import Components
from huoku.server.production.covering import Shortage, provide
from huoku.server.production.laying import Laid, Promise, lay_down, must_be_components, units
from huoku.server.production.models import WorkOrder
from huoku.server.production.operations import leave_to_plan, operations_of, settle
from huoku.server.production.output import state_output, tell_whom_it_makes_late, whom_it_is_for
from huoku.server.production.places import STORES, place_named
from huoku.server.production.refusals import BelowReported, InLockPeriod, NotMade
from huoku.server.production.rights import PLAN, RELEASE
from huoku.server.production.states import UNDER_WAY

Priority = Annotated[int, Field(ge=1, le=9)]
Codes = Annotated[list[Code], Field(max_length=1000)]


class PlanWorkOrder(Asked):
    number: Code | None = Field(default=None, description="Of a paper that exists already; else the next one.")
    item: Code
    qty: Positive
    due_on: DueDay
    start_on: DueDay | None = Field(default=None, description="Where none is given: by the item's lead time.")
    priority: Priority = 3
    site: Code | None = None
    target: Code = Field(description="The place that what is made is put to.")
    work_in_progress: Code = Field(description="The place where its materials lie until they are used.")
    demand: Document = Field(default="", description="For what it is made, such as sales.line:5.")
    demand_qty: Positive | None = Field(default=None, description="So much of it is kept for the demand; else all.")
    backflushed: Codes = Field(default=[], description="Components that are taken by themselves when work is reported.")
    note: Words = ""
    attributes: Attributes = {}


@command(right=PLAN)
def plan_order(at: At, request: PlanWorkOrder) -> dict[str, object]:
    """Plan to make something, by the recipe and the routing of the day on which it starts. What it will give is a
    supply from now on; nothing of it is kept for a demand whose paper has ended. Raises Unknown, NotMade, NotInUse,
    NotWholeSteps, MoreThanAsked, WrongPlace, EndsBeforeItBegins."""
    (order,) = _begun(at, [request])
    kept = order.qty_steps
    if request.demand_qty is not None:
        kept = whole(request.demand_qty, order.item.decimals, "demand_qty")
    if kept > order.qty_steps:
        raise MoreThanAsked(field="demand_qty", value=str(request.demand_qty), most=str(request.qty))
    wanted = still_wanted(at.company_id, [request.demand] if request.demand else [])
    promised = [Promise(demand, kept, order.due_on) for demand in wanted]
    lay_down(at, [Laid(order, frozenset(request.backflushed), promised)])
    return {**answer(order), "number": order.number}


def plan_many(at: At, requests: Sequence[PlanWorkOrder], promised: Sequence[Sequence[Promise]]) -> list[WorkOrder]:
    """Plan many orders as a part of another command, each as ``plan_order`` does: whoever may refuse one is asked for
    each. ``promised``: to whom the output of each is promised. Raises what ``plan_order`` raises."""
    for request in requests:
        plan_order.checked(at, request)
    orders = _begun(at, requests)
    laid = [
        Laid(order, frozenset(request.backflushed), promises)
        for order, request, promises in zip(orders, requests, promised, strict=True)
    ]
    lay_down(at, laid)
    return orders


def _begun(at: At, requests: Sequence[PlanWorkOrder]) -> list[WorkOrder]:
    """The orders as they are asked for, not saved yet; without a number where none was given."""
    codes = {request.item for request in requests}
    items = {item.code: item for item in Item.objects.of(at.company_id).filter(code__in=codes)}
    sites = {code: site_named(at, code) for code in {request.site for request in requests}}
    targets = {code: place_named(at, "target", code, *STORES) for code in {request.target for request in requests}}
    at_work = {
        code: place_named(at, "work_in_progress", code, Location.Kind.WORK_IN_PROGRESS)
        for code in {request.work_in_progress for request in requests}
    }
    orders = []
    for request in requests:
        item = items.get(request.item)
        if item is None:
            raise Unknown(field="item", value=request.item, **nouns(Item))
        _must_be_made(item)
        order = WorkOrder(
            company_id=at.company_id,
            number=_number(at, request.number),
            item=item,
            state="planned",
            site_id=sites[request.site],
            target=targets[request.target],
            work_in_progress=at_work[request.work_in_progress],
            **_columns(request, item),
            made_at=at.now,
            made_by=at.actor.user,
        )
        order.start_on = request.start_on or days_before(request.due_on, item.lead_time_days)
        must_not_end_before_it_begins(order.start_on, order.due_on)
        orders.append(order)
    return orders


def _number(at: At, given: str | None) -> str:
    """The number of a paper that exists already; "" where the next one is wanted."""
    if given is None:
        return ""
    must_be_new(at, WorkOrder, "number", given, number=given)
    return number_given(at, WorkOrder._meta.label_lower, "WO", given)


def _must_be_made(item: Item) -> None:
    if item.kind in (Item.Kind.BUY, Item.Kind.PHANTOM):
        raise NotMade(field="item", value=item.code)
    if not item.is_active:
        raise NotInUse(field="item", value=item.code)


def _columns(request: PlanWorkOrder, item: Item) -> dict[str, Any]:
    elsewhere = ("number", "item", "site", "target", "work_in_progress", "start_on", "demand_qty", "backflushed")
    return in_columns(request, WorkOrder, decimals=item.decimals, skip=elsewhere)


class ChangeWorkOrder(Opened):
    qty: Positive | None = None
    due_on: DueDay | None = None
    start_on: DueDay | None = None
    priority: Priority | None = None
    backflushed: Codes | None = None
    note: Words = ""
    attributes: Attributes = {}


@command(right=PLAN)
def change_order(at: At, request: ChangeWorkOrder) -> dict[str, object]:
    """Another quantity, other days, another priority. Raises NotFound, Stale, NotFromHere, BelowReported.

    Recipe and routing stay those of its planning. Open pick lists fetch no more than it still takes. More of a
    released order is provided for at once; less gives back what is kept beyond it, and promises that can no longer be
    held are told. Work that was put on a day after the new one is left to the plan.
    """
    order = opened(at, WorkOrder, request.id, request.version)
    must_be_open_to(order, "production.change_order")
    was_due, was_qty = order.due_on, order.qty_steps
    values = _changes(request, order)
    if values.get("qty_steps", was_qty) != was_qty:
        _must_reach_what_is_reported(at, order, values["qty_steps"])
    must_not_end_before_it_begins(values.get("start_on", order.start_on), values.get("due_on", order.due_on))
    needs_more = values.get("qty_steps", was_qty) > was_qty
    to = "released" if order.state == "kitted" and needs_more else order.state
    told = go(at, order, "production.change_order", to=to, **values)
    components = Components(at, order)
    _change_components(request, order, components)
    leave_to_plan(at, order)
    follow(at, order, components)
    state_output(at, order, still_to_come(at, order))
    tell_whom_it_makes_late(at, order, was_due)
    shortages: list[Shortage] = []
    if order.state in UNDER_WAY:
        settle(at, order)
        shortages = provide(at, order, components) if needs_more else []
    return {**told, "short": [each.told() for each in shortages]}


def _changes(request: ChangeWorkOrder, order: WorkOrder) -> dict[str, Any]:
    values = in_columns(request, WorkOrder, decimals=order.item.decimals, skip=("id", "version", "backflushed"))
    return {name: value for name, value in values.items() if value is not None}


def _must_reach_what_is_reported(at: At, order: WorkOrder, qty_steps: int) -> None:
    reported = max((each.reported_steps for each in operations_of(at, order)), default=0)
    if qty_steps < reported:
        decimals = order.item.decimals
        raise BelowReported(field="qty", value=plain(qty_steps, decimals), reported=plain(reported, decimals))


def _change_components(request: ChangeWorkOrder, order: WorkOrder, components: Components) -> None:
    if request.backflushed is not None:
        must_be_components(set(request.backflushed), [row.item for row in components])
        for row in components:
            row.is_backflushed = row.item.code in request.backflushed
    for row in components:
        if not row.stands_for_id:
            row.needed_steps = row.steps_for(units(order, order.qty_steps))
    components.save()


def still_to_come(at: At, order: WorkOrder) -> int:
    """What the order will still give: all of it, without what is made and what was scrapped on the way."""
    scrap = sum(each.scrap_steps for each in operations_of(at, order))
    return max(0, order.qty_steps - order.made_steps - scrap)


@command(right=RELEASE)
def release_order(at: At, request: Opened) -> dict[str, object]:
    """Hand the order to the shop floor: its components are reserved for it, its first operation is ready.

    What is short does not stop it; the answer tells it, and purchasing and planning get a task. Raises NotFromHere,
    InLockPeriod.
    """
    order = opened(at, WorkOrder, request.id, request.version)
    must_be_open_to(order, "production.release_order")
    for number, until in standing_still(at.company_id, whom_it_is_for(at.company_id, order)):
        raise InLockPeriod(field="id", value=number, number=order.number, until=until)
    shortages = provide(at, order, Components(at, order))
    settle(at, order)
    told = go(at, order, "production.release_order")
    state_output(at, order, still_to_come(at, order))
    return {**told, "short": [each.told() for each in shortages]}


@command(right=RELEASE)
def reserve_order(at: At, request: Opened) -> dict[str, object]:
    """Reserve for a released order what has become free or been ordered since. Raises NotFromHere."""
    order = opened(at, WorkOrder, request.id, request.version)
    must_be_open_to(order, "production.reserve_order")
    shortages = provide(at, order, Components(at, order))
    told = go(at, order, "production.reserve_order")
    return {**told, "short": [each.told() for each in shortages]}
