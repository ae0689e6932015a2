"""One changing call: whose, for which command, under which key, why, and whether only as a trial."""

import re
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.http import HttpRequest

from huoku.language import Sentence
from huoku.server.api.lists import asked_of
from huoku.server.api.lookup import Lookup
from huoku.server.api.outside import request_of
from huoku.server.api.problems import Malformed
from huoku.server.platform.actor import Actor
from huoku.server.platform.answers import answered, digest_of
from huoku.server.platform.command import Command, Done, perform
from huoku.server.platform.refusals import Refused

LONGEST_KEY = 64
_KEY = re.compile(r"[!-~]{1,64}")


class KeyMissing(Refused):
    code, status, is_kept = "key_missing", 400, False
    words = Sentence(
        "每个修改请求都要带 Idempotency-Key：1 到 64 个 ASCII 字符，一次一个，重发时不变。",
        "Every changing call needs an Idempotency-Key: 1 to 64 ASCII characters, its own, the same when sent again.",
    )


class TagMissing(Refused):
    code, status, is_kept = "tag_missing", 428, False
    words = Sentence(
        "修改已有的记录要带 If-Match（读取时得到的 ETag）；一次改多行时每行要带 version。",
        "Changing what is there needs If-Match, the ETag that came with it; of many rows each needs its version.",
    )


@dataclass(slots=True)
class Call:
    """``is_new``: what is done makes something, and does not change what was there."""

    actor: Actor
    what: Command[Any]
    key: str
    reason: str = ""
    is_trial: bool = False
    is_new: bool = False
    known: Lookup = field(init=False)
    """Rows that its requests and answers name."""

    def __post_init__(self) -> None:
        self.known = Lookup(self.actor)

    def perform(self, body: Any, row: str = "") -> Done:
        """Perform the command for one body. Raises ValidationError, Refused.

        The body is what it was sent as: what its names and units stand for may change before it is sent again.
        """
        key, wanted = self.key + row, digest_of(self.what.name, body)
        try:
            asked = request_of(self.what.request, self.known, body)
        except Refused:
            if before := answered(self.actor, key, wanted):
                return before
            raise
        return perform(
            self.what,
            asked,
            actor=self.actor,
            key=key,
            reason=self.reason,
            dry_run=self.is_trial,
            wanted=wanted,
        )

    def status(self, done: Done) -> int:
        """201 where something is there now; 202 where a second person has to approve it first."""
        return 201 if self.is_new and done.status == 200 and not self.is_trial else done.status


def call_of(request: HttpRequest, actor: Actor, what: Command[Any], *, is_new: bool = False) -> Call:
    """What address and headers say of a call. Raises KeyMissing, Malformed."""
    asked = asked_of(request)
    for name in asked:
        if name not in ("dry_run", "reason"):
            raise Malformed(field=name, value=f"{name}; possible: dry_run, reason")
    dry_run, reason = asked.get("dry_run", "0"), asked.get("reason", "")
    if dry_run not in ("0", "1"):
        raise Malformed(field="dry_run", value="dry_run: 0, 1")
    if len(reason) > 400 or not reason.isprintable():
        raise Malformed(field="reason", value="reason: 0..400")
    key = request.headers.get("Idempotency-Key", "")
    if dry_run == "1":  # it leaves nothing behind, so it uses up no key
        return Call(actor, what, f"trial-{uuid4()}", reason, True, is_new)
    if not _KEY.fullmatch(key):
        raise KeyMissing(field="Idempotency-Key", value=key[:LONGEST_KEY])
    return Call(actor, what, key, reason, False, is_new)
