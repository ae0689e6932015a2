"""The tables of statements, one idea a file."""

from huoku.server.statements.models.customers import CustomerStatement, CustomerStatementLine
from huoku.server.statements.models.statements import Statement, StatementLine
from huoku.server.statements.models.suppliers import SupplierStatement, SupplierStatementLine

__all__ = [
    "CustomerStatement",
    "CustomerStatementLine",
    "Statement",
    "StatementLine",
    "SupplierStatement",
    "SupplierStatementLine",
]
