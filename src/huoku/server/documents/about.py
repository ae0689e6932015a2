"""Which document something is about: found by its kind and id, where the actor may read it."""

from typing import Any

from huoku.server.documents.course import COURSES
from huoku.server.documents.document import Document
from huoku.server.platform.command import At
from huoku.server.platform.kept import rows_for
from huoku.server.platform.refusals import NotFound
from huoku.server.platform.tables.table import TABLES


def document(at: At, what: str, row: int) -> Document:
    """The document of this kind with this id. Raises NotFound, and NotAllowed where its kind may not be read."""
    course = COURSES.get(what)
    if course is None:
        raise NotFound(field="what", value=what, what="document")
    at.actor.must(next(table.read for table in TABLES.values() if table.model is course.model))
    found = rows_for(at.actor, course.model).filter(pk=row).first()
    if found is None:
        raise NotFound(field="row", value=row, what=what)
    return found


def about(at: At, row: Document) -> dict[str, Any]:
    """The columns of what is written to a document: which it is, where, when and by whom."""
    return {
        "what": row._meta.label_lower,
        "row": row.pk,
        "site_id": row.site_id,
        "made_at": at.now,
        "made_by": at.actor.user,
    }
