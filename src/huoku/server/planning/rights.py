"""What may be done with plans, and by whom."""

from huoku.server.platform.roles import INSIDE, Role, declare

READ = declare("planning.read", INSIDE)
PLAN = declare("planning.plan", {Role.PLANNER, Role.BUYER, Role.PRODUCTION_LEAD})
"""To have a plan worked out, for real or as a trial."""
DECIDE = declare("planning.decide", {Role.PLANNER, Role.BUYER})
"""To accept, change and reject proposals."""
QUOTE = declare("planning.quote", {Role.PLANNER, Role.SALES, Role.PRODUCTION_LEAD})
"""To ask when an inquiry could be delivered."""
CALL_OFF = declare("planning.call_off", {Role.SALES})
"""To make an order of what a contract obliges to."""
EDIT = declare("planning.edit", {Role.PLANNER, Role.ADMIN})
"""Forecasts, lanes, rates: what only plans look at."""
BRING_IN = declare("planning.bring_in", {Role.ADMIN})
"""To fill an empty company from a factory folder."""
EXPORT = declare("planning.export", {Role.PLANNER, Role.AUDITOR})
"""A whole factory holds every field, so only those export it who see all field groups."""
