"""What may be done to the item master."""

from huoku.server.platform.roles import INSIDE, Role, declare

READ = declare("items.read", INSIDE)
EDIT = declare("items.edit", {Role.ENGINEER, Role.PLANNER, Role.ADMIN})
