"""What may be done to any document that one may read."""

from huoku.language import Sentence
from huoku.server.platform.roles import INSIDE, Role, declare

READ = declare("documents.read", Sentence("看任务、留言、附件", "read tasks, comments, files"), INSIDE)
COMMENT = declare("documents.comment", Sentence("留言、加附件", "comment and attach files"), INSIDE)
"""To write to a document that one may read, and to put files to it."""
DO_TASKS = declare("documents.do_tasks", Sentence("完成任务", "do tasks"), INSIDE)
"""To finish tasks; those of other roles are for owners alone."""
SET_NUMBERS = declare("documents.set_numbers", Sentence("设单号规则", "set number ranges"), {Role.ADMIN})
