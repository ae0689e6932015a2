"""The tables that all documents share, one idea a file."""

from huoku.server.documents.models.about import Attachment, Comment
from huoku.server.documents.models.numbers import NumberRange
from huoku.server.documents.models.tasks import Task

__all__ = ["Attachment", "Comment", "NumberRange", "Task"]
