"""Who may see what was agreed with customers and suppliers, and settle it with them."""

from huoku.language import Sentence
from huoku.server.platform.roles import Role, declare

READ_CUSTOMERS = declare(
    "statements.read_customers",
    Sentence("看客户对账单", "read customers' statements"),
    {Role.SALES, Role.FINANCE, Role.AUDITOR},
)
SETTLE_CUSTOMERS = declare(
    "statements.settle_customers", Sentence("与客户对账", "settle with customers"), {Role.SALES, Role.FINANCE}
)
READ_SUPPLIERS = declare(
    "statements.read_suppliers",
    Sentence("看供应商对账单", "read suppliers' statements"),
    {Role.BUYER, Role.FINANCE, Role.AUDITOR},
)
SETTLE_SUPPLIERS = declare(
    "statements.settle_suppliers", Sentence("与供应商对账", "settle with suppliers"), {Role.BUYER, Role.FINANCE}
)
