"""What may be done in production, and by whom."""

from huoku.server.platform.roles import INSIDE, Role, declare

READ = declare("production.read", INSIDE)
PLAN = declare("production.plan", {Role.PLANNER, Role.PRODUCTION_LEAD})
RELEASE = declare("production.release", {Role.PLANNER, Role.PRODUCTION_LEAD})
ISSUE = declare("production.issue", {Role.STOREKEEPER, Role.PRODUCTION_LEAD})
SUBSTITUTE = declare("production.substitute", {Role.STOREKEEPER, Role.PRODUCTION_LEAD, Role.ENGINEER})
APPROVE_SUBSTITUTE = declare("production.approve_substitute", {Role.ENGINEER})
"""To answer for a substitute that the item master does not allow."""
RUN = declare("production.run", {Role.PRODUCTION_LEAD})
"""To start, pause and report operations, and to finish an order."""
TAKE_OVER = declare("production.take_over", {Role.ADMIN})
"""To enter orders that were begun before there was this system."""
CLOSE = declare("production.close", {Role.PRODUCTION_LEAD, Role.PLANNER, Role.FINANCE})
