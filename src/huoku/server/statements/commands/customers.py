"""Settling a month with customers."""

from pydantic import Field

from huoku.server.documents.course import go, must_be_open_to
from huoku.server.partners.models import Customer
from huoku.server.platform.command import At, command
from huoku.server.platform.kept import named, opened
from huoku.server.platform.requests import Asked, Code, Opened
from huoku.server.sales.models import SalesOrder
from huoku.server.statements.commands.asked import (
    AgreeToStatement,
    CurrencyOrNone,
    DisputeStatement,
    InMonth,
    MonthText,
    first_of,
)
from huoku.server.statements.making import Side, made, made_for_all, remade, step
from huoku.server.statements.models import CustomerStatement, CustomerStatementLine
from huoku.server.statements.rights import SETTLE_CUSTOMERS
from huoku.server.statements.with_customers import entries_with_customers

SIDE = Side(
    CustomerStatement,
    CustomerStatementLine,
    Customer,
    SalesOrder,
    partner="customer",
    paper="shipment",
    prefix="CS",
    entries=entries_with_customers,
)


class MakeCustomerStatement(Asked):
    customer: Code
    month: MonthText
    currency: CurrencyOrNone = Field(default=None, description="Empty: the customer's.")


@command(right=SETTLE_CUSTOMERS)
def make_customer_statement(at: At, request: MakeCustomerStatement) -> dict[str, object]:
    """A draft of what the month with a customer came to. Raises Unknown, StillToCome, Taken."""
    partner = named(at, Customer, "customer", request.customer)
    return made(at, SIDE, partner, first_of(request.month), request.currency or partner.currency)


@command(right=SETTLE_CUSTOMERS)
def make_customer_statements(at: At, request: InMonth) -> dict[str, object]:
    """A draft for each customer with whom something happened, or stands open, and who has none for the month yet.
    Raises StillToCome."""
    return {"made": made_for_all(at, SIDE, first_of(request.month))}


@command(right=SETTLE_CUSTOMERS)
def remake_customer_statement(at: At, request: Opened) -> dict[str, object]:
    """Let it say what the papers say now. Raises NotFound, Stale, NotFromHere."""
    statement = opened(at, CustomerStatement, request.id, request.version)
    must_be_open_to(statement, "statements.remake_customer_statement")
    return go(at, statement, "statements.remake_customer_statement", **remade(at, SIDE, statement))


@command(right=SETTLE_CUSTOMERS)
def send_customer_statement(at: At, request: Opened) -> dict[str, object]:
    """The customer has it. Raises NotFound, Stale, NotFromHere."""
    return step(at, SIDE, request, "statements.send_customer_statement")


@command(right=SETTLE_CUSTOMERS)
def agree_customer_statement(at: At, request: AgreeToStatement) -> dict[str, object]:
    """The customer agrees. Raises NotFound, Stale, NotFromHere."""
    return step(at, SIDE, request, "statements.agree_customer_statement", answer=request.answer)


@command(right=SETTLE_CUSTOMERS)
def dispute_customer_statement(at: At, request: DisputeStatement) -> dict[str, object]:
    """The customer does not agree, and says why. Raises NotFound, Stale, NotFromHere."""
    return step(at, SIDE, request, "statements.dispute_customer_statement", answer=request.answer)
