"""Stopping and letting go on the writing of records that did not hold a check."""

from typing import Annotated

from pydantic import Field, StringConstraints

from huoku.server.ledger.rights import FREEZE
from huoku.server.platform.command import At, command
from huoku.server.platform.models import Stream
from huoku.server.platform.refusals import NotFound
from huoku.server.platform.requests import Asked


class FreezeStream(Asked):
    kind: Annotated[str, StringConstraints(max_length=40)]
    shard: Annotated[int, Field(ge=0, lt=64)] = 0
    is_frozen: bool
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]


@command(right=FREEZE, stream="upkeep")
def freeze_stream(at: At, request: FreezeStream) -> dict[str, object]:
    """Let nothing be written into a chain, or let it go on after somebody has looked. Raises NotFound."""
    stream = Stream.objects.of(at.company_id).filter(kind=request.kind, shard=request.shard).first()
    if stream is None:
        raise NotFound(field="kind", value=f"{request.kind}/{request.shard}", what="stream")
    at.reason = request.reason
    at.changed(stream, {"is_frozen": stream.is_frozen}, {"is_frozen": request.is_frozen})
    Stream.objects.of(at.company_id).filter(pk=stream.pk).update(is_frozen=request.is_frozen)
    at.tell("stream_frozen" if request.is_frozen else "stream_released", stream, reason=request.reason)
    return {"stream": f"{request.kind}/{request.shard}", "is_frozen": request.is_frozen}
