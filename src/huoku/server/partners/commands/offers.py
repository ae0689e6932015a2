"""What suppliers have offered in writing: filed, corrected, taken out."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from huoku.language import Sentence
from huoku.server.items.models import Item
from huoku.server.partners.models import Supplier, SupplierOffer
from huoku.server.partners.rights import EDIT_SUPPLIERS
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import Amount, in_columns
from huoku.server.platform.kept import add, change, must_be_new, named, opened, remove
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import Asked, Code, Opened, Words

Days = Annotated[int, Field(ge=0, le=3_650)]
CALLS = SupplierOffer.Kind.CALLS


class ContractNeedsQuantity(Refused):
    code = "contract_needs_quantity"
    words = Sentence(
        "按需叫货的合同要写明一共多少，这里是 {value}。",
        "A contract in calls says how much it is in all; here it is {value}.",
    )


class OtherCurrency(Refused):
    code = "offer_in_other_currency"
    words = Sentence(
        "{supplier} 用 {value} 结算，和别的买法没法比。请先换算成 {currency}，登记在用 {currency} 结算的供应商名下。",
        "{supplier} is paid in {value}, which cannot be set beside other ways to buy. Convert the offer to {currency} "
        "and file it under a supplier that is paid so.",
    )


class OfferFields(Asked):
    kind: Literal["small_lot", "calls"] = "small_lot"
    qty: Amount = Field(
        default="0", validate_default=True, description="Of a small lot the least, 0 for any; of a contract all of it."
    )
    price: Amount = Field(description="Of one unit.")
    fee: Amount = Field(default="0", validate_default=True, description="Of the small lot, or of each call.")
    call: Amount = Field(default="0", validate_default=True, description="Each call is a multiple of it; 0: any.")
    cancel_fee: Amount = Field(default="0", validate_default=True, description="For each unit that is never called.")
    lead_time_days: Days = Field(description="From the order, or the call, to its arrival.")
    valid_until: date | None = Field(default=None, description="The last day of it.")
    note: Words = ""


class AddOffer(OfferFields):
    item: Code
    supplier: Code
    number: Code = Field(description="The supplier's number of the paper, or its day.")


class ChangeOffer(OfferFields, Opened):
    price: Amount = Field(default="0", validate_default=True, description="Of one unit.")
    lead_time_days: Days = Field(default=0, description="From the order, or the call, to its arrival.")


@command(right=EDIT_SUPPLIERS)
def add_offer(at: At, request: AddOffer) -> dict[str, object]:
    """File it. Raises Unknown, Taken, NotWholeSteps, ContractNeedsQuantity, OtherCurrency."""
    item, supplier = named(at, Item, "item", request.item), named(at, Supplier, "supplier", request.supplier)
    currency = at.actor.company.currency
    if supplier.currency != currency:
        raise OtherCurrency(field="supplier", supplier=supplier.code, value=supplier.currency, currency=currency)
    must_be_new(at, SupplierOffer, "number", request.number, supplier=supplier, item=item, number=request.number)
    values = in_columns(
        request, SupplierOffer, decimals=item.decimals, currency=currency, skip=("item", "supplier", "number")
    )
    row = SupplierOffer(item=item, supplier=supplier, number=request.number, **values)
    _must_say_how_much(row.kind, row.qty_steps)
    return add(at, row)


@command(right=EDIT_SUPPLIERS)
def change_offer(at: At, request: ChangeOffer) -> dict[str, object]:
    """Other terms. Raises NotFound, Stale, NotWholeSteps, ContractNeedsQuantity."""
    row = opened(at, SupplierOffer, request.id, request.version)
    currency = at.actor.company.currency
    values: dict[str, Any] = in_columns(
        request, SupplierOffer, decimals=row.item.decimals, currency=currency, skip=("id", "version")
    )
    _must_say_how_much(values.get("kind", row.kind), values.get("qty_steps", row.qty_steps))
    return change(at, row, values)


@command(right=EDIT_SUPPLIERS)
def remove_offer(at: At, request: Opened) -> dict[str, object]:
    """It holds no more. Raises NotFound, Stale."""
    return remove(at, opened(at, SupplierOffer, request.id, request.version))


def _must_say_how_much(kind: str, qty_steps: int) -> None:
    if kind == CALLS and not qty_steps:
        raise ContractNeedsQuantity(field="qty", value=qty_steps)
