"""Writing to a document, or another row, and putting files to it."""

from typing import Annotated

from pydantic import Field, StringConstraints

from huoku.server.documents.about import about, subject
from huoku.server.documents.mentions import call
from huoku.server.documents.models import Attachment, Comment
from huoku.server.documents.rights import COMMENT
from huoku.server.platform.command import At, command
from huoku.server.platform.files import MOST_BYTES, FileName, MediaType, must_be_kept
from huoku.server.platform.kept import add, opened, remove
from huoku.server.platform.requests import PRINTED, Asked, Id, Opened

Kind = Annotated[str, StringConstraints(pattern=r"^[a-z]+\.[a-z]+$", max_length=80)]


class WriteComment(Asked):
    what: Kind = Field(description="The kind of row, such as sales.salesorder.")
    row: Id
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000, pattern=PRINTED)]


@command(right=COMMENT)
def write_comment(at: At, request: WriteComment) -> dict[str, object]:
    """Say something of a document, an item or whatever else people keep. ``@name`` calls somebody, who finds a task.
    Raises NotFound, NotAllowed, CannotRead where he may not read it."""
    row = subject(at, request.what, request.row)
    comment = Comment.objects.create(company_id=at.company_id, text=request.text, **about(at, row))
    at.changed(comment, {}, {"what": request.what, "row": row.pk, "text": request.text})
    called = call(at, row, request.text)
    at.tell("commented", row, comment=comment.pk, called=called)
    return {"id": comment.pk, "called": called}


class AddAttachment(Asked):
    what: Kind
    row: Id
    name: FileName
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    size_bytes: Annotated[int, Field(ge=1, le=MOST_BYTES)]
    media_type: MediaType


@command(right=COMMENT)
def add_attachment(at: At, request: AddAttachment) -> dict[str, object]:
    """Put a kept file to a document or another row. Raises NotFound, NotAllowed, NotKept."""
    must_be_kept(at.company_id, request.sha256, request.size_bytes, request.media_type)
    row = subject(at, request.what, request.row)
    return add(at, Attachment(**request.model_dump(exclude={"what", "row"}), **about(at, row)))


@command(right=COMMENT)
def remove_attachment(at: At, request: Opened) -> dict[str, object]:
    """Take a file from its row; its name and digest stay in the audit trail. Raises NotFound, Stale."""
    row = opened(at, Attachment, request.id, request.version)
    subject(at, row.what, row.row)
    return remove(at, row)
