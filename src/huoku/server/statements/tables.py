"""Statements as people and programs see them; each line opens its papers."""

from typing import Any

from huoku.language import Sentence
from huoku.server.platform.roles import FieldGroup
from huoku.server.platform.tables.kinds import TEXT
from huoku.server.platform.tables.table import Column, Expand, declare
from huoku.server.statements.commands import customers, suppliers
from huoku.server.statements.models import (
    CustomerStatement,
    CustomerStatementLine,
    SupplierStatement,
    SupplierStatementLine,
)
from huoku.server.statements.rights import READ_CUSTOMERS, READ_SUPPLIERS

SUMS = ("ordered", "moved", "returned", "due", "open")
UNIT = Column("unit", "item__unit", TEXT, nullable=False)


def _columns(partner: str) -> tuple[Any, ...]:
    said = ("note", "answer", "attributes", "made_at", Column("by", "made_by__username", TEXT), "version")
    return ("id", "number", "state", partner, "month", "currency", *SUMS, "unpriced", "site", *said)


def _line_columns(paper: Any) -> tuple[Any, ...]:
    return ("id", "statement", "seq", "kind", "on", "order", paper, "item", "qty", UNIT, "price", "amount")


declare(
    "customer_statements",
    CustomerStatement,
    read=READ_CUSTOMERS,
    title=Sentence("客户对账单", "Customer statements"),
    columns=_columns("customer"),
    hidden={
        FieldGroup.CUSTOMER_IDENTITY: "customer customer_id",
        FieldGroup.SALES_PRICE: " ".join(SUMS),
    },
    currency="currency",
    expands={
        "customer": Expand("customers", "customer_id"),
        "lines": Expand("customer_statement_lines", "statement_id", many=True),
    },
    add=customers.make_customer_statement,
    actions={
        "make_all": customers.make_customer_statements,
        "remake": customers.remake_customer_statement,
        "send": customers.send_customer_statement,
        "agree": customers.agree_customer_statement,
        "dispute": customers.dispute_customer_statement,
    },
)
declare(
    "customer_statement_lines",
    CustomerStatementLine,
    read=READ_CUSTOMERS,
    title=Sentence("客户对账单的行", "Lines of statements with customers"),
    columns=_line_columns("shipment"),
    hidden={FieldGroup.SALES_PRICE: "price amount"},
    decimals="item__decimals",
    currency="statement__currency",
    expands={
        "statement": Expand("customer_statements", "statement_id"),
        "order": Expand("sales_orders", "order_id"),
        "shipment": Expand("shipments", "shipment_id"),
        "item": Expand("items", "item_id"),
    },
)
declare(
    "supplier_statements",
    SupplierStatement,
    read=READ_SUPPLIERS,
    title=Sentence("供应商对账单", "Supplier statements"),
    columns=_columns("supplier"),
    hidden={FieldGroup.SUPPLIER_TERMS: " ".join(SUMS)},
    currency="currency",
    expands={
        "supplier": Expand("suppliers", "supplier_id"),
        "lines": Expand("supplier_statement_lines", "statement_id", many=True),
    },
    add=suppliers.make_supplier_statement,
    actions={
        "make_all": suppliers.make_supplier_statements,
        "remake": suppliers.remake_supplier_statement,
        "send": suppliers.send_supplier_statement,
        "agree": suppliers.agree_supplier_statement,
        "dispute": suppliers.dispute_supplier_statement,
    },
)
declare(
    "supplier_statement_lines",
    SupplierStatementLine,
    read=READ_SUPPLIERS,
    title=Sentence("供应商对账单的行", "Lines of statements with suppliers"),
    columns=(*_line_columns("receipt"), Column("delivery_note", "receipt__delivery_note", TEXT)),
    hidden={FieldGroup.SUPPLIER_TERMS: "price amount"},
    decimals="item__decimals",
    currency="statement__currency",
    expands={
        "statement": Expand("supplier_statements", "statement_id"),
        "order": Expand("purchase_orders", "order_id"),
        "receipt": Expand("purchase_receipts", "receipt_id"),
        "item": Expand("items", "item_id"),
    },
)
