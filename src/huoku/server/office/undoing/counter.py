"""What a counter is: the commands that put back what one has done.

A counter is a part of one undoing: all of its commands are done, or none. It names the version that was left behind, so
that nobody's later change is undone with it.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from huoku.language import Sentence
from huoku.server.office.undoing.doing import Doing
from huoku.server.platform.refusals import Refused

Asked = Mapping[str, Any]
Counter = Callable[[Doing], Iterable[tuple[str, Asked]]]
"""Commands by name, each with what it is asked; a reason is added where it wants one."""


class NotAsItWas(Refused):
    code, status, is_kept = "not_as_it_was", 409, False
    words = Sentence(
        "{value} 之前的值没法原样放回，请手工修改。", "What {value} was before cannot be put back; change it by hand."
    )


def by(command: str) -> Counter:
    """Another command about the row that was made or changed, as it was left."""

    def counter(doing: Doing) -> Iterable[tuple[str, Asked]]:
        yield command, {"id": doing.answer["id"], "version": doing.answer.get("version")}

    return counter
