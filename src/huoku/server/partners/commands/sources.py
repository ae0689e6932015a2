"""Terms on which items are bought, and their price breaks."""

from datetime import date
from typing import Annotated, Literal

from django.db.models import F
from pydantic import Field, StringConstraints

from huoku.language import Sentence
from huoku.server.items.models import Item
from huoku.server.partners.commands.partners import Currency
from huoku.server.partners.models import PriceBreak, Source, Supplier
from huoku.server.partners.rights import EDIT_SUPPLIERS
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import Amount, in_columns
from huoku.server.platform.kept import Unknown, add, change, must_be_new, named, nouns, opened, remove
from huoku.server.platform.locks import alone
from huoku.server.platform.naming import Called
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import PRINTED, Asked, Code, Count, Id, Opened
from huoku.server.platform.validity import days_of, must_not_end_before_it_begins, must_not_overlap

Days = Annotated[int, Field(ge=0, le=36_500)]


Reason = Literal["", "setup", "freight", "administration", "material", "other"]


class SourceFields(Asked):
    supplier_item: Annotated[str, StringConstraints(strip_whitespace=True, max_length=80, pattern=PRINTED)] = ""
    moq: Amount = Field(default="0", validate_default=True)
    multiple: Amount = Field(default="0", validate_default=True)
    price: Amount | None = None
    order_fee: Amount = Field(default="0", validate_default=True)
    min_order_value: Amount = Field(default="0", validate_default=True)
    priority: Count = 5
    valid_from: date | None = None
    valid_to: date | None = None
    moq_reason: Reason = Field(default="", description="Why it has its minimum, as it said; for talks alone.")


class AddSource(SourceFields):
    item: Code
    supplier: Code
    lead_time_days: Days
    currency: Currency | None = Field(default=None, description="The supplier's where empty.")


class ChangeSource(SourceFields, Opened):
    """The currency stays: prices were agreed in it."""

    lead_time_days: Days = 0


@command(right=EDIT_SUPPLIERS)
def add_source(at: At, request: AddSource) -> dict[str, object]:
    """An item may be bought from a supplier. Raises Unknown, Overlaps, EndsBeforeItBegins, NotWholeSteps."""
    alone(at, "sources")
    item, supplier = named(at, Item, "item", request.item), named(at, Supplier, "supplier", request.supplier)
    currency = request.currency or supplier.currency
    values = in_columns(
        request, Source, decimals=item.decimals, currency=currency, skip=("item", "supplier", "currency")
    )
    row = Source(item=item, supplier=supplier, currency=currency, **values)
    _must_be_valid_alone(at, row)
    return add(at, row)


@command(right=EDIT_SUPPLIERS)
def change_source(at: At, request: ChangeSource) -> dict[str, object]:
    """Other terms. Raises NotFound, Stale, Overlaps, EndsBeforeItBegins, NotWholeSteps."""
    alone(at, "sources")
    row = opened(at, Source, request.id, request.version)
    values = in_columns(request, Source, decimals=row.item.decimals, currency=row.currency, skip=("id", "version"))
    told = change(at, row, values)
    _must_be_valid_alone(at, row)
    return told


@command(right=EDIT_SUPPLIERS)
def remove_source(at: At, request: Opened) -> dict[str, object]:
    """It is not bought there any more; its price breaks go with it. Raises NotFound, Stale, InUse."""
    return remove(at, opened(at, Source, request.id, request.version))


def _must_be_valid_alone(at: At, row: Source) -> None:
    must_not_end_before_it_begins(row.valid_from, row.valid_to)
    others = Source.objects.of(at.company_id).filter(item_id=row.item_id, supplier_id=row.supplier_id)
    must_not_overlap(
        others.exclude(pk=row.pk), row.valid_from, row.valid_to, lambda other: days_of(other.valid_from, other.valid_to)
    )


class AddPriceBreak(Asked):
    """Of the terms of ``item`` and ``supplier`` that begin on ``valid_from``; inside, ``source_id`` names them."""

    item: Code = ""
    supplier: Code = ""
    min_qty: Amount
    price: Amount
    valid_from: Annotated[
        date | None, Field(description="When the terms begin that it belongs to; empty: those that hold last.")
    ] = None
    source_id: Annotated[Id | None, Called("")] = None


class NoTerms(Refused):
    code, status = "no_terms", 422
    words = Sentence(
        "{supplier} 没有供应 {item} 的条件，先在“货源”里录入。",
        "{supplier} has no terms for {item}; enter them in the sources first.",
    )


class ChangePriceBreak(Opened):
    price: Amount


@command(right=EDIT_SUPPLIERS)
def add_price_break(at: At, request: AddPriceBreak) -> dict[str, object]:
    """From this quantity on the whole order has this price. Raises Unknown, NoTerms, Taken, NotWholeSteps."""
    source = _terms_of_break(at, request)
    of_terms = ("source_id", "item", "supplier", "valid_from")
    values = in_columns(request, PriceBreak, decimals=source.item.decimals, skip=of_terms)
    must_be_new(at, PriceBreak, "min_qty", request.min_qty, source=source, min_qty_steps=values["min_qty_steps"])
    return add(at, PriceBreak(source=source, **values))


def _terms_of_break(at: At, request: AddPriceBreak) -> Source:
    """Raises Unknown, NoTerms."""
    every = Source.objects.of(at.company_id).select_related("item")
    if request.source_id is not None:
        source = every.filter(pk=request.source_id).first()
        if source is None:
            raise Unknown(field="source_id", value=request.source_id, **nouns(Source))
        return source
    item, supplier = named(at, Item, "item", request.item), named(at, Supplier, "supplier", request.supplier)
    theirs = every.filter(item=item, supplier=supplier)
    if request.valid_from is not None:
        theirs = theirs.filter(valid_from=request.valid_from)
    source = theirs.order_by(F("valid_from").desc(nulls_last=True), "-pk").first()
    if source is None:
        raise NoTerms(field="valid_from" if request.valid_from else "supplier", supplier=supplier.code, item=item.code)
    return source


@command(right=EDIT_SUPPLIERS)
def change_price_break(at: At, request: ChangePriceBreak) -> dict[str, object]:
    """Another price from the same quantity on. Raises NotFound, Stale."""
    row = opened(at, PriceBreak, request.id, request.version)
    return change(at, row, in_columns(request, PriceBreak, skip=("id", "version")))


@command(right=EDIT_SUPPLIERS)
def remove_price_break(at: At, request: Opened) -> dict[str, object]:
    """The break is gone. Raises NotFound, Stale."""
    return remove(at, opened(at, PriceBreak, request.id, request.version))
