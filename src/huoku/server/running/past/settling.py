"""Each month is settled with customers and suppliers: made, sent, now and then disputed, agreed to."""

from datetime import timedelta
from typing import Any

from huoku.server.platform.command import Command
from huoku.server.platform.roles import Role
from huoku.server.running.past.people import People
from huoku.server.statements.commands import customers, suppliers
from huoku.server.statements.models import CustomerStatement, Statement, SupplierStatement

WRONG = "少算了一张送货单 a delivery note is missing"


def make_statements(people: People) -> None:
    """Of the month that has just ended, with everybody with whom something happened; they are sent at once."""
    last = (people.today.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
    people.does(Role.FINANCE, customers.make_customer_statements, month=last)
    people.does(Role.FINANCE, suppliers.make_supplier_statements, month=last)
    _each(people, CustomerStatement, "draft", customers.send_customer_statement)
    _each(people, SupplierStatement, "draft", suppliers.send_supplier_statement)


def hear_answers(people: People) -> None:
    """Partners answer within days; what they find wrong is made anew and sent again."""
    _each(people, CustomerStatement, "disputed", customers.remake_customer_statement)
    _each(people, CustomerStatement, "draft", customers.send_customer_statement)
    _each(people, SupplierStatement, "disputed", suppliers.remake_supplier_statement)
    _each(people, SupplierStatement, "draft", suppliers.send_supplier_statement)
    _each(people, CustomerStatement, "sent", customers.dispute_customer_statement, share=0.03, answer=WRONG)
    _each(people, SupplierStatement, "sent", suppliers.dispute_supplier_statement, share=0.03, answer=WRONG)
    _each(people, CustomerStatement, "sent", customers.agree_customer_statement, share=0.3)
    _each(people, SupplierStatement, "sent", suppliers.agree_supplier_statement, share=0.3)


def _each(
    people: People, model: type[Statement], state: str, what: Command[Any], *, share: float = 1.0, **fields: str
) -> None:
    for pk in model.objects.of(people.company).filter(state=state).order_by("pk").values_list("pk", flat=True):
        if people.happens(share):
            people.does(Role.FINANCE, what, id=pk, **fields)
