"""What may be done to the platform itself."""

from huoku.server.platform.roles import INSIDE, Role, declare

MANAGE_PEOPLE = declare("platform.manage_people", {Role.ADMIN})
READ_PEOPLE = declare("platform.read_people", {Role.ADMIN, Role.AUDITOR})
OWN_SESSIONS = declare("platform.own_sessions", set(Role))
"""To see and end one's own; whoever manages people sees and ends everybody's here."""
MANAGE_COMPANY = declare("platform.manage_company", {Role.ADMIN})
END_DEMO = declare("platform.end_demo", ())
"""Its owner alone puts a demo company away."""
MANAGE_RULES = declare("platform.manage_rules", {Role.ADMIN})
"""Approval limits, second checks, courses."""
READ_RULES = declare("platform.read_rules", {Role.ADMIN, Role.AUDITOR, Role.FINANCE})
READ_JOBS = declare("platform.read_jobs", {Role.ADMIN, Role.AUDITOR})
"""Recurring jobs of this server, and everybody's long requests; one's own everybody reads."""
READ_AUDIT = declare("platform.read_audit", {Role.AUDITOR})
"""Entries hold old and new values of every field, so only those read them who see all field groups."""
OWN_TOKENS = declare("platform.own_tokens", set(Role))
HEAR = declare("platform.hear", INSIDE)
"""To learn that something happened, without what."""
JOIN = declare("platform.join", set(Role))
"""Given to nobody by a role alone: an invitation's secret is asked for."""
TAKE_EXAM = declare("platform.take_exam", set(Role))
ASK_APPROVAL = declare("platform.ask_approval", INSIDE)
DECIDE_APPROVAL = declare("platform.decide_approval", INSIDE)
"""To look at what waits; the right of the waiting command itself is asked for besides."""
BE_HERE = declare("platform.be_here", set(Role))
"""To be told who one is here."""
