"""When one person alone may not: second checks for key posts, and amounts above one's limit."""

from collections.abc import Sequence
from typing import Any

from huoku.server.platform.actor import Actor
from huoku.server.platform.models import Approval, ApprovalLimit, SecondCheck

SECOND_CHECK = "second_check"
OVER_LIMIT = "over_limit"
UNKNOWN = 2**63 - 1
"""An amount that nobody can tell is above every limit, and whoever else has the right may approve it."""


def why_it_waits(actor: Actor, kind: str, amount_minor: int | None) -> str:
    """Why a second person has to approve a command of this kind by this actor; "" where he may alone.

    Jobs (no user) act alone. Where a company has set limits for the kind, who has none may do nothing alone.
    """
    if actor.user is None:
        return ""
    if SecondCheck.objects.of(actor.company).filter(kind=kind).exists():
        return SECOND_CHECK
    return OVER_LIMIT if amount_minor is not None and is_over_limit(actor, kind, amount_minor) else ""


def is_over_limit(actor: Actor, kind: str, amount_minor: int) -> bool:
    """Whether the amount is above what this actor may do alone."""
    limit = limit_of(actor, kind)
    return limit is not None and abs(amount_minor) > limit


def limit_of(actor: Actor, kind: str) -> int | None:
    """Up to which amount this actor does a kind of thing alone: his own limit, else the highest of his roles; nothing
    (-1) where only others have one, None where the company has set none."""
    return limits_of(actor, [kind])[0]


def limits_of(actor: Actor, kinds: Sequence[str]) -> list[int | None]:
    """The limit of each of these kinds, in one question."""
    rows = ApprovalLimit.objects.of(actor.company).filter(kind__in=kinds)
    known = list(rows.values_list("kind", "user_id", "role", "amount_minor"))
    return [_limit(actor, [limit for of, *limit in known if of == kind]) for kind in kinds]


def _limit(actor: Actor, limits: Sequence[Sequence[Any]]) -> int | None:
    own = [amount for user_id, _, amount in limits if user_id and actor.user and user_id == actor.user.pk]
    highest = max(own or [amount for _, role, amount in limits if role in actor.roles], default=None)
    return highest if highest is not None else -1 if limits else None


def park(at: Any, kind: str, request: str, amount_minor: int | None, why: str) -> Approval:
    """Let a command wait for a second person. ``request``: canonical JSON."""
    waiting = Approval.objects.create(
        company_id=at.company_id,
        kind=kind,
        request=request,
        amount_minor=None if amount_minor == UNKNOWN else amount_minor,
        why=why,
        reason=at.reason,
        asked_by=at.actor.user,
        asked_at=at.now,
    )
    at.changed(waiting, {}, {"kind": kind, "request": request, "amount_minor": amount_minor, "why": why})
    at.tell("approval_asked", waiting, kind=kind, why=why)
    return waiting
