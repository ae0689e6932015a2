"""What may be done with plans, and by whom."""

from huoku.language import Sentence
from huoku.server.platform.roles import INSIDE, Role, declare

READ = declare("planning.read", Sentence("看计划", "read plans"), INSIDE)
PLAN = declare(
    "planning.plan",
    Sentence("算计划、做模拟", "work out plans and trials"),
    {Role.PLANNER, Role.BUYER, Role.PRODUCTION_LEAD},
)
"""To have a plan worked out, for real or as a trial."""
DECIDE = declare(
    "planning.decide", Sentence("接受、驳回建议", "accept and reject proposals"), {Role.PLANNER, Role.BUYER}
)
"""To accept, change and reject proposals."""
QUOTE = declare("planning.quote", Sentence("报交期", "quote dates"), {Role.PLANNER, Role.SALES, Role.PRODUCTION_LEAD})
"""To ask when an inquiry could be delivered."""
CALL_OFF = declare("planning.call_off", Sentence("按合同要货", "call off contracts"), {Role.SALES})
"""To make an order of what a contract obliges to."""
EDIT = declare(
    "planning.edit",
    Sentence("改计划参数、预测、地点", "change planning settings, forecasts, places"),
    {Role.PLANNER, Role.ADMIN},
)
"""Forecasts, lanes, rates: what only plans look at."""
BRING_IN = declare("planning.bring_in", Sentence("导入整个工厂", "bring in a factory"), {Role.ADMIN})
"""To fill an empty company from a factory folder."""
EXPORT = declare("planning.export", Sentence("导出整个工厂", "export the factory"), {Role.PLANNER, Role.AUDITOR})
"""A whole factory holds every field, so only those export it who see all field groups."""
