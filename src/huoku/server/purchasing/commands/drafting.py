"""Writing a draft of an order to one supplier."""

from typing import Annotated

from pydantic import Field

from huoku.server.documents.course import must_be_open_to
from huoku.server.documents.in_use import in_use
from huoku.server.documents.numbers import next_number, number_given
from huoku.server.documents.places import place_for_goods
from huoku.server.ledger.models import Location
from huoku.server.partners.commands.partners import Currency
from huoku.server.partners.models import Supplier
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import Positive, whole
from huoku.server.platform.kept import add, must_be_new, opened
from huoku.server.platform.requests import Asked, Attributes, Code, Opened, Words
from huoku.server.purchasing.commands.lines import NewLine, lines_of
from huoku.server.purchasing.models import PurchaseOrder
from huoku.server.purchasing.rights import ORDER
from huoku.server.purchasing.states import ORDER as COURSE
from huoku.server.purchasing.totals import reckon

PaymentDays = Annotated[int, Field(ge=0, le=3_650)]
PAR = 10**6
"""One unit of a currency for one of the same."""


class AddPurchaseOrder(Asked):
    number: Code | None = Field(default=None, description="Of a paper that exists already; else the next one.")
    supplier: Code
    location: Code = Field(description="Where the goods are to be received.")
    currency: Currency | None = Field(default=None, description="The supplier's where empty.")
    rate: Positive | None = Field(default=None, description="Of the company's currency for one of the order's.")
    payment_days: PaymentDays | None = Field(default=None, description="The supplier's where empty.")
    terms: Words = ""
    note: Words = ""
    attributes: Attributes = {}
    lines: Annotated[list[NewLine], Field(max_length=1_000)] = []


@command(right=ORDER)
def add_order(at: At, request: AddPurchaseOrder) -> dict[str, object]:
    """A draft. Tells what it comes to and what is doubtful of it.

    Raises Unknown, NotInUse, NotForGoods, NotWholeSteps.
    """
    supplier = in_use(at, Supplier, "supplier", request.supplier)
    if request.number is not None:
        must_be_new(at, PurchaseOrder, "number", request.number, number=request.number)
    place = place_for_goods(at, request.location)
    order = begin(at, supplier, place, request.currency or supplier.currency, request.number)
    if request.rate is not None and order.currency != at.actor.company.currency:
        order.rate_millionths = whole(request.rate, 6, "rate")
    order.payment_days = supplier.payment_days if request.payment_days is None else request.payment_days
    order.terms, order.note, order.attributes = request.terms, request.note, request.attributes
    add(at, order)
    return reckon(at, order, lines_of(at, order, request.lines))


def begin(at: At, supplier: Supplier, location: Location, currency: str, number: str | None = None) -> PurchaseOrder:
    """A numbered order that is not saved yet. ``number``: of a paper that exists already."""
    kind = PurchaseOrder._meta.label_lower
    return PurchaseOrder(
        company=at.actor.company,
        number=number_given(at, kind, "PO", number) if number else next_number(at, kind, "PO"),
        state=COURSE.start,
        supplier=supplier,
        location=location,
        site_id=location.site_id,
        currency=currency,
        rate_millionths=PAR if currency == at.actor.company.currency else None,
        payment_days=supplier.payment_days,
        made_at=at.now,
        made_by=at.actor.user,
    )


class ChangePurchaseOrder(Opened):
    location: Code | None = None
    rate: Positive | None = None
    payment_days: PaymentDays | None = None
    terms: Words | None = None
    note: Words | None = None
    attributes: Attributes | None = None


@command(right=ORDER)
def change_order(at: At, request: ChangePurchaseOrder) -> dict[str, object]:
    """Another place, rate or other terms of a draft; supplier and currency stay, for prices were agreed in it.

    Raises NotFound, Stale, NotFromHere, Unknown, NotForGoods.
    """
    order = opened(at, PurchaseOrder, request.id, request.version)
    must_be_open_to(order, "purchasing.change_order")
    values = request.model_dump(include={"payment_days", "terms", "note", "attributes"}, exclude_none=True)
    if request.location is not None:
        place = place_for_goods(at, request.location)
        values |= {"location": place, "site_id": place.site_id}
    if request.rate is not None and order.currency != at.actor.company.currency:
        values["rate_millionths"] = whole(request.rate, 6, "rate")
    return reckon(at, order, **values)
