"""What may be done in production, and by whom."""

from huoku.language import Sentence
from huoku.server.platform.roles import INSIDE, Role, declare

READ = declare("production.read", Sentence("看生产", "read production"), INSIDE)
PLAN = declare("production.plan", Sentence("排工单", "plan work orders"), {Role.PLANNER, Role.PRODUCTION_LEAD})
RELEASE = declare(
    "production.release", Sentence("下达工单", "release work orders"), {Role.PLANNER, Role.PRODUCTION_LEAD}
)
ISSUE = declare(
    "production.issue", Sentence("领料、退料", "issue and return parts"), {Role.STOREKEEPER, Role.PRODUCTION_LEAD}
)
SUBSTITUTE = declare(
    "production.substitute",
    Sentence("用替代料", "issue substitutes"),
    {Role.STOREKEEPER, Role.PRODUCTION_LEAD, Role.ENGINEER},
)
APPROVE_SUBSTITUTE = declare(
    "production.approve_substitute", Sentence("批准替代料", "approve substitutes"), {Role.ENGINEER}
)
"""To answer for a substitute that the item master does not allow."""
RUN = declare("production.run", Sentence("报工", "report work"), {Role.PRODUCTION_LEAD})
"""To start, pause and report operations, and to finish an order."""
TAKE_OVER = declare("production.take_over", Sentence("录入在做的工单", "enter work of earlier days"), {Role.ADMIN})
"""To enter orders that were begun before there was this system."""
CLOSE = declare(
    "production.close", Sentence("关闭工单", "close work orders"), {Role.PRODUCTION_LEAD, Role.PLANNER, Role.FINANCE}
)
