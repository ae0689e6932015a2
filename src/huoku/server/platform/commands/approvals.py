"""Setting the rules of four eyes, and deciding what waits under them."""

from dataclasses import replace
from typing import Annotated

from pydantic import Field

from huoku.language import Sentence
from huoku.server.platform.actor import Actor, actor_of
from huoku.server.platform.approvals import is_over_limit
from huoku.server.platform.canonical import canonical
from huoku.server.platform.command import COMMANDS, At, command
from huoku.server.platform.commands.people import person_here
from huoku.server.platform.models import Approval, ApprovalLimit, SecondCheck
from huoku.server.platform.naming import Called, Minor, UserId
from huoku.server.platform.refusals import NotAllowed, NotFound, Refused
from huoku.server.platform.requests import Asked, Id
from huoku.server.platform.rights import ASK_APPROVAL, DECIDE_APPROVAL, MANAGE_RULES
from huoku.server.platform.roles import Role


class CannotWait(Refused):
    code = "cannot_wait"
    words = Sentence("{value} 不是可以要求复核的操作。", "{value} is not a command that can wait for a second person.")


class SamePerson(Refused):
    code, status, is_kept = "same_person", 403, False
    words = Sentence("不能复核自己提交的操作，请另一位同事来。", "Nobody approves what he asked for himself.")


class AboveOwnLimit(Refused):
    code, status, is_kept = "above_own_limit", 403, False
    words = Sentence("金额超过您的审批额度。", "The amount is above your own limit.")


class AskerMayNotAnyMore(Refused):
    code = "asker_may_not_any_more"
    words = Sentence("提交人已没有这项权限。", "Whoever asked for it does not have the right any more.")


class DecidedAlready(Refused):
    code, status = "decided_already", 409
    words = Sentence("这项操作已经处理过了。", "This was decided already.")


class RequireSecondCheck(Asked):
    kind: str
    is_required: bool = True


class SetLimit(Asked):
    """For a role or for one person. Without an amount the limit is taken away."""

    kind: str
    role: Role | None = None
    user: UserId | None = None
    amount_minor: Annotated[int, Field(ge=0, lt=2**63), Minor(), Called("amount")] | None


class OneApproval(Asked):
    id: Id


@command(right=MANAGE_RULES)
def require_second_check(at: At, request: RequireSecondCheck) -> dict[str, object]:
    """Whether a kind of command waits for a second person, whatever the amount. Raises CannotWait."""
    _can_wait(request.kind)
    rules = SecondCheck.objects.of(at.company_id).filter(kind=request.kind)
    before = rules.exists()
    if request.is_required and not before:
        SecondCheck.objects.create(company_id=at.company_id, kind=request.kind)
    elif not request.is_required:
        rules.delete()
    at.changed(SecondCheck(), {request.kind: before}, {request.kind: request.is_required})
    return {"kind": request.kind, "is_required": request.is_required}


@command(right=MANAGE_RULES)
def set_limit(at: At, request: SetLimit) -> dict[str, object]:
    """Up to which amount a role or person does a kind of thing alone. Raises CannotWait."""
    _can_wait(request.kind)
    if (request.role is None) == (request.user is None):
        raise NotFound(field="role", what="role or user", value=request.role)
    who = {"role": request.role} if request.role else {"role": "", "user": person_here(at, request.user or 0)}
    limits = ApprovalLimit.objects.of(at.company_id).filter(kind=request.kind, **who)
    before = limits.values_list("amount_minor", flat=True).first()
    limits.delete()
    if request.amount_minor is not None:
        ApprovalLimit.objects.create(
            company_id=at.company_id, kind=request.kind, amount_minor=request.amount_minor, **who
        )
    named = {"kind": request.kind, "role": request.role, "user": request.user}
    at.changed(ApprovalLimit(), {"amount_minor": before}, {"amount_minor": request.amount_minor, **named})
    return {**named, "amount_minor": request.amount_minor}


@command(right=DECIDE_APPROVAL)
def approve(at: At, request: OneApproval) -> dict[str, object]:
    """Carry out what waits, as whoever asked for it. Raises SamePerson, NotAllowed, AboveOwnLimit, DecidedAlready,
    AskerMayNotAnyMore, and whatever the waiting command refuses by: then it goes on waiting."""
    waiting = _waiting(at, request.id)
    what = COMMANDS[waiting.kind]
    asker = _asker(at, waiting)
    if at.actor.user is None or at.actor.user == waiting.asked_by:
        raise SamePerson()
    at.actor.must(what.right)
    here = at.actor.acting_by(what.right).sites
    if here is not None and (asker.sites is None or not asker.sites <= here):
        raise NotAllowed(right=what.right)
    if waiting.amount_minor is not None and is_over_limit(at.actor, waiting.kind, waiting.amount_minor):
        raise AboveOwnLimit()
    # It shares the lists of changes, rows and events, so that all is recorded and committed as one.
    as_asker = replace(at, actor=asker, reason=waiting.reason, is_approved=True)
    asked = what.request.model_validate_json(waiting.request)
    what.checked(as_asker, asked)
    answer = canonical(what.body(as_asker, asked)).decode()
    _decide(at, waiting, Approval.State.APPROVED, answer)
    return {"approval": waiting.pk, "state": waiting.state, "answer": answer}


@command(right=DECIDE_APPROVAL)
def reject(at: At, request: OneApproval) -> dict[str, object]:
    """It is not carried out; the reason stands in the audit entry. Raises SamePerson, NotAllowed, DecidedAlready."""
    waiting = _waiting(at, request.id)
    if at.actor.user is None or at.actor.user == waiting.asked_by:
        raise SamePerson()
    at.actor.must(COMMANDS[waiting.kind].right)
    _decide(at, waiting, Approval.State.REJECTED)
    return {"approval": waiting.pk, "state": waiting.state}


@command(right=ASK_APPROVAL)
def withdraw(at: At, request: OneApproval) -> dict[str, object]:
    """Take back what one has asked for oneself. Raises NotFound, DecidedAlready."""
    waiting = _waiting(at, request.id)
    if at.actor.user != waiting.asked_by:
        raise NotFound(field="id", what="approval", value=request.id)
    _decide(at, waiting, Approval.State.WITHDRAWN)
    return {"approval": waiting.pk, "state": waiting.state}


def _can_wait(kind: str) -> None:
    if kind not in COMMANDS or not COMMANDS[kind].waits:
        raise CannotWait(field="kind", value=kind)


def _waiting(at: At, pk: int) -> Approval:
    # Locked: of two who approve at once, one finds it decided.
    found = Approval.objects.of(at.company_id).select_for_update().filter(pk=pk).first()
    if found is None:
        raise NotFound(field="id", what="approval", value=pk)
    if found.state != Approval.State.WAITING:
        raise DecidedAlready()
    return found


def _asker(at: At, waiting: Approval) -> Actor:
    asker = actor_of(waiting.asked_by, at.actor.company, via="approval", request_id=at.actor.request_id)
    if asker is None or not asker.may(COMMANDS[waiting.kind].right):
        raise AskerMayNotAnyMore()
    return asker.acting_by(COMMANDS[waiting.kind].right)


def _decide(at: At, waiting: Approval, state: Approval.State, answer: str = "") -> None:
    waiting.state, waiting.decided_at, waiting.answer = state, at.now, answer
    waiting.decided_by = None if state == Approval.State.WITHDRAWN else at.actor.user
    waiting.save(update_fields=["state", "decided_at", "decided_by", "answer"])
    facts = {"asked_by": waiting.asked_by_id, "kind": waiting.kind, "request": waiting.request}
    at.changed(waiting, {"state": Approval.State.WAITING}, {"state": state, **facts})
    at.tell("approval_decided", waiting, state=state, kind=waiting.kind)
