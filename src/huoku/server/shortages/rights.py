"""What may be done about shortages, and by whom. What a way out does asks for the rights of that besides."""

from huoku.language import Sentence
from huoku.server.platform.roles import INSIDE, Role, declare

READ = declare("shortages.read", Sentence("看缺料", "read shortages"), INSIDE)
OPEN = declare(
    "shortages.open",
    Sentence("报缺料", "report shortages"),
    {Role.STOREKEEPER, Role.PRODUCTION_LEAD, Role.PLANNER, Role.BUYER, Role.ENGINEER, Role.SALES},
)
VERIFY = declare("shortages.verify", Sentence("核实缺料", "verify shortages"), {Role.STOREKEEPER, Role.PRODUCTION_LEAD})
"""To say what really lies in the bin; the right to count is asked for besides."""
ACT = declare(
    "shortages.act", Sentence("处理缺料", "act on shortages"), {Role.PLANNER, Role.PRODUCTION_LEAD, Role.ENGINEER}
)
"""To look again how a shortage stands, and to choose a way out."""
CLOSE = declare("shortages.close", Sentence("关闭缺料", "close shortages"), {Role.PLANNER, Role.PRODUCTION_LEAD})
"""To say that it is over, and what its cause was."""
APPROVE_NEAR_MATCH = declare(
    "shortages.approve_near_match", Sentence("批准近似替代", "approve near matches"), {Role.ENGINEER}
)
"""To answer for it that something alike does not touch the quality."""
