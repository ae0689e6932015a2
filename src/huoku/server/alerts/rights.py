"""Who sees what the books were found to be, and who writes it down."""

from huoku.language import Sentence
from huoku.server.platform.roles import Role, declare

READ = declare("alerts.read", Sentence("看账务检查", "read examinations"), {Role.FINANCE, Role.ADMIN, Role.AUDITOR})
KEEP = declare("alerts.keep", Sentence("记下账务检查", "keep examinations"), {Role.ADMIN})
"""The server does it each night; there is no door for people."""
