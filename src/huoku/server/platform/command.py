"""The one way to write: a command, with an actor, a key and an audit entry, wholly or not at all.

A command is a function ``body(at, request)``: ``request`` is a pydantic model, ``at`` says who acts for which company
and when, and collects what has to be recorded. ``perform`` gives it a transaction:

1. the key is looked up: the same request again is answered with the stored bytes, another one is refused;
2. the right is checked, the body runs, refusing by ``Refused``; a command of a kind that ``waits`` may be laid aside
   instead, for a second person to approve (``approvals.py``): then the answer is 202 and names the approval;
3. heads of the chains are locked (last), entries appended, the answer stored under the key, all is committed.

A refusal is stored too, so that a repeated call gets the same answer; a fault of ours is not: it may be tried again.
"""

import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.db import OperationalError, connection, models, transaction
from pydantic import BaseModel

from huoku.server.platform import approvals, clock, hooks
from huoku.server.platform.actor import Actor
from huoku.server.platform.audit import StreamName, freeze, lock_heads, putting_back
from huoku.server.platform.canonical import canonical, digest
from huoku.server.platform.models import AuditEntry, AuditSubject, CommandRecord, Event
from huoku.server.platform.refusals import (
    InvariantBroken,
    KeyReused,
    NeedsSecondCheck,
    Refused,
    RefusedBefore,
    StillRunning,
)
from huoku.server.platform.scope import entered
from huoku.server.platform.sql import Row, Statement, ask, ask_together, committing, inserting, run_together

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
    rows: dict[type[models.Model], list[dict[str, Any]]] = field(default_factory=dict)
    chained: list["Chained"] = field(default_factory=list)
    after: list[Callable[[], None]] = field(default_factory=list)
    is_approved: bool = False
    """A second person stands behind it."""

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

    def tell(self, kind: str, subject: models.Model, /, **facts: Any) -> None:
        """Leave an event for those who listen."""
        self.insert(
            Event,
            kind=kind,
            subject=f"{subject._meta.label_lower}:{subject.pk}",
            facts=canonical(facts).decode(),
            recorded_at=self.now,
        )

    def insert(self, model: type[models.Model], **values: Any) -> None:
        """Let a row of the company be inserted at the end, in one round with all others. The body cannot read it."""
        self.rows.setdefault(model, []).append({"company_id": self.company_id, **values})

    def append(self, stream: StreamName, model: type[models.Model], entry: bytes, **values: Any) -> None:
        """Let a row go into a chain at the end: ``entry`` are its canonical bytes, ``values`` its columns, to which
        stream, seq, digest and recorded_at are added."""
        self.chained.append(Chained(stream, model, entry, {"company_id": self.company_id, **values}))


@dataclass(slots=True)
class Chained:
    """A row that waits for its place in a chain."""

    stream: StreamName
    model: type[models.Model]
    entry: bytes
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Command(Generic[Q]):
    """A body with its name, the right that it asks for and the chain that its audit entries go into."""

    name: str
    right: str
    request: type[Q]
    body: Body[Q]
    stream: Callable[[Q], StreamName]
    waits: bool = False
    """Whether a company may ask for a second person here."""
    amount: Callable[[At, Q], int | None] | None = None
    """What it is about in the smallest amount of the company's currency, to be held against approval limits."""

    def __call__(self, at: At, request: Q) -> Any:
        """Run inside another command, as a part of it: under its key, its transaction and its audit entry.

        Raises NeedsSecondCheck where it would have to wait for a second person, which a part cannot.
        """
        self.checked(at, request)
        if self.why_it_waits(at, request):
            raise NeedsSecondCheck(field="command", value=self.name)
        return self.body(at, request)

    def checked(self, at: At, request: Q) -> None:
        """Raises NotAllowed, or what the checks raise that other apps have filled in."""
        at.actor.must(self.right)
        for check in hooks.CHECK.of(self.name):
            check(at, request)

    def why_it_waits(self, at: At, request: Q) -> str:
        """Why a second person has to approve it, or ""."""
        if at.is_approved:
            return ""
        for approve in hooks.APPROVE.of(self.name):
            if why := approve(at, self, request):
                return why
        return approvals.why_it_waits(at.actor, self.name, self.amount_of(at, request)) if self.waits else ""

    def amount_of(self, at: At, request: Q) -> int | None:
        return self.amount(at, request) if self.amount else None


COMMANDS: dict[str, Command[Any]] = {}
"""All commands by name: for the interface, the tests of rights, and whoever wants to know what can be done."""


def command(
    right: str,
    stream: str | Callable[[Any], StreamName] | None = None,
    waits: bool = False,
    amount: Callable[[At, Any], int | None] | None = None,
) -> Callable[[Body[Q]], Command[Q]]:
    """Make ``body(at, request)`` a command, named ``app.function``; its chain is its app's by default.

    ``waits``: companies may ask for a second person (key posts). ``amount(at, request)``: what it is about, for
    approval limits; a command with an amount may always wait.
    """

    def make(body: Body[Q]) -> Command[Q]:
        app = body.__module__.split(".server.")[1].split(".")[0]
        chain = stream if callable(stream) else (lambda _: StreamName(stream or app))
        name, wanted = f"{app}.{body.__name__}", body.__annotations__["request"]
        made: Command[Q] = Command(name, right, wanted, body, chain, waits or amount is not None, amount)
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
    wanted = digest(what.name.encode(), b"\0", canonical(request.model_dump(exclude_unset=True)))
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
    except InvariantBroken as broken:
        with transaction.atomic(), entered(actor.company):
            freeze(actor.company.pk, broken.streams)
        raise
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
        done = _carried_out(at, what, request)
        ending = [*_record(at, what, what.stream(request)), *_storing(what, wanted, actor, key, now, done)]
        run_together(ending if dry_run else [*ending, *committing()])
        if dry_run:
            raise _RolledBack(done)
    for each in at.after:
        each()
    return done


def _carried_out(at: At, what: Command[Q], request: Q) -> Done:
    what.checked(at, request)
    if why := what.why_it_waits(at, request):
        asked = canonical(request.model_dump(exclude_unset=True)).decode()
        waiting = approvals.park(at, what.name, asked, what.amount_of(at, request), why)
        return Done(202, canonical({"approval": waiting.pk, "state": waiting.state, "why": why}), False)
    return Done(200, canonical(what.body(at, request)), False)


def _refuse(refusal: Refused, what: Command[Any], wanted: bytes, actor: Actor, key: str) -> Done:
    """Store the refusal under the key, in a transaction of its own: the command's was rolled back. Then raise it."""
    with transaction.atomic():
        now, earlier = _claim(actor, key)
        if earlier is not None:  # the same call came in between and has ended
            return _repeated(earlier, wanted)
        done = Done(refusal.status, canonical(refusal.as_problem()), False)
        run_together(_storing(what, wanted, actor, key, now, done))
    raise refusal


# Until the transaction ends: this company's rows alone are seen, and nobody else works under this key.
_COME_IN = (
    "SELECT set_config('huoku.company', %s, true), clock_timestamp(), "
    "pg_try_advisory_xact_lock(hashtextextended(%s, 0))"
)
RECORDS = CommandRecord._meta.db_table
_EARLIER = f'SELECT request_digest, status, answer FROM "{RECORDS}" WHERE company_id = %s AND scope = %s AND key = %s'


def _claim(actor: Actor, key: str) -> tuple[datetime, Row | None]:
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
    return now, next(iter(earlier), None)


def _repeated(earlier: Row, wanted: bytes) -> Done:
    before, status, answer = earlier
    if bytes(before) != wanted:
        raise KeyReused()
    if status >= 400:
        raise RefusedBefore(status, answer.encode())
    return Done(status, answer.encode(), True)


def _record(at: At, what: Command[Any], stream: StreamName) -> list[Statement]:
    """What is to be written at the end. The heads of the chains are locked here and nowhere before."""
    at.chained.append(Chained(stream, AuditEntry, *_audited(at, what)))
    heads = lock_heads(at.company_id, [row.stream for row in at.chained], at.now)
    chained: dict[type[models.Model], list[dict[str, Any]]] = {}
    for row in at.chained:
        chained.setdefault(row.model, []).append({**row.values, **heads[row.stream].extend(row.entry)})
    (entry,) = chained[AuditEntry]
    place = {"stream_id": entry["stream_id"], "seq": entry["seq"]}
    for event in at.rows.get(Event, ()):
        event |= place
    return [
        putting_back(heads),
        *(each for model, rows in chained.items() for each in inserting(model, rows)),
        *(each for model in _referred_to_first(tuple(at.rows)) for each in inserting(model, at.rows[model])),
        *_subjects(at, **place),
    ]


@lru_cache(maxsize=256)
def _referred_to_first(wanted: tuple[type[models.Model], ...]) -> list[type[models.Model]]:
    """The models in an order in which a row comes after those that it refers to."""
    ordered: list[type[models.Model]] = []

    def place(model: type[models.Model]) -> None:
        for each in model._meta.concrete_fields:
            if each.related_model in wanted and each.related_model is not model:
                place(each.related_model)
        if model not in ordered:
            ordered.append(model)

    for model in wanted:
        place(model)
    return ordered


def _subjects(at: At, stream_id: int, seq: int) -> list[Statement]:
    """The rows that the audit entry is about, so that a row's history is found."""
    subjects = sorted({(change["what"], change["id"]) for change in at.changes if isinstance(change.get("id"), int)})
    return [(_SUBJECT, [what, row, stream_id, seq]) for what, row in subjects]


_SUBJECT = (
    f'INSERT INTO "{AuditSubject._meta.db_table}" (company_id, entry_id, what, "row") '
    f'SELECT company_id, id, %s, %s FROM "{AuditEntry._meta.db_table}" WHERE stream_id = %s AND seq = %s'
)


def _audited(at: At, what: Command[Any]) -> tuple[bytes, dict[str, Any]]:
    entry = {
        "actor_id": at.actor.user.pk if at.actor.user else None,
        "role": ",".join(sorted(at.actor.roles)),
        "via": at.actor.via,
        "action": what.name,
        "reason": at.reason,
        "request_id": at.actor.request_id,
        "command_key": at.key,
        "changes": canonical(at.changes).decode(),
    }
    return canonical(entry), {"company_id": at.company_id, **entry}


def _storing(what: Command[Any], wanted: bytes, actor: Actor, key: str, now: datetime, done: Done) -> list[Statement]:
    record = {
        "company_id": actor.company.pk,
        "scope": actor.key_scope,
        "key": key,
        "name": what.name,
        "request_digest": wanted,
        "status": done.status,
        "answer": done.answer.decode(),
        "recorded_at": now,
    }
    return inserting(CommandRecord, [record])


def _may_be_tried_again(fault: Exception) -> bool:
    return getattr(fault.__cause__, "sqlstate", "") in GIVEN_UP
