"""What may be done to stock, and by whom."""

from huoku.server.platform.roles import INSIDE, Role, declare

READ = declare("ledger.read", INSIDE)
SET_UP = declare("ledger.set_up", {Role.ADMIN, Role.PLANNER})
MOVE = declare("ledger.move", {Role.STOREKEEPER, Role.PRODUCTION_LEAD})
REVERSE = declare("ledger.reverse", {Role.STOREKEEPER, Role.FINANCE})
CHANGE_STATUS = declare("ledger.change_status", {Role.STOREKEEPER, Role.ENGINEER})
RESERVE = declare("ledger.reserve", {Role.SALES, Role.PLANNER, Role.PRODUCTION_LEAD})
PRE_EMPT = declare("ledger.pre_empt", {Role.PLANNER})
STATE_SUPPLY = declare("ledger.state_supply", {Role.BUYER, Role.PLANNER, Role.PRODUCTION_LEAD})
PLAN_COUNTS = declare("ledger.plan_counts", {Role.STOREKEEPER, Role.FINANCE, Role.PLANNER})
COUNT = declare("ledger.count", {Role.STOREKEEPER, Role.PRODUCTION_LEAD, Role.FINANCE, Role.AUDITOR})
APPROVE_COUNT = declare("ledger.approve_count", {Role.FINANCE, Role.PLANNER})
LOCK_PERIOD = declare("ledger.lock_period", {Role.FINANCE})
"""Closes the books up to a day; nobody opens them again."""
VALUE = declare("ledger.value", {Role.FINANCE})
FREEZE = declare("ledger.freeze", {Role.ADMIN, Role.AUDITOR})
