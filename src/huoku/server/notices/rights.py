"""Who says how he is told, and who sets up the robots."""

from huoku.server.platform.roles import INSIDE, Role, declare

OWN = declare("notices.own", INSIDE)
"""To say how one is told oneself."""
MANAGE = declare("notices.manage", {Role.ADMIN})
"""Robots, confirming people's addresses, sending again."""
KEEP = declare("notices.keep", {Role.ADMIN})
"""What was not delivered; the server writes it down, there is no door for people."""
