"""The one way to write: a command, with an actor, a key and an audit entry, wholly or not at all.

A command is a function ``body(at, request)``: ``request`` is a pydantic model, ``at`` says who acts for which company
and when, and collects what has to be recorded. ``perform`` gives it a transaction:

1. the key is looked up: the same request again is answered with the stored bytes, another one is refused;
2. the right is checked, the body runs, refusing by ``Refused``; a command of a kind that ``waits`` may be laid aside
   instead, for a second person to approve (``approvals.py``): then the answer is 202 and names the approval;
3. heads of the chains are locked (last), entries appended, the answer stored under the key, all is committed.

A refusal is stored too, so that a repeated call gets the same answer; a fault of ours is not: it may be tried again.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from pydantic import BaseModel

from huoku.server.platform import approvals, hooks
from huoku.server.platform.actor import Actor
from huoku.server.platform.answers import Done, claim, digest_of, repeated, storing
from huoku.server.platform.at import At
from huoku.server.platform.audit import StreamName, freeze
from huoku.server.platform.canonical import canonical
from huoku.server.platform.failing import as_refusal, let_go_of_a_lost_connection, may_be_tried_again
from huoku.server.platform.recording import record
from huoku.server.platform.refusals import InvariantBroken, NeedsSecondCheck, Refused
from huoku.server.platform.scope import entered
from huoku.server.platform.sql import ask_together, committing

__all__ = ["COMMANDS", "At", "Command", "Done", "command", "perform"]

TRIES = 5
"""So often is a command tried whose transaction the database gave up for another one's sake, or lost, or in which
somebody else was quicker to enter the same."""

Q = TypeVar("Q", bound=BaseModel)
Body = Callable[[At, Q], Any]


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
        at = replace(at, actor=at.actor.acting_by(self.right)) if at.actor.sites_of else at
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


def perform(
    what: Command[Q],
    request: Q,
    *,
    actor: Actor,
    key: str,
    reason: str = "",
    dry_run: bool = False,
    wanted: bytes = b"",
) -> Done:
    """Carry out a command once, whoever sends it how often. ``wanted``: the digest of what was sent, where that is not
    the request itself.

    Raises Refused (stored, so that a repeated call is refused in the same words), KeyReused where the key came with
    another request before, StillRunning where the first call has not ended yet, StorageFull and DatabaseAway where
    nothing can be written just now.
    """
    wanted = wanted or digest_of(what.name, request.model_dump(exclude_unset=True))
    for attempt in range(1, TRIES + 1):
        try:
            return _once_or_refused(what, request, wanted, actor, key, reason, dry_run)
        except (OperationalError, InterfaceError, IntegrityError) as fault:
            let_go_of_a_lost_connection(fault)
            if attempt == TRIES or not may_be_tried_again(fault):
                raise as_refusal(fault) or fault from fault
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
        now, earlier = claim(actor, key)
        if earlier is not None:
            return repeated(earlier, wanted)
        at = At(actor.acting_by(what.right), key, now, reason)
        done = _carried_out(at, what, request)
        ending = [*record(at, what.name, what.stream(request)), *storing(what.name, wanted, actor, key, now, done)]
        ask_together(ending if dry_run else [*ending, *committing()])
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
        now, earlier = claim(actor, key)
        if earlier is not None:  # the same call came in between and has ended
            return repeated(earlier, wanted)
        done = Done(refusal.status, canonical(refusal.as_problem()), False)
        ask_together(storing(what.name, wanted, actor, key, now, done))
    raise refusal
