"""Who sees what the books were found to be, and who writes it down."""

from huoku.server.platform.roles import Role, declare

READ = declare("alerts.read", {Role.FINANCE, Role.ADMIN, Role.AUDITOR})
KEEP = declare("alerts.keep", {Role.ADMIN})
"""The server does it each night; there is no door for people."""
