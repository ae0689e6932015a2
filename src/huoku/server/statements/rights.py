"""Who may see what was agreed with customers and suppliers, and settle it with them."""

from huoku.server.platform.roles import Role, declare

READ_CUSTOMERS = declare("statements.read_customers", {Role.SALES, Role.FINANCE, Role.AUDITOR})
SETTLE_CUSTOMERS = declare("statements.settle_customers", {Role.SALES, Role.FINANCE})
READ_SUPPLIERS = declare("statements.read_suppliers", {Role.BUYER, Role.FINANCE, Role.AUDITOR})
SETTLE_SUPPLIERS = declare("statements.settle_suppliers", {Role.BUYER, Role.FINANCE})
