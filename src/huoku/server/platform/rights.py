"""What may be done to the platform itself."""

from huoku.server.platform.roles import Role, declare

MANAGE_PEOPLE = declare("platform.manage_people", {Role.ADMIN})
MANAGE_COMPANY = declare("platform.manage_company", {Role.ADMIN})
READ_AUDIT = declare("platform.read_audit", {Role.AUDITOR, Role.ADMIN})
