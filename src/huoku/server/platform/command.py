"""The one way to write: a command, with an actor, a key and an audit entry, wholly or not at all.

A command is a function ``body(at, request)``: ``request`` is a pydantic model, ``at`` says who acts for which company
and when, and collects what has to be recorded. ``perform`` gives it a transaction:

1. the key is looked up: the same request again is answered with the stored bytes, another one is refused;
2. the right is checked, the body runs, refusing by ``Refused``;
3. heads of the chains are locked (last), entries appended, the answer stored under the key, all is committed.

A refusal is stored too, so that a repeated call gets the same answer; a fault of ours is not: it may be tried again.
"""

import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db import OperationalError, connection, models, transaction
from pydantic import BaseModel

from huoku.server.platform import clock
from huoku.server.platform.actor import Actor
from huoku.server.platform.audit import Head, StreamName, lock_heads, put_back
from huoku.server.platform.canonical import canonical, digest
from huoku.server.platform.models import AuditEntry, CommandRecord, Event
from huoku.server.platform.refusals import KeyReused, Refused, RefusedBefore, StillRunning

TRIES = 5
"""So often is a command tried whose transaction the database gave up for the sake of another one."""
GIVEN_UP = ("40001", "40P01")
"""PostgreSQL: serialization failure, deadlock."""

Q = TypeVar("Q", bound=BaseModel)
Body = Callable[["At", Q], Any]


@dataclass(slots=True)
class At:
    """Where a command's body stands: who, for whom, when; and what is to be recorded at its end."""

    actor: Actor
    key: str
    now: datetime
    reason: str = ""
    changes: list[dict[str, Any]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    appended: list[tuple[StreamName, bytes, Callable[[Any], None]]] = field(default_factory=list)
    after: list[Callable[[], None]] = field(default_factory=list)

    @property
    def company_id(self) -> int:
        return self.actor.company.pk

    def changed(self, row: models.Model, old: dict[str, Any], new: dict[str, Any]) -> None:
        """Note a change of one row for the audit entry: only the values that differ are kept."""
        differing = [name for name in {**old, **new} if old.get(name) != new.get(name)]
        if differing:
            self.changes.append(
                {
                    "what": row._meta.label_lower,
                    "id": row.pk,
                    "old": {name: old.get(name) for name in differing if name in old},
                    "new": {name: new.get(name) for name in differing if name in new},
                }
            )

    def tell(self, kind: str, subject: models.Model, **facts: Any) -> None:
        """Leave an event for those who listen."""
        self.events.append(
            Event(
                company_id=self.company_id,
                kind=kind,
                subject=f"{subject._meta.label_lower}:{subject.pk}",
                facts=canonical(facts).decode(),
                recorded_at=self.now,
            )
        )

    def append(self, stream: StreamName, entry: bytes, save: Callable[[Any], None]) -> None:
        """Let ``entry`` go into a chain at the end; ``save`` is then called with its Link, to write the row."""
        self.appended.append((stream, entry, save))


@dataclass(frozen=True, slots=True)
class Command(Generic[Q]):
    """A body with its name, the right that it asks for and the chain that its audit entries go into."""

    name: str
    right: str
    request: type[Q]
    body: Body[Q]
    stream: Callable[[Q], StreamName]

    def __call__(self, at: At, request: Q) -> Any:
        """Run inside another command, as a part of it: under its key, its transaction and its audit entry."""
        at.actor.must(self.right)
        return self.body(at, request)


COMMANDS: dict[str, Command[Any]] = {}
"""All commands by name: for the interface, the tests of rights, and whoever wants to know what can be done."""


def command(right: str, stream: str | Callable[[Any], StreamName] | None = None) -> Callable[[Body[Q]], Command[Q]]:
    """Make ``body(at, request)`` a command, named ``app.function``; its chain is its app's by default."""

    def make(body: Body[Q]) -> Command[Q]:
        app = body.__module__.split(".server.")[1].split(".")[0]
        chain = stream if callable(stream) else (lambda _: StreamName(stream or app))
        made: Command[Q] = Command(f"{app}.{body.__name__}", right, body.__annotations__["request"], body, chain)
        if made.name in COMMANDS:
            raise ValueError(f"there are two commands {made.name}")
        COMMANDS[made.name] = made
        return made

    return make


@dataclass(frozen=True, slots=True)
class Done:
    """What the sender is told, byte for byte the same however often it asks with the same key."""

    status: int
    answer: bytes
    is_repeat: bool

    def result(self) -> Any:
        """The answer as plain values."""
        return json.loads(self.answer)


def perform(what: Command[Q], request: Q, *, actor: Actor, key: str, reason: str = "", dry_run: bool = False) -> Done:
    """Carry out a command once, whoever sends it how often.

    Raises Refused (stored, so that a repeated call is refused in the same words), KeyReused where the key came with
    another request before, StillRunning where the first call has not ended yet.
    """
    wanted = digest(what.name.encode(), b"\0", canonical(request.model_dump()))
    for attempt in range(1, TRIES + 1):
        try:
            return _once_or_refused(what, request, wanted, actor, key, reason, dry_run)
        except OperationalError as fault:
            if attempt == TRIES or not _may_be_tried_again(fault):
                raise
            time.sleep(random.uniform(0, 0.01 * 2**attempt))
    raise AssertionError("the last attempt returns or raises")


class _RolledBack(Exception):
    def __init__(self, done: Done) -> None:
        self.done = done


def _once_or_refused(
    what: Command[Q], request: Q, wanted: bytes, actor: Actor, key: str, reason: str, dry_run: bool
) -> Done:
    try:
        return _once(what, request, wanted, actor, key, reason, dry_run)
    except _RolledBack as dry:
        return dry.done
    except Refused as refusal:
        if dry_run or not refusal.is_kept:
            raise
        return _refuse(refusal, what, wanted, actor, key)


def _once(what: Command[Q], request: Q, wanted: bytes, actor: Actor, key: str, reason: str, dry_run: bool) -> Done:
    with transaction.atomic():
        now, earlier = _claim(actor, key)
        if earlier is not None:
            return _repeated(earlier, wanted)
        at = At(actor, key, now, reason)
        actor.must(what.right)
        answer = canonical(what.body(at, request))
        _record(at, what, what.stream(request))
        done = Done(200, answer, False)
        if dry_run:
            raise _RolledBack(done)
        _store(what, wanted, at.actor, key, now, done)
    for each in at.after:
        each()
    return done


def _refuse(refusal: Refused, what: Command[Any], wanted: bytes, actor: Actor, key: str) -> Done:
    """Store the refusal under the key, in a transaction of its own: the command's was rolled back. Then raise it."""
    with transaction.atomic():
        now, earlier = _claim(actor, key)
        if earlier is not None:  # the same call came in between and has ended
            return _repeated(earlier, wanted)
        _store(what, wanted, actor, key, now, Done(refusal.status, canonical(refusal.as_problem()), False))
    raise refusal


# Until the transaction ends: this company's rows alone are seen, and nobody else works under this key.
_COME_IN = (
    "SELECT set_config('huoku.company', %s, true), clock_timestamp(), "
    "pg_try_advisory_xact_lock(hashtextextended(%s, 0))"
)
RECORDS = CommandRecord._meta.db_table
_EARLIER = f'SELECT request_digest, status, answer FROM "{RECORDS}" WHERE company_id = %s AND scope = %s AND key = %s'


def _claim(actor: Actor, key: str) -> tuple[datetime, tuple[bytes, int, str] | None]:
    """The time, and what was stored under the key. On PostgreSQL two calls with one key exclude each other here."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            name = f"{actor.company.pk}/{actor.key_scope}/{key}"
            cursor.execute(_COME_IN, [str(actor.company.pk), name])
            _, now, is_first = cursor.fetchone()
            if not is_first:
                raise StillRunning()
        else:  # one writer at a time: whoever had the key before has ended
            now = clock.now()
        cursor.execute(_EARLIER, [actor.company.pk, actor.key_scope, key])
        return now, cursor.fetchone()


def _repeated(earlier: tuple[bytes, int, str], wanted: bytes) -> Done:
    before, status, answer = earlier
    if bytes(before) != wanted:
        raise KeyReused()
    if status >= 400:
        raise RefusedBefore(status, answer.encode())
    return Done(status, answer.encode(), True)


def _record(at: At, what: Command[Any], stream: StreamName) -> None:
    """Append the audit entry and all else that goes into chains. The heads are locked here and nowhere before."""
    names = [stream, *(name for name, _, _ in at.appended)]
    heads = lock_heads(at.company_id, names, at.now)
    for name, entry, save in at.appended:
        save(heads[name].extend(entry))
    _audit(at, what, heads[stream])
    put_back(heads)
    if at.events:
        Event.objects.bulk_create(at.events)


def _audit(at: At, what: Command[Any], head: Head) -> None:
    entry = {
        "actor": at.actor.user.pk if at.actor.user else None,
        "role": ",".join(sorted(at.actor.roles)),
        "via": at.actor.via,
        "action": what.name,
        "reason": at.reason,
        "request_id": at.actor.request_id,
        "command_key": at.key,
        "changes": canonical(at.changes).decode(),
    }
    link = head.extend(canonical({**entry, "recorded_at": head.at}))
    AuditEntry.objects.create(
        company_id=at.company_id,
        stream_id=link.stream_id,
        seq=link.seq,
        digest=link.digest,
        recorded_at=link.recorded_at,
        actor_id=entry.pop("actor"),
        **entry,
    )


def _store(what: Command[Any], wanted: bytes, actor: Actor, key: str, now: datetime, done: Done) -> None:
    CommandRecord.objects.create(
        company_id=actor.company.pk,
        scope=actor.key_scope,
        key=key,
        name=what.name,
        request_digest=wanted,
        status=done.status,
        answer=done.answer.decode(),
        recorded_at=now,
    )


def _may_be_tried_again(fault: Exception) -> bool:
    return getattr(fault.__cause__, "sqlstate", "") in GIVEN_UP
