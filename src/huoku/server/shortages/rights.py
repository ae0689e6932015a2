"""What may be done about shortages, and by whom. What a way out does asks for the rights of that besides."""

from huoku.server.platform.roles import INSIDE, Role, declare

READ = declare("shortages.read", INSIDE)
OPEN = declare(
    "shortages.open",
    {Role.STOREKEEPER, Role.PRODUCTION_LEAD, Role.PLANNER, Role.BUYER, Role.ENGINEER, Role.SALES},
)
VERIFY = declare("shortages.verify", {Role.STOREKEEPER, Role.PRODUCTION_LEAD})
"""To say what really lies in the bin; the right to count is asked for besides."""
ACT = declare("shortages.act", {Role.PLANNER, Role.PRODUCTION_LEAD, Role.ENGINEER})
"""To look again how a shortage stands, and to choose a way out."""
CLOSE = declare("shortages.close", {Role.PLANNER, Role.PRODUCTION_LEAD})
"""To say that it is over, and what its cause was."""
APPROVE_NEAR_MATCH = declare("shortages.approve_near_match", {Role.ENGINEER})
"""To answer for it that something alike does not touch the quality."""
