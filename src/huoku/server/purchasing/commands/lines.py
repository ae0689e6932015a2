"""The lines of a draft."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from huoku.server.documents.course import must_be_open_to
from huoku.server.documents.numbers import line_numbers
from huoku.server.items.models import Item
from huoku.server.ledger.refusals import NotInUse
from huoku.server.platform.command import At, command
from huoku.server.platform.days import days_after
from huoku.server.platform.exact import Amount, Positive, minor_digits, whole
from huoku.server.platform.kept import Unknown, change, nouns, opened, remove, rows_for
from huoku.server.platform.refusals import NotFound
from huoku.server.platform.requests import Asked, Code, DueDay, Id, Opened, Words
from huoku.server.purchasing.commands.requests import Demand
from huoku.server.purchasing.models import PurchaseDefaults, PurchaseLine, PurchaseOrder
from huoku.server.purchasing.pricing import terms_for
from huoku.server.purchasing.quantities import steps_of
from huoku.server.purchasing.releasing import release_requests
from huoku.server.purchasing.rights import ORDER
from huoku.server.purchasing.totals import reckon

Share = Annotated[Amount, Field(le=1)]
"""A part of the quantity: 0.05 is 5 %."""


class LineFields(Asked):
    price: Amount | None = Field(default=None, description="Agreed by hand; empty: by the supplier's terms.")
    order_fee: Amount | None = Field(default=None, description="Agreed by hand; empty: by the supplier's terms.")
    wanted_on: DueDay | None = Field(default=None, description="Empty: after the supplier's lead time.")
    over_tolerance: Share | None = Field(default=None, description="Empty: as the company set it.")
    under_tolerance: Share | None = Field(default=None, description="Empty: as the company set it.")
    demand: Demand = ""
    is_urgent: bool = False
    note: Words = ""


class NewLine(LineFields):
    item: Code
    qty: Positive
    seq: Annotated[int, Field(ge=1, le=9_999)] | None = Field(
        default=None, description="Its number on a paper that exists already; else after the last one."
    )


class AddPurchaseLine(NewLine):
    order_id: Id


class ChangePurchaseLine(LineFields, Opened):
    qty: Positive | None = None


@command(right=ORDER)
def add_line(at: At, request: AddPurchaseLine) -> dict[str, object]:
    """One more line of a draft. Raises Unknown, NotFromHere, NotWholeSteps."""
    order = rows_for(at.actor, PurchaseOrder).select_for_update(of=("self",)).filter(pk=request.order_id).first()
    if order is None:
        raise Unknown(field="order_id", value=request.order_id, **nouns(PurchaseOrder))
    must_be_open_to(order, "purchasing.add_line")
    (line,) = lines_of(at, order, [request])
    told = reckon(at, order, [line])
    return {"id": line.pk, "version": line.version, "order": told}


@command(right=ORDER)
def change_line(at: At, request: ChangePurchaseLine) -> dict[str, object]:
    """Other values for a line of a draft; a price or fee that is given as empty follows the terms again.

    Raises NotFound, Stale, NotFromHere, NotWholeSteps.
    """
    order = order_of(at, request.id)
    must_be_open_to(order, "purchasing.change_line")
    line = opened(at, PurchaseLine, request.id, request.version)
    given = request.model_fields_set - {"id", "version"}
    values = _columns(request, line.item, order.currency, given)
    if request.qty is not None:
        values["qty_steps"] = steps_of(line.item, request.qty)
    change(at, line, values)
    told = reckon(at, order)
    line.refresh_from_db(fields=["version"])
    return {"id": line.pk, "version": line.version, "order": told}


@command(right=ORDER)
def remove_line(at: At, request: Opened) -> dict[str, object]:
    """Take a line from a draft; a request that it came from is open again. Raises NotFound, Stale, NotFromHere."""
    order = order_of(at, request.id)
    must_be_open_to(order, "purchasing.remove_line")
    line = opened(at, PurchaseLine, request.id, request.version)
    gone = remove(at, line)
    release_requests(at, [line])
    return {**gone, "order": reckon(at, order)}


def order_of(at: At, line_id: int) -> PurchaseOrder:
    """The order of a line, locked before the line. Raises NotFound."""
    line = rows_for(at.actor, PurchaseLine).filter(pk=line_id).first()
    if line is None:
        raise NotFound(field="id", value=line_id, what="purchaseline")
    return opened(at, PurchaseOrder, line.order_id, None)


def lines_of(at: At, order: PurchaseOrder, asked: Sequence[NewLine]) -> list[PurchaseLine]:
    """New lines as they are asked for, not saved yet. Raises Unknown, NotInUse, Taken, NotWholeSteps, TooMuch."""
    items = _items(at, asked)
    today = at.today
    terms = terms_for(order, {item.pk for item in items}, today)
    defaults = PurchaseDefaults.objects.of(at.company_id).first() or PurchaseDefaults()
    there = PurchaseLine.objects.of(at.company_id).filter(order=order).values_list("seq", flat=True) if order.pk else ()
    numbers = line_numbers([line.seq for line in asked], there)
    made = []
    for place, (line, item, seq) in enumerate(zip(asked, items, numbers, strict=True)):
        of_item = terms.get(item.pk)
        lead_time = of_item.lead_time_days if of_item else item.lead_time_days
        row = PurchaseLine(
            order=order,
            item=item,
            seq=seq,
            qty_steps=steps_of(item, line.qty, row=place),
            wanted_on=days_after(today, lead_time),
            over_tolerance_millionths=defaults.over_tolerance_millionths,
            under_tolerance_millionths=defaults.under_tolerance_millionths,
        )
        given = {name for name in LineFields.model_fields if getattr(line, name) is not None}
        for name, value in _columns(line, item, order.currency, given).items():
            setattr(row, name, value)
        made.append(row)
    return made


def _items(at: At, asked: Sequence[NewLine]) -> list[Item]:
    known = {item.code: item for item in Item.objects.of(at.company_id).filter(code__in={line.item for line in asked})}
    for place, line in enumerate(asked):
        if line.item not in known:
            raise Unknown(row=place, field="item", value=line.item, **nouns(Item))
        if not known[line.item].is_active:
            raise NotInUse(row=place, field="item", value=line.item)
    return [known[line.item] for line in asked]


def _columns(line: LineFields, item: Item, currency: str, given: set[str]) -> dict[str, Any]:
    """What is ``given`` of a line, by column. A day, a tolerance that is empty stays as it is."""
    values: dict[str, Any] = {name: getattr(line, name) for name in given & {"demand", "is_urgent", "note"}}
    if "price" in given:
        values["price_is_agreed"] = line.price is not None
        values["price_millionths"] = None if line.price is None else whole(line.price, 6, "price")
    if "order_fee" in given:
        values["fee_is_agreed"] = line.order_fee is not None
        values["order_fee_minor"] = whole(line.order_fee or Decimal(), minor_digits(currency), "order_fee")
    if line.wanted_on is not None:
        values["wanted_on"] = line.wanted_on
    for name in ("over_tolerance", "under_tolerance"):
        if (share := getattr(line, name)) is not None:
            values[f"{name}_millionths"] = whole(share, 6, name)
    return values
