"""Settling a month with suppliers."""

from pydantic import Field

from huoku.server.documents.course import go, must_be_open_to
from huoku.server.partners.models import Supplier
from huoku.server.platform.command import At, command
from huoku.server.platform.kept import named, opened
from huoku.server.platform.requests import Asked, Code, Opened
from huoku.server.purchasing.models import PurchaseOrder
from huoku.server.statements.commands.asked import (
    AgreeToStatement,
    CurrencyOrNone,
    DisputeStatement,
    InMonth,
    MonthText,
    first_of,
)
from huoku.server.statements.making import Side, made, made_for_all, remade, step
from huoku.server.statements.models import SupplierStatement, SupplierStatementLine
from huoku.server.statements.rights import SETTLE_SUPPLIERS
from huoku.server.statements.with_suppliers import entries_with_suppliers

SIDE = Side(
    SupplierStatement,
    SupplierStatementLine,
    Supplier,
    PurchaseOrder,
    partner="supplier",
    paper="receipt",
    prefix="SS",
    entries=entries_with_suppliers,
)


class MakeSupplierStatement(Asked):
    supplier: Code
    month: MonthText
    currency: CurrencyOrNone = Field(default=None, description="Empty: the supplier's.")


@command(right=SETTLE_SUPPLIERS)
def make_supplier_statement(at: At, request: MakeSupplierStatement) -> dict[str, object]:
    """A draft of what the month with a supplier came to. Raises Unknown, StillToCome, Taken."""
    partner = named(at, Supplier, "supplier", request.supplier)
    return made(at, SIDE, partner, first_of(request.month), request.currency or partner.currency)


@command(right=SETTLE_SUPPLIERS)
def make_supplier_statements(at: At, request: InMonth) -> dict[str, object]:
    """A draft for each supplier with whom something happened, or stands open, and who has none for the month yet.
    Raises StillToCome."""
    return {"made": made_for_all(at, SIDE, first_of(request.month))}


@command(right=SETTLE_SUPPLIERS)
def remake_supplier_statement(at: At, request: Opened) -> dict[str, object]:
    """Let it say what the papers say now. Raises NotFound, Stale, NotFromHere."""
    statement = opened(at, SupplierStatement, request.id, request.version)
    must_be_open_to(statement, "statements.remake_supplier_statement")
    return go(at, statement, "statements.remake_supplier_statement", **remade(at, SIDE, statement))


@command(right=SETTLE_SUPPLIERS)
def send_supplier_statement(at: At, request: Opened) -> dict[str, object]:
    """The supplier has it. Raises NotFound, Stale, NotFromHere."""
    return step(at, SIDE, request, "statements.send_supplier_statement")


@command(right=SETTLE_SUPPLIERS)
def agree_supplier_statement(at: At, request: AgreeToStatement) -> dict[str, object]:
    """The supplier agrees. Raises NotFound, Stale, NotFromHere."""
    return step(at, SIDE, request, "statements.agree_supplier_statement", answer=request.answer)


@command(right=SETTLE_SUPPLIERS)
def dispute_supplier_statement(at: At, request: DisputeStatement) -> dict[str, object]:
    """The supplier does not agree, and says why. Raises NotFound, Stale, NotFromHere."""
    return step(at, SIDE, request, "statements.dispute_supplier_statement", answer=request.answer)
