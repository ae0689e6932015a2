"""Files that are put to rows: an item has photos, drawings and papers of its own, every other row attachments."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from huoku.server.documents.about import rows_about, talked_about
from huoku.server.documents.commands.about import AddAttachment, add_attachment, remove_attachment
from huoku.server.documents.models import Attachment
from huoku.server.documents.rights import COMMENT
from huoku.server.items.commands.files import AddItemFile, add_item_file, remove_item_file
from huoku.server.items.models import Item, ItemFile
from huoku.server.items.rights import EDIT
from huoku.server.platform.actor import Actor
from huoku.server.platform.command import perform
from huoku.server.platform.files import MEDIA_TYPES, KeptFile
from huoku.server.platform.kept import rows_for
from huoku.server.platform.requests import Opened
from huoku.server.platform.tables.table import Table

File = Attachment | ItemFile
ACCEPTED = ",".join(end for _, ends in MEDIA_TYPES.values() for end in ends)
"""The ends of names that may be brought, as browsers want to be told."""
LARGEST_PICTURE = 2 * 1024 * 1024
"""Bytes of a photo that a page shows small; a larger one is only offered."""


def files_of(actor: Actor, table: Table, pk: Any) -> "QuerySet[Any]":
    """The files of a row, as they came."""
    if table.model is Item:
        return rows_for(actor, ItemFile).filter(item=pk).order_by("pk")
    return rows_about(actor, Attachment).filter(what=table.model._meta.label_lower, row=pk).order_by("pk")


def may_put_files(actor: Actor, table: Table) -> bool:
    return talked_about(table) and actor.may(EDIT if table.model is Item else COMMENT)


def put(actor: Actor, table: Table, row: Any, name: str, kept: KeptFile, key: str) -> None:
    """Put a kept file to a row. Raises Refused, ValidationError."""
    file: dict[str, Any] = {
        "name": name,
        "sha256": kept.sha256,
        "size_bytes": kept.size_bytes,
        "media_type": kept.media_type,
    }
    if table.model is Item:
        asked = AddItemFile(item=row.code, kind=_kind(kept.media_type), **file)
        perform(add_item_file, asked, actor=actor, key=key)
    else:
        what = table.model._meta.label_lower
        perform(add_attachment, AddAttachment(what=what, row=row.pk, **file), actor=actor, key=key)


def take_away(actor: Actor, table: Table, file_id: int, version: int, key: str) -> None:
    """Raises Refused."""
    what = remove_item_file if table.model is Item else remove_attachment
    perform(what, Opened(id=file_id, version=version), actor=actor, key=key)


def _kind(media_type: str) -> ItemFile.Kind:
    """A picture is a photo, what a drawing program wrote a drawing, all else a paper."""
    if media_type in ("image/vnd.dwg", "image/vnd.dxf", "model/step"):
        return ItemFile.Kind.DRAWING
    return ItemFile.Kind.PHOTO if media_type.startswith("image/") else ItemFile.Kind.PAPER


def shown_small(files: Iterable[File]) -> list[tuple[File, bool]]:
    """Each file, and whether pages show it as a picture."""
    pictures = ("image/jpeg", "image/png", "image/webp")
    return [(each, each.media_type in pictures and each.size_bytes <= LARGEST_PICTURE) for each in files]
