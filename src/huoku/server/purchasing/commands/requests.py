"""Asking that something be bought."""

from typing import Annotated

from pydantic import StringConstraints

from huoku.language import Sentence
from huoku.server.documents.course import go, must_be_open_to
from huoku.server.documents.in_use import in_use
from huoku.server.documents.numbers import next_number
from huoku.server.documents.tasks import drop_tasks, leave_task
from huoku.server.items.models import Item
from huoku.server.partners.models import Supplier
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import Positive, plain
from huoku.server.platform.kept import add, opened
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import PRINTED, Asked, Attributes, Code, DueDay, Opened, Words
from huoku.server.platform.roles import Role
from huoku.server.platform.sites import site_named
from huoku.server.purchasing.models import PurchaseLine, PurchaseRequest
from huoku.server.purchasing.quantities import steps_of
from huoku.server.purchasing.rights import ORDER, REQUEST
from huoku.server.purchasing.states import REQUEST as COURSE

Demand = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80, pattern=PRINTED)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400, pattern=PRINTED)]

URGENT = "urgent_request"
URGENT_WORDS = Sentence(
    "绿色通道急采 {number}：{item} {qty}，{need_on} 要。{reason}",
    "Green channel, {number}: {qty} of {item} by {need_on}. {reason}",
)


class StillOrdered(Refused):
    code, status = "still_ordered", 409
    words = Sentence("{value} 还在采购订单 {order} 上。", "{value} still stands on the purchase order {order}.")


class AddPurchaseRequest(Asked):
    item: Code
    qty: Positive
    need_on: DueDay
    reason: Words = ""
    demand: Demand = ""
    is_urgent: bool = False
    supplier: Code | None = None
    site: Code | None = None
    note: Words = ""
    attributes: Attributes = {}


@command(right=REQUEST)
def add_request(at: At, request: AddPurchaseRequest) -> dict[str, object]:
    """Ask that something be bought; where it is urgent, buyers are told at once.

    Raises Unknown, NotInUse, NotWholeSteps.
    """
    item = in_use(at, Item, "item", request.item)
    row = PurchaseRequest(
        number=next_number(at, PurchaseRequest._meta.label_lower, "PR"),
        state=COURSE.start,
        item=item,
        qty_steps=steps_of(item, request.qty),
        supplier=in_use(at, Supplier, "supplier", request.supplier) if request.supplier else None,
        site_id=site_named(at, request.site),
        made_at=at.now,
        made_by=at.actor.user,
        **request.model_dump(include={"need_on", "reason", "demand", "is_urgent", "note", "attributes"}),
    )
    told = add(at, row)
    _tell_buyers(at, row)
    return {**told, "number": row.number, "state": row.state}


class ChangePurchaseRequest(Opened):
    qty: Positive | None = None
    need_on: DueDay | None = None
    reason: Words | None = None
    is_urgent: bool | None = None
    supplier: Code | None = None
    note: Words | None = None


@command(right=REQUEST)
def change_request(at: At, request: ChangePurchaseRequest) -> dict[str, object]:
    """Another quantity, day, reason or supplier.

    Raises NotFound, Stale, NotFromHere, Unknown, NotInUse, NotWholeSteps.
    """
    row = opened(at, PurchaseRequest, request.id, request.version)
    must_be_open_to(row, "purchasing.change_request")
    values = request.model_dump(include={"need_on", "reason", "is_urgent", "note"}, exclude_none=True)
    if request.qty is not None:
        values["qty_steps"] = steps_of(row.item, request.qty)
    if request.supplier is not None:
        values["supplier"] = in_use(at, Supplier, "supplier", request.supplier)
    told = go(at, row, "purchasing.change_request", **values)
    _tell_buyers(at, row)
    return told


class RejectPurchaseRequest(Opened):
    answer: Reason


@command(right=ORDER)
def reject_request(at: At, request: RejectPurchaseRequest) -> dict[str, object]:
    """It is not bought, and why. Raises NotFound, Stale, NotFromHere."""
    row = opened(at, PurchaseRequest, request.id, request.version)
    return go(at, row, "purchasing.reject_request", answer=request.answer)


@command(right=REQUEST)
def withdraw_request(at: At, request: Opened) -> dict[str, object]:
    """It is not needed any more. Raises NotFound, Stale, NotFromHere."""
    row = opened(at, PurchaseRequest, request.id, request.version)
    return go(at, row, "purchasing.withdraw_request")


@command(right=ORDER)
def reopen_request(at: At, request: Opened) -> dict[str, object]:
    """It was ordered and is to be bought anew. Raises NotFound, Stale, NotFromHere, StillOrdered."""
    row = opened(at, PurchaseRequest, request.id, request.version)
    must_be_open_to(row, "purchasing.reopen_request")
    on_order = PurchaseLine.objects.of(at.company_id).filter(request=row).exclude(order__state="cancelled")
    if line := on_order.select_related("order").first():
        raise StillOrdered(field="id", value=row.number, order=line.order.number)
    told = go(at, row, "purchasing.reopen_request")
    _tell_buyers(at, row)
    return told


def _tell_buyers(at: At, row: PurchaseRequest) -> None:
    """What is urgent is a task for buyers until it is ordered or dropped."""
    if not row.is_urgent:
        drop_tasks(at, row, URGENT)
        return
    qty = f"{plain(row.qty_steps, row.item.decimals)} {row.item.unit}"
    leave_task(
        at,
        row,
        URGENT,
        Role.BUYER,
        URGENT_WORDS,
        due_on=row.need_on,
        number=row.number,
        item=row.item.code,
        qty=qty,
        need_on=row.need_on,
        reason=row.reason,
    )
