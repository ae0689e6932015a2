"""Asking somebody in: a link that is good for once."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field, StringConstraints

from huoku.language import Sentence
from huoku.server.platform.command import At, command
from huoku.server.platform.commands.people import (
    OwnersOnly,
    PartnerWanted,
    Sites,
    acts_as_owner,
    join,
    must_look_after,
)
from huoku.server.platform.models import Invitation
from huoku.server.platform.refusals import NotFound, Refused
from huoku.server.platform.requests import Asked, Id
from huoku.server.platform.rights import JOIN, MANAGE_PEOPLE
from huoku.server.platform.roles import INSIDE, Role

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 in hexadecimal of a secret that whoever asks has made: so no answer and no table ever holds the secret."""


class InvitationOver(Refused):
    code, status = "invitation_over", 410
    words = Sentence("邀请已失效，请让管理员重新发一个。", "This invitation is no longer good; ask for a new one.")


class Invite(Asked):
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    role: Role
    partner: Id | None = None
    sites: Sites
    digest: Digest
    days: Annotated[int, Field(ge=1, le=30)] = 7


class Accept(Asked):
    digest: Digest


class OneInvitation(Asked):
    invitation: Id


@command(right=MANAGE_PEOPLE)
def invite(at: At, request: Invite) -> dict[str, object]:
    """Whoever shows the secret behind ``digest`` within ``days`` gets the role. Raises OwnersOnly, ElsewhereToo,
    PartnerWanted."""
    if request.role == Role.OWNER and not acts_as_owner(at.actor):
        raise OwnersOnly(field="role", value=request.role)
    must_look_after(at, request.sites)
    if (request.role in INSIDE) != (request.partner is None):
        raise PartnerWanted(field="partner", value=request.partner)
    facts = request.model_dump(exclude={"digest", "days"})
    made = Invitation.objects.create(
        company_id=at.company_id,
        digest=bytes.fromhex(request.digest),
        invited_by=at.actor.user,
        expires_at=at.now + timedelta(days=request.days),
        **facts,
    )
    at.changed(made, {}, facts)
    return {"invitation": made.pk, "expires_at": made.expires_at}


@command(right=JOIN)
def accept_invitation(at: At, request: Accept) -> dict[str, object]:
    """The actor is whoever accepts. Raises InvitationOver, and what ``join`` raises."""
    digest = bytes.fromhex(request.digest)
    waiting = Invitation.objects.of(at.company_id).filter(
        digest=digest, accepted_at=None, revoked_at=None, expires_at__gt=at.now
    )
    invitation = waiting.select_for_update().first()
    if invitation is None or at.actor.user is None:
        raise InvitationOver()
    membership = join(at, at.actor.user, Role(invitation.role), invitation.partner, invitation.sites)
    invitation.accepted_by, invitation.accepted_at = at.actor.user, at.now
    invitation.save(update_fields=["accepted_by", "accepted_at"])
    at.changed(invitation, {"accepted_by": None}, {"accepted_by": at.actor.user.pk})
    return {"membership": membership.pk, "role": invitation.role}


@command(right=MANAGE_PEOPLE)
def revoke_invitation(at: At, request: OneInvitation) -> dict[str, object]:
    """Its link is good for nothing from now on."""
    open_ones = Invitation.objects.of(at.company_id).filter(pk=request.invitation, accepted_at=None, revoked_at=None)
    if not open_ones.update(revoked_at=at.now):
        raise NotFound(field="invitation", what="invitation", value=request.invitation)
    at.changed(Invitation(pk=request.invitation), {"revoked_at": None}, {"revoked_at": at.now})
    return {"invitation": request.invitation}
