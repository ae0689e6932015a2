"""The door of those who have no part in a company yet: a link with a secret."""

import hashlib
import secrets

from huoku.server.platform.actor import Actor
from huoku.server.platform.models import Invitation, User
from huoku.server.platform.rights import JOIN
from huoku.server.platform.roles import Role
from huoku.server.platform.scope import EVERY_COMPANY, entered


def new_link_secret() -> tuple[str, str]:
    """The secret for the link, with 256 random bits, and its digest in hexadecimal for ``Invite``."""
    secret = secrets.token_urlsafe(32)
    return secret, digest_of(secret)


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def invitation_by(digest: str) -> Invitation | None:
    """The invitation whose secret has this digest, good or not any more; its company comes with it."""
    with entered(EVERY_COMPANY):
        rows = Invitation.objects.of_every_company().select_related("company")
        return rows.filter(digest=bytes.fromhex(digest)).first()


def joining(user: User, invitation: Invitation) -> Actor:
    """The user as the one who accepts: with the invited role, and no right but that of joining."""
    return Actor(
        company=invitation.company,
        user=user,
        roles=frozenset({Role(invitation.role)}),
        via="invitation",
        scopes=frozenset({JOIN}),
    )
