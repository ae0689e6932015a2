"""A call with many rows takes its key as a whole, so that the key is not good for other rows afterwards."""

from pydantic import BaseModel

from huoku.server.platform.command import At, command
from huoku.server.platform.rights import BE_HERE


class BeginBulk(BaseModel):
    command: str
    rows: int
    sha256: str


@command(right=BE_HERE)
def begin_bulk(at: At, request: BeginBulk) -> dict[str, object]:
    """Note that so many rows with this digest came under one key. Its right is that of the rows' command."""
    return {"rows": request.rows}
