"""Statements with suppliers."""

from django.db import models

from huoku.language import Sentence
from huoku.server.partners.models import Supplier
from huoku.server.purchasing.models import PurchaseOrder, PurchaseReceipt
from huoku.server.statements.models.statements import Statement, StatementLine


class SupplierStatement(Statement):
    noun = Sentence("供应商对账单", "supplier's statement")

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint("company", "number", name="supplier_statement_number"),
            models.UniqueConstraint("company", "supplier", "month", "currency", name="supplier_statement_once"),
        ]


class SupplierStatementLine(StatementLine):
    at_site = ("order__site_id",)

    statement = models.ForeignKey(SupplierStatement, models.CASCADE, related_name="lines")
    order = models.ForeignKey(PurchaseOrder, models.PROTECT, related_name="+")
    receipt = models.ForeignKey(PurchaseReceipt, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("statement", "seq", name="supplier_statement_line_seq")]
