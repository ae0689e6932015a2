"""Terms on which items are bought, and their price breaks."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from huoku.server.items.models import Item
from huoku.server.partners.commands.partners import Currency
from huoku.server.partners.models import PriceBreak, Source, Supplier
from huoku.server.partners.rights import EDIT_SUPPLIERS
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import Amount, in_columns
from huoku.server.platform.kept import Unknown, add, change, must_be_new, named, nouns, opened, remove
from huoku.server.platform.locks import alone
from huoku.server.platform.requests import PRINTED, Asked, Code, Count, Id, Opened
from huoku.server.platform.validity import must_not_end_before_it_begins, must_not_overlap

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
        others.exclude(pk=row.pk), row.valid_from, row.valid_to, lambda other: f"{other.valid_from}..{other.valid_to}"
    )


class AddPriceBreak(Asked):
    source_id: Id
    min_qty: Amount
    price: Amount


class ChangePriceBreak(Opened):
    price: Amount


@command(right=EDIT_SUPPLIERS)
def add_price_break(at: At, request: AddPriceBreak) -> dict[str, object]:
    """From this quantity on the whole order has this price. Raises Unknown, Taken, NotWholeSteps."""
    source = Source.objects.of(at.company_id).filter(pk=request.source_id).select_related("item").first()
    if source is None:
        raise Unknown(field="source_id", value=request.source_id, **nouns(Source))
    values = in_columns(request, PriceBreak, decimals=source.item.decimals, skip=("source_id",))
    must_be_new(at, PriceBreak, "min_qty", request.min_qty, source=source, min_qty_steps=values["min_qty_steps"])
    return add(at, PriceBreak(source=source, **values))


@command(right=EDIT_SUPPLIERS)
def change_price_break(at: At, request: ChangePriceBreak) -> dict[str, object]:
    """Another price from the same quantity on. Raises NotFound, Stale."""
    row = opened(at, PriceBreak, request.id, request.version)
    return change(at, row, in_columns(request, PriceBreak, skip=("id", "version")))


@command(right=EDIT_SUPPLIERS)
def remove_price_break(at: At, request: Opened) -> dict[str, object]:
    """The break is gone. Raises NotFound, Stale."""
    return remove(at, opened(at, PriceBreak, request.id, request.version))
