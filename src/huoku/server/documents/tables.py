"""What all documents share, as people and programs see it."""

from functools import partial

from huoku.language import Sentence
from huoku.server.documents.about import rows_about
from huoku.server.documents.commands import about, numbers, tasks
from huoku.server.documents.kinds import TASK_KINDS
from huoku.server.documents.models import Attachment, Comment, NumberRange, Task
from huoku.server.documents.rights import READ, SET_NUMBERS
from huoku.server.platform.roles import ROLES_CALLED
from huoku.server.platform.tables.kinds import TEXT
from huoku.server.platform.tables.table import Column, declare

ABOUT = ("id", "what", "row", "site")
BY = Column("by", "made_by__username", TEXT)

declare(
    "comments",
    Comment,
    read=READ,
    title=Sentence("单据上的留言", "Comments on documents"),
    columns=(*ABOUT, "text", "made_at", BY),
    add=about.write_comment,
    rows=partial(rows_about, model=Comment),
)
declare(
    "attachments",
    Attachment,
    read=READ,
    title=Sentence("单据的附件", "Files of documents"),
    columns=(*ABOUT, "name", "media_type", "size_bytes", "sha256", "made_at", BY, "version"),
    add=about.add_attachment,
    remove=about.remove_attachment,
    rows=partial(rows_about, model=Attachment),
)
declare(
    "tasks",
    Task,
    read=READ,
    title=Sentence("任务", "Tasks"),
    columns=(
        *(*ABOUT, "text_zh", "text_en", "state", "due_on", "kind", "role", Column("person", "person__username", TEXT)),
        *("facts", "made_at", "ended_at"),
        *(Column("ended_by", "ended_by__username", TEXT), "result", "version"),
    ),
    values={"role": ROLES_CALLED, "kind": TASK_KINDS},
    actions={"finish": tasks.finish_task},
    rows=partial(rows_about, model=Task),
)
declare(
    "number_ranges",
    NumberRange,
    read=SET_NUMBERS,
    title=Sentence("单据编号", "Numbers of documents"),
    columns=("id", "kind", "year", "prefix", "digits", "last", "version"),
    add=numbers.add_number_range,
    change=numbers.change_number_range,
)
