"""What may be done with customers' orders, and by whom."""

from huoku.server.platform.roles import INSIDE, Role, declare

READ = declare("sales.read", INSIDE)
SELL = declare("sales.sell", {Role.SALES})
"""Inquiries, holds, confirming, changing, cancelling."""
AGREE_LOCK = declare("sales.agree_lock", {Role.SALES, Role.PRODUCTION_LEAD, Role.PLANNER})
"""To ask for a lock period and to agree to one that the other side asked for."""
CONFIRM_FOR_DEPARTMENT = declare(
    "sales.confirm_for_department", {Role.STOREKEEPER, Role.BUYER, Role.PRODUCTION_LEAD, Role.PLANNER}
)
CHECK_OFF = declare("sales.check_off", {Role.STOREKEEPER, Role.PRODUCTION_LEAD, Role.SALES})
TAKE_OVER = declare("sales.take_over", {Role.ADMIN})
"""To enter orders that were promised before there was this system, unchecked."""
SHIP = declare("sales.ship", {Role.STOREKEEPER})
SET_RULES = declare("sales.set_rules", {Role.ADMIN})
