"""What may be done with transfers, and by whom."""

from huoku.language import Sentence
from huoku.server.platform.roles import INSIDE, Role, declare

READ = declare("warehouse.read", Sentence("看调拨", "read transfers"), INSIDE)
ASK = declare(
    "warehouse.ask",
    Sentence("申请调拨", "ask for transfers"),
    {Role.PLANNER, Role.BUYER, Role.SALES, Role.PRODUCTION_LEAD, Role.STOREKEEPER},
)
"""To write a transfer, ask for it, and take it back before it is approved."""
APPROVE = declare(
    "warehouse.approve",
    Sentence("批准调拨", "approve transfers"),
    {Role.PLANNER, Role.STOREKEEPER, Role.PRODUCTION_LEAD},
)
"""To decide on a transfer: its stock is kept for it from then on. What is worth more than one's limit waits."""
CARRY = declare("warehouse.carry", Sentence("发出、接收调拨", "send and receive transfers"), {Role.STOREKEEPER})
"""To send, receive and settle what did not arrive; the right to move stock is asked for besides."""
