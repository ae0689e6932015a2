"""What may be done with customers' orders, and by whom."""

from huoku.language import Sentence
from huoku.server.platform.roles import INSIDE, Role, declare

READ = declare("sales.read", Sentence("看销售单据", "read sales documents"), INSIDE)
SELL = declare("sales.sell", Sentence("接单、改单、取消", "take, change and cancel orders"), {Role.SALES})
"""Inquiries, holds, confirming, changing, cancelling."""
AGREE_LOCK = declare(
    "sales.agree_lock",
    Sentence("提出和同意锁定期", "ask for and agree to lock periods"),
    {Role.SALES, Role.PRODUCTION_LEAD, Role.PLANNER},
)
"""To ask for a lock period and to agree to one that the other side asked for."""
CONFIRM_FOR_DEPARTMENT = declare(
    "sales.confirm_for_department",
    Sentence("替部门确认订单", "confirm orders for a department"),
    {Role.STOREKEEPER, Role.BUYER, Role.PRODUCTION_LEAD, Role.PLANNER},
)
CHECK_OFF = declare(
    "sales.check_off",
    Sentence("核对客户要求", "check off customers' requirements"),
    {Role.STOREKEEPER, Role.PRODUCTION_LEAD, Role.SALES},
)
TAKE_OVER = declare("sales.take_over", Sentence("录入以前答应的订单", "enter orders of earlier days"), {Role.ADMIN})
"""To enter orders that were promised before there was this system, unchecked."""
SHIP = declare("sales.ship", Sentence("发货", "ship"), {Role.STOREKEEPER})
SET_RULES = declare("sales.set_rules", Sentence("设定销售规则", "set the rules of sales"), {Role.ADMIN})
