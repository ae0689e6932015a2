"""What may be done in buying, and by whom."""

from huoku.language import Sentence
from huoku.server.platform.roles import INSIDE, Role, declare

READ = declare("purchasing.read", Sentence("看采购单据", "read purchasing documents"), INSIDE)
REQUEST = declare(
    "purchasing.request",
    Sentence("请购", "request purchases"),
    {Role.PLANNER, Role.PRODUCTION_LEAD, Role.SALES, Role.STOREKEEPER, Role.ENGINEER, Role.BUYER},
)
"""To ask that something be bought, and to take that back."""
ORDER = declare("purchasing.order", Sentence("下采购单、催货", "order and chase"), {Role.BUYER})
"""Everything between a request and the goods: orders, what suppliers promise, short-closing."""
RECEIVE = declare("purchasing.receive", Sentence("收货、检验、退货", "receive, inspect, return"), {Role.STOREKEEPER})
"""To receive, inspect and send back; the right to move stock is asked for besides."""
RECEIVE_BEYOND = declare(
    "purchasing.receive_beyond", Sentence("超量收货", "receive beyond the tolerance"), {Role.BUYER}
)
"""To take more than the tolerance of a line, where somebody who receives has this right too."""
SET_DEFAULTS = declare(
    "purchasing.set_defaults", Sentence("设定采购规则", "set the rules of purchasing"), {Role.BUYER, Role.ADMIN}
)
