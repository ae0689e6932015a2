"""Entering what a customer asks for, and changing it while nothing is agreed.

Stock and supply are checked at once, through the bill of material: what is short is told to the clerk, and purchasing
has a task before the order is even confirmed.
"""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field

from huoku.server.documents.course import go, must_be_open_to
from huoku.server.documents.in_use import in_use
from huoku.server.documents.numbers import line_numbers, next_number, number_given
from huoku.server.documents.refusals import NoSuchLine
from huoku.server.documents.tasks import drop_tasks
from huoku.server.items.models import Item
from huoku.server.ledger.refusals import NotInUse
from huoku.server.partners.models import Customer
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import Amount, Positive, plain, whole
from huoku.server.platform.kept import Unknown, add, must_be_new, nouns, opened
from huoku.server.platform.requests import Asked, Attributes, Code, DueDay, Name, Opened, Words
from huoku.server.platform.sites import site_named
from huoku.server.sales.departments import CONFIRM, REFUSED
from huoku.server.sales.keeping import release_all
from huoku.server.sales.models import Confirmation, Requirement, SalesLine, SalesOrder
from huoku.server.sales.rights import SELL
from huoku.server.sales.standing import check, told
from huoku.server.sales.states import ORDER

Priority = Annotated[int, Field(ge=1, le=9)]


class OrderLine(Asked):
    item: Code
    qty: Positive
    due_on: DueDay
    price: Amount | None = Field(default=None, description="Of one unit; the item's sales price where empty.")
    requirements: Annotated[list[Annotated[Words, Field(min_length=1)]], Field(max_length=50)] = []
    note: Words = ""
    seq: Annotated[int, Field(ge=1, le=9_999)] | None = Field(
        default=None, description="Its number on a paper that exists already; else after the one before."
    )


Lines = Annotated[list[OrderLine], Field(min_length=1, max_length=1_000)]


class OrderFields(Asked):
    customer_reference: Annotated[Name, Field(max_length=80)] = ""
    priority: Priority | None = Field(default=None, description="The customer's where empty.")
    note: Words = ""
    attributes: Attributes = {}


class EnterOrder(OrderFields):
    number: Code | None = Field(default=None, description="Of a paper that exists already; else the next one.")
    customer: Code
    site: Code | None = Field(default=None, description="Where it is shipped from; any site where empty.")
    lines: Lines


@command(right=SELL)
def enter_order(at: At, request: EnterOrder) -> dict[str, object]:
    """An inquiry: it keeps nothing, but it is checked at once whether it can be delivered. Raises Unknown,
    NotInUse, Taken, NotWholeSteps."""
    customer = in_use(at, Customer, "customer", request.customer)
    order = SalesOrder(
        number=_number(at, request.number),
        state=ORDER.start,
        customer=customer,
        site_id=site_named(at, request.site),
        currency=customer.currency,
        priority=request.priority or min(customer.priority, 9) or 1,
        made_at=at.now,
        made_by=at.actor.user,
        **request.model_dump(include={"customer_reference", "note", "attributes"}),
    )
    answer = add(at, order)
    write_lines(at, order, request.lines)
    return {**answer, "number": order.number, "state": order.state, **told(check(at, order))}


def _number(at: At, given: str | None) -> str:
    if given is None:
        return next_number(at, "sales.salesorder", "SO")
    must_be_new(at, SalesOrder, "number", given, number=given)
    return number_given(at, "sales.salesorder", "SO", given)


class ChangeOrder(OrderFields, Opened):
    """``lines``, where they are given, replace those that are there."""

    lines: Annotated[list[OrderLine], Field(max_length=1_000)] = []


@command(right=SELL)
def change_order(at: At, request: ChangeOrder) -> dict[str, object]:
    """What is asked for has changed; a provisional hold ends with other lines. Raises NotFound, Stale, NotFromHere."""
    order = opened(at, SalesOrder, request.id, request.version)
    must_be_open_to(order, "sales.change_order")
    given = request.model_fields_set & {"customer_reference", "priority", "note", "attributes"}
    values: dict[str, Any] = {name: getattr(request, name) for name in given if getattr(request, name) is not None}
    if request.lines:
        before = _taken_out(at, order)
        write_lines(at, order, request.lines, before)
        values["held_until"] = None
    answer = go(at, order, "sales.change_order", to=ORDER.start if request.lines else order.state, **values)
    return {**answer, **told(check(at, order))}


def _taken_out(at: At, order: SalesOrder) -> list[dict[str, Any]]:
    """All lines go, with what was kept for them and what departments said of them; returns what they were."""
    rows = SalesLine.objects.of(at.company_id).filter(order=order).select_related("item").order_by("seq")
    gone = [
        {
            "seq": line.seq,
            "item": line.item.code,
            "qty": plain(line.qty_steps, line.item.decimals),
            "due_on": line.due_on,
        }
        for line in rows
    ]
    for line in rows:
        release_all(at, line)
    Requirement.objects.of(at.company_id).filter(line__order=order).delete()
    rows.delete()
    Confirmation.objects.of(at.company_id).filter(order=order).delete()
    for asked in (CONFIRM, REFUSED):
        drop_tasks(at, order, asked)
    return gone


def write_lines(at: At, order: SalesOrder, lines: Sequence[OrderLine], before: Sequence[dict[str, Any]] = ()) -> None:
    """The lines of an order that has none; ``before``: those that they replace. Raises Unknown, NotInUse, Taken,
    NotWholeSteps."""
    items = {item.code: item for item in Item.objects.of(at.company_id).filter(code__in={line.item for line in lines})}
    numbers = line_numbers([line.seq for line in lines])
    for place, (line, seq) in enumerate(zip(lines, numbers, strict=True)):
        if line.item not in items:
            raise Unknown(row=place, field="item", value=line.item, **nouns(Item))
        item = items[line.item]
        if not item.is_active:
            raise NotInUse(row=place, field="item", value=line.item)
        row = SalesLine(
            company_id=at.company_id,
            order=order,
            seq=seq,
            item=item,
            qty_steps=whole(line.qty, item.decimals, "qty"),
            price_millionths=item.price_millionths if line.price is None else whole(line.price, 6, "price"),
            due_on=line.due_on,
            note=line.note,
        )
        row.save(force_insert=True)
        Requirement.objects.bulk_create(
            [Requirement(company_id=at.company_id, line=row, text=text) for text in line.requirements]
        )
    old = {"lines": list(before)} if before else {}
    at.changed(order, old, {"lines": [line.model_dump(mode="json", exclude_unset=True) for line in lines]})


def line_of(at: At, order: SalesOrder, line_id: int) -> SalesLine:
    """Raises NoSuchLine."""
    row = SalesLine.objects.of(at.company_id).select_for_update(of=("self",)).filter(order=order, pk=line_id).first()
    if row is None:
        raise NoSuchLine(field="line", value=line_id, number=order.number)
    return row
