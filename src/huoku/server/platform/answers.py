"""Answers stored under keys: a repeated call gets the same bytes, and nobody else works under a key meanwhile."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from huoku.server.platform import clock
from huoku.server.platform.actor import Actor
from huoku.server.platform.canonical import canonical, digest
from huoku.server.platform.models import CommandRecord
from huoku.server.platform.refusals import KeyReused, RefusedBefore, StillRunning
from huoku.server.platform.sql import Row, Statement, ask, ask_together, inserting


@dataclass(frozen=True, slots=True)
class Done:
    """What the sender is told, byte for byte the same however often it asks with the same key."""

    status: int
    answer: bytes
    is_repeat: bool

    def result(self) -> Any:
        """The answer as plain values."""
        return json.loads(self.answer)


def digest_of(name: str, request: Any) -> bytes:
    """What tells one request to a command from another: plain values, as they were sent."""
    return digest(name.encode(), b"\0", canonical(request))


def answered(actor: Actor, key: str, wanted: bytes) -> Done | None:
    """What was answered under the key before; None where nothing was. Raises KeyReused and RefusedBefore."""
    earlier = ask(_EARLIER, [actor.company.pk, actor.key_scope, key])
    return repeated(earlier[0], wanted) if earlier else None


# Until the transaction ends: this company's rows alone are seen, and nobody else works under this key.
_COME_IN = (
    "SELECT set_config('huoku.company', %s, true), clock_timestamp(), "
    "pg_try_advisory_xact_lock(hashtextextended(%s, 0))"
)
RECORDS = CommandRecord._meta.db_table
_EARLIER = f'SELECT request_digest, status, answer FROM "{RECORDS}" WHERE company_id = %s AND scope = %s AND key = %s'


def claim(actor: Actor, key: str) -> tuple[datetime, Row | None]:
    """The time, and what was stored under the key. On PostgreSQL two calls with one key exclude each other here."""
    named: list[Any] = [actor.company.pk, actor.key_scope, key]
    if connection.vendor != "postgresql":  # one writer at a time: whoever had the key before has ended
        now = clock.now()
        return now, next(iter(ask(_EARLIER, named)), None)
    lock = f"{actor.company.pk}/{actor.key_scope}/{key}"
    # One round; the second statement sees what was committed before the lock was had.
    ((_, now, is_first),), earlier = ask_together([(_COME_IN, [str(actor.company.pk), lock]), (_EARLIER, named)])
    if not is_first:
        raise StillRunning()
    return clock.told() or now, next(iter(earlier), None)


def repeated(earlier: Row, wanted: bytes) -> Done:
    """What was stored, for a request of the digest ``wanted``. Raises KeyReused and RefusedBefore."""
    before, status, answer = earlier
    if bytes(before) != wanted:
        raise KeyReused()
    if status >= 400:
        raise RefusedBefore(status, answer.encode())
    return Done(status, answer.encode(), True)


def storing(name: str, wanted: bytes, actor: Actor, key: str, now: datetime, done: Done) -> list[Statement]:
    """The statements that store an answer under its key."""
    record = {
        "company_id": actor.company.pk,
        "scope": actor.key_scope,
        "key": key,
        "name": name,
        "request_digest": wanted,
        "status": done.status,
        "answer": done.answer.decode(),
        "recorded_at": now,
    }
    return inserting(CommandRecord, [record])
