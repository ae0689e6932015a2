"""Suppliers, their terms and customers as people and programs see them."""

from huoku.factory import inputs
from huoku.language import Sentence
from huoku.server.partners.commands import offers, partners, sources
from huoku.server.partners.models import REASONS, Customer, PriceBreak, Source, Supplier, SupplierDay, SupplierOffer
from huoku.server.partners.rights import READ
from huoku.server.platform.roles import FieldGroup
from huoku.server.platform.tables.kinds import ID, TEXT
from huoku.server.platform.tables.table import Column, Expand, declare

PARTNER = (
    *("id", "code", "name", "name_en", "contact", "phone", "email", "address", "currency", "payment_days"),
    *("attributes", "is_active", "version"),
)

declare(
    "suppliers",
    Supplier,
    read=READ,
    title=Sentence("供应商", "Suppliers"),
    columns=PARTNER,
    hidden={FieldGroup.SUPPLIER_TERMS: "contact phone email payment_days attributes"},
    expands={
        "sources": Expand("sources", "supplier_id", many=True),
        "offers": Expand("supplier_offers", "supplier_id", many=True),
        "days": Expand("supplier_days", "supplier_id", many=True),
    },
    add=partners.add_supplier,
    change=partners.change_supplier,
)
declare(
    "supplier_days",
    SupplierDay,
    read=READ,
    title=Sentence("供应商的日历", "Open and closed days of suppliers"),
    columns=("id", "supplier", "date", "is_open", "version"),
    expands={"supplier": Expand("suppliers", "supplier_id")},
    add=partners.add_supplier_day,
    change=partners.change_supplier_day,
    remove=partners.remove_supplier_day,
)
declare(
    "customers",
    Customer,
    read=READ,
    title=Sentence("客户", "Customers"),
    columns=(*PARTNER, "priority"),
    hidden={FieldGroup.CUSTOMER_IDENTITY: "name name_en contact phone email address payment_days attributes"},
    add=partners.add_customer,
    change=partners.change_customer,
)
declare(
    "sources",
    Source,
    read=READ,
    title=Sentence("货源：向谁买，什么条件", "Sources: who sells what, on which terms"),
    words={column.name: column.note for column in inputs.SOURCES.columns},
    columns=(
        *("id", "item", "supplier", "supplier_item", "moq", "multiple"),
        *(Column("unit", "item__unit", TEXT, nullable=False), "lead_time_days", "price", "order_fee"),
        *("min_order_value", "currency", "priority", "valid_from", "valid_to", "moq_reason", "version"),
    ),
    values={"moq_reason": {"": Sentence("还没问到", "not known yet"), **REASONS}},
    hidden={FieldGroup.SUPPLIER_TERMS: "moq multiple price order_fee min_order_value priority"},
    decimals="item__decimals",
    currency="currency",
    expands={
        "item": Expand("items", "item_id"),
        "supplier": Expand("suppliers", "supplier_id"),
        "price_breaks": Expand("price_breaks", "source_id", many=True),
    },
    add=sources.add_source,
    change=sources.change_source,
    remove=sources.remove_source,
)
declare(
    "price_breaks",
    PriceBreak,
    read=READ,
    title=Sentence("价格阶梯", "Price breaks"),
    words={column.name: column.note for column in inputs.PRICE_BREAKS.columns},
    columns=(
        *("id", "source", Column("item", "source__item__code", TEXT, nullable=False)),
        *(Column("item_id", "source__item_id", ID, nullable=False),),
        *(Column("supplier", "source__supplier__code", TEXT, nullable=False), "min_qty"),
        *(Column("unit", "source__item__unit", TEXT, nullable=False), "price"),
        *(Column("currency", "source__currency", TEXT, nullable=False), "version"),
    ),
    hidden={FieldGroup.SUPPLIER_TERMS: "min_qty price"},
    decimals="source__item__decimals",
    expands={"source": Expand("sources", "source_id"), "item": Expand("items", "item_id")},
    add=sources.add_price_break,
    change=sources.change_price_break,
    remove=sources.remove_price_break,
)
declare(
    "supplier_offers",
    SupplierOffer,
    read=READ,
    title=Sentence("供应商的书面报价", "Written offers of suppliers"),
    columns=(
        *("id", "number", "supplier", "item", "kind", "qty", Column("unit", "item__unit", TEXT, nullable=False)),
        *("price", "fee", "call", "cancel_fee", "lead_time_days", "valid_until", "note", "version"),
    ),
    values={
        "kind": {
            "small_lot": Sentence("只做要的量", "a small lot"),
            "calls": Sentence("一份合同，按需叫货", "one contract, called as needed"),
        }
    },
    hidden={FieldGroup.SUPPLIER_TERMS: "qty price fee call cancel_fee"},
    decimals="item__decimals",
    expands={"item": Expand("items", "item_id"), "supplier": Expand("suppliers", "supplier_id")},
    add=offers.add_offer,
    change=offers.change_offer,
    remove=offers.remove_offer,
)
