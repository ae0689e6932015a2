"""Putting photos, drawings and papers to an item. Their bytes were checked and kept before (``platform/files``)."""

from typing import Annotated

from pydantic import Field, StringConstraints

from huoku.server.items.models import Item, ItemFile
from huoku.server.items.rights import EDIT
from huoku.server.platform.command import At, command
from huoku.server.platform.files import MOST_BYTES, FileName, MediaType, must_be_kept
from huoku.server.platform.kept import add, named, opened, remove
from huoku.server.platform.requests import PRINTED, Asked, Code, Opened


class AddItemFile(Asked):
    item: Code
    kind: ItemFile.Kind
    name: FileName
    revision: Annotated[str, StringConstraints(strip_whitespace=True, max_length=20, pattern=PRINTED)] = ""
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    size_bytes: Annotated[int, Field(ge=1, le=MOST_BYTES)]
    media_type: MediaType


@command(right=EDIT)
def add_item_file(at: At, request: AddItemFile) -> dict[str, object]:
    """Put a kept file to an item. Raises Unknown, NotKept."""
    must_be_kept(at.company_id, request.sha256, request.size_bytes, request.media_type)
    item = named(at, Item, "item", request.item)
    return add(at, ItemFile(item=item, **request.model_dump(exclude={"item"})))


@command(right=EDIT)
def remove_item_file(at: At, request: Opened) -> dict[str, object]:
    """Take a file from its item. Its name and digest stay in the audit trail. Raises NotFound, Stale."""
    return remove(at, opened(at, ItemFile, request.id, request.version))
