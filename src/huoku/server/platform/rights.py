"""What may be done to the platform itself."""

from huoku.language import Sentence
from huoku.server.platform.roles import INSIDE, Role, declare

MANAGE_PEOPLE = declare("platform.manage_people", Sentence("管理人员和角色", "manage people and roles"), {Role.ADMIN})
READ_PEOPLE = declare("platform.read_people", Sentence("看人员", "read people"), {Role.ADMIN, Role.AUDITOR})
OWN_SESSIONS = declare("platform.own_sessions", Sentence("管理自己的登录", "manage one's own sessions"), set(Role))
"""To see and end one's own; whoever manages people sees and ends everybody's here."""
MANAGE_COMPANY = declare(
    "platform.manage_company", Sentence("管理公司和厂区", "manage company and sites"), {Role.ADMIN}
)
END_DEMO = declare("platform.end_demo", Sentence("清除演示数据", "put the demo away"), ())
"""Its owner alone puts a demo company away."""
MANAGE_RULES = declare(
    "platform.manage_rules", Sentence("设定审批和复核", "set approvals and second checks"), {Role.ADMIN}
)
"""Approval limits, second checks, courses."""
READ_RULES = declare(
    "platform.read_rules",
    Sentence("看审批和复核规则", "read the rules of approval"),
    {Role.ADMIN, Role.AUDITOR, Role.FINANCE},
)
READ_JOBS = declare("platform.read_jobs", Sentence("看后台任务", "read jobs"), {Role.ADMIN, Role.AUDITOR})
"""Recurring jobs of this server, and everybody's long requests; one's own everybody reads."""
READ_AUDIT = declare("platform.read_audit", Sentence("看审计", "read the audit"), {Role.AUDITOR})
"""Entries hold old and new values of every field, so only those read them who see all field groups."""
OWN_TOKENS = declare("platform.own_tokens", Sentence("管理自己的程序令牌", "manage one's own tokens"), set(Role))
HEAR = declare("platform.hear", Sentence("收变动通知", "hear of changes"), INSIDE)
"""To learn that something happened, without what."""
JOIN = declare("platform.join", Sentence("接受邀请", "accept an invitation"), set(Role))
"""Given to nobody by a role alone: an invitation's secret is asked for."""
TAKE_EXAM = declare("platform.take_exam", Sentence("参加考试", "take exams"), set(Role))
ASK_APPROVAL = declare("platform.ask_approval", Sentence("提交审批", "ask for approval"), INSIDE)
DECIDE_APPROVAL = declare("platform.decide_approval", Sentence("审批", "decide approvals"), INSIDE)
"""To look at what waits; the right of the waiting command itself is asked for besides."""
BE_HERE = declare("platform.be_here", Sentence("进入公司", "be in the company"), set(Role))
"""To be told who one is here."""
