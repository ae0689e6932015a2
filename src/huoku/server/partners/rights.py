"""What may be done to suppliers, customers and their terms."""

from huoku.language import Sentence
from huoku.server.platform.roles import INSIDE, Role, declare

READ = declare("partners.read", Sentence("看供应商和客户", "read suppliers and customers"), INSIDE)
EDIT_SUPPLIERS = declare(
    "partners.edit_suppliers", Sentence("改供应商和货源", "change suppliers and sources"), {Role.BUYER, Role.ADMIN}
)
EDIT_CUSTOMERS = declare("partners.edit_customers", Sentence("改客户", "change customers"), {Role.SALES, Role.ADMIN})
