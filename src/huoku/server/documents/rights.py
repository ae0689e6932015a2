"""What may be done to any document that one may read."""

from huoku.server.platform.roles import INSIDE, Role, declare

READ = declare("documents.read", INSIDE)
COMMENT = declare("documents.comment", INSIDE)
"""To write to a document that one may read, and to put files to it."""
DO_TASKS = declare("documents.do_tasks", INSIDE)
"""To finish tasks; those of other roles are for owners alone."""
SET_NUMBERS = declare("documents.set_numbers", {Role.ADMIN})
