"""Statements with customers."""

from django.db import models

from huoku.language import Sentence
from huoku.server.partners.models import Customer
from huoku.server.sales.models import SalesOrder, Shipment
from huoku.server.statements.models.statements import Statement, StatementLine


class CustomerStatement(Statement):
    noun = Sentence("客户对账单", "customer's statement")

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint("company", "number", name="customer_statement_number"),
            models.UniqueConstraint("company", "customer", "month", "currency", name="customer_statement_once"),
        ]


class CustomerStatementLine(StatementLine):
    at_site = ("order__site_id",)

    statement = models.ForeignKey(CustomerStatement, models.CASCADE, related_name="lines")
    order = models.ForeignKey(SalesOrder, models.PROTECT, related_name="+")
    shipment = models.ForeignKey(Shipment, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("statement", "seq", name="customer_statement_line_seq")]
