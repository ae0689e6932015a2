"""What may be done in buying, and by whom."""

from huoku.server.platform.roles import INSIDE, Role, declare

READ = declare("purchasing.read", INSIDE)
REQUEST = declare(
    "purchasing.request",
    {Role.PLANNER, Role.PRODUCTION_LEAD, Role.SALES, Role.STOREKEEPER, Role.ENGINEER, Role.BUYER},
)
"""To ask that something be bought, and to take that back."""
ORDER = declare("purchasing.order", {Role.BUYER})
"""Everything between a request and the goods: orders, what suppliers promise, short-closing."""
RECEIVE = declare("purchasing.receive", {Role.STOREKEEPER})
"""To receive, inspect and send back; the right to move stock is asked for besides."""
RECEIVE_BEYOND = declare("purchasing.receive_beyond", {Role.BUYER})
"""To take more than the tolerance of a line, where somebody who receives has this right too."""
SET_DEFAULTS = declare("purchasing.set_defaults", {Role.BUYER, Role.ADMIN})
