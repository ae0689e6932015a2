"""What may be done to suppliers, customers and their terms."""

from huoku.server.platform.roles import INSIDE, Role, declare

READ = declare("partners.read", INSIDE)
EDIT_SUPPLIERS = declare("partners.edit_suppliers", {Role.BUYER, Role.ADMIN})
EDIT_CUSTOMERS = declare("partners.edit_customers", {Role.SALES, Role.ADMIN})
