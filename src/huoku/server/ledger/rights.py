"""What may be done to stock, and by whom."""

from huoku.language import Sentence
from huoku.server.platform.roles import INSIDE, Role, declare

READ = declare("ledger.read", Sentence("看库存账", "read the stock ledger"), INSIDE)
SET_UP = declare("ledger.set_up", Sentence("设库位", "set up places"), {Role.ADMIN, Role.PLANNER})
MOVE = declare("ledger.move", Sentence("收发、移动", "move stock"), {Role.STOREKEEPER, Role.PRODUCTION_LEAD})
REVERSE = declare("ledger.reverse", Sentence("冲回移动", "reverse movements"), {Role.STOREKEEPER, Role.FINANCE})
CHANGE_STATUS = declare(
    "ledger.change_status", Sentence("改库存状态", "change the status of stock"), {Role.STOREKEEPER, Role.ENGINEER}
)
RESERVE = declare(
    "ledger.reserve", Sentence("预留、释放", "reserve and release"), {Role.SALES, Role.PLANNER, Role.PRODUCTION_LEAD}
)
PRE_EMPT = declare(
    "ledger.pre_empt", Sentence("从低优先级调用预留", "take reservations over"), {Role.PLANNER, Role.PRODUCTION_LEAD}
)
STATE_SUPPLY = declare(
    "ledger.state_supply", Sentence("登记在途", "state what comes"), {Role.BUYER, Role.PLANNER, Role.PRODUCTION_LEAD}
)
PLAN_COUNTS = declare(
    "ledger.plan_counts", Sentence("安排盘点", "plan counts"), {Role.STOREKEEPER, Role.FINANCE, Role.PLANNER}
)
COUNT = declare(
    "ledger.count", Sentence("盘点", "count"), {Role.STOREKEEPER, Role.PRODUCTION_LEAD, Role.FINANCE, Role.AUDITOR}
)
APPROVE_COUNT = declare(
    "ledger.approve_count", Sentence("批准盘点差异", "approve counts"), {Role.FINANCE, Role.PLANNER}
)
LOCK_PERIOD = declare("ledger.lock_period", Sentence("锁定期间", "lock periods"), {Role.FINANCE})
"""Closes the books up to a day; nobody opens them again."""
VALUE = declare("ledger.value", Sentence("库存计价", "value the stock"), {Role.FINANCE})
FREEZE = declare("ledger.freeze", Sentence("冻结记录链", "freeze chains"), {Role.ADMIN, Role.AUDITOR})
