"""Undoing what one did just now."""

from typing import Annotated

from pydantic import BaseModel, StringConstraints, ValidationError

from huoku.language import Sentence
from huoku.server.office.rights import UNDO
from huoku.server.office.undoing.counter import NotAsItWas
from huoku.server.office.undoing.counters import COUNTERS
from huoku.server.office.undoing.doing import done_under
from huoku.server.office.undoing.final import NOT_UNDONE
from huoku.server.platform.command import COMMANDS, At, Command, command
from huoku.server.platform.refusals import NotFound, Refused, Stale
from huoku.server.platform.requests import PRINTED, Asked

UNDONE = Sentence("撤销", "undone")


class CannotBeUndone(Refused):
    code, status, is_kept = "cannot_be_undone", 409, False
    words = Sentence("不能撤销。{why_zh}", "This cannot be undone. {why_en}")


class TooLate(Refused):
    code, status, is_kept = "too_late", 409, False
    words = Sentence("已经过了 10 分钟，不能再撤销。", "More than ten minutes have gone: it is not undone any more.")


class DoneUpon(Refused):
    code, status, is_kept = "done_upon", 409, False
    words = Sentence(
        "这一步之后又有改动，撤销会盖掉它，所以不能撤销。请按现在的内容直接修改。",
        "It has been changed since, and undoing would overwrite that: change what is there now.",
    )


class Undo(Asked):
    key: Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=PRINTED)]


@command(right=UNDO)
def undo(at: At, request: Undo) -> dict[str, object]:
    """Put back what the sender did under a key of his within the last ten minutes, by the counter of that command; each
    part asks for its own right. Raises NotFound, TooLate, CannotBeUndone, DoneUpon, NotAsItWas, and what the counter
    refuses."""
    doing = done_under(at.actor, request.key)
    if doing is None:
        raise NotFound(field="key", value=request.key, what="command")
    if doing.name not in COUNTERS:
        why = NOT_UNDONE.get(doing.name, Sentence("", ""))
        raise CannotBeUndone(field="key", value=doing.name, why_zh=why.zh, why_en=why.en)
    if at.now > doing.until:
        raise TooLate(field="key", value=request.key)
    asked = [(COMMANDS[name], {**values}) for name, values in COUNTERS[doing.name](doing)]
    try:
        for what, values in asked:
            what(at, _request(what, values, at.reason or UNDONE.zh))
    except Stale:
        raise DoneUpon(field="key", value=request.key) from None
    except Refused as refusal:
        vars(refusal)["is_kept"] = False  # what hinders it may be gone in a minute, and the key stays the same
        raise
    return {"undone": doing.name, "steps": len(asked)}


def _request(what: "Command[BaseModel]", values: dict[str, object], reason: str) -> BaseModel:
    """Raises NotAsItWas where the command does not take what stood there before."""
    if "reason" in what.request.model_fields:
        values["reason"] = reason
    try:
        return what.request.model_validate(values)
    except ValidationError as wrong:
        field = ".".join(str(part) for part in wrong.errors()[0]["loc"])
        raise NotAsItWas(field=field, value=field) from None
