"""Who is here, as what, signed in from where, and the keys that programs act with."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.db.models import QuerySet

from huoku.language import Sentence
from huoku.server.platform.actor import Actor
from huoku.server.platform.commands import invitations, people, tokens
from huoku.server.platform.kept import rows_for
from huoku.server.platform.models import ApiToken, Invitation, Membership, MembershipSite, User
from huoku.server.platform.rights import MANAGE_PEOPLE, OWN_SESSIONS, OWN_TOKENS, READ_PEOPLE
from huoku.server.platform.roles import FieldGroup
from huoku.server.platform.tables.kinds import LIST, MOMENT, TEXT
from huoku.server.platform.tables.table import Column, Expand, declare

USERNAME = Column("user", "user__username", TEXT, nullable=False)


def here(actor: Actor) -> QuerySet[User]:
    """Everybody with a role in the company."""
    members = Membership.objects.of(actor.company).values("user")
    return User.objects.filter(pk__in=members)


def sessions(actor: Actor) -> Any:
    """One's own; of everybody here for whoever manages people."""
    if actor.may(MANAGE_PEOPLE):
        return UserSession.objects.filter(user__in=here(actor))
    return UserSession.objects.filter(user=actor.user)


def own_tokens(actor: Actor) -> QuerySet[ApiToken]:
    """One's own; everybody's for whoever manages people."""
    rows = rows_for(actor, ApiToken)
    return rows if actor.may(MANAGE_PEOPLE) else rows.filter(user=actor.user)


declare(
    "people",
    User,
    read=READ_PEOPLE,
    title=Sentence("人员", "People"),
    columns=("id", "username", "name", "language", "is_active", Column("signed_in_at", "last_login", MOMENT)),
    hidden={FieldGroup.PERSONAL: "name signed_in_at"},
    expands={"memberships": Expand("memberships", "user_id", many=True)},
    actions={"dismiss": people.dismiss_person, "sign_out": people.end_sessions},
    rows=here,
)
declare(
    "memberships",
    Membership,
    read=READ_PEOPLE,
    title=Sentence("人员的角色", "Roles of people"),
    columns=("id", USERNAME, "user", "role", "partner"),
    expands={"person": Expand("people", "user_id"), "sites": Expand("membership_sites", "membership_id", many=True)},
    add=people.give_role,
    actions={"limit_sites": people.limit_sites, "take": people.take_role},
)
declare(
    "membership_sites",
    MembershipSite,
    read=READ_PEOPLE,
    title=Sentence("角色限于哪些厂区", "Sites that roles are limited to"),
    columns=("id", "membership", "site"),
)
declare(
    "invitations",
    Invitation,
    read=READ_PEOPLE,
    title=Sentence("邀请", "Invitations"),
    columns=(
        *("id", "name", "role", "partner", Column("site_ids", "sites", LIST, nullable=False), "expires_at"),
        *(Column("invited_by", "invited_by__username", TEXT), Column("accepted_by", "accepted_by__username", TEXT)),
        *("accepted_at", "revoked_at"),
    ),
    hidden={FieldGroup.PERSONAL: "name"},
    add=invitations.invite,
    actions={"revoke": invitations.revoke_invitation},
)
declare(
    "tokens",
    ApiToken,
    read=OWN_TOKENS,
    title=Sentence("令牌：程序用的钥匙", "Tokens: keys for programs"),
    columns=(
        *("id", USERNAME, "user", "name", "prefix", Column("rights", "rights", LIST, nullable=False), "made_at"),
        *("expires_at", "last_used_on", "revoked_at"),
    ),
    add=tokens.add_token,
    actions={"revoke": tokens.revoke_token},
    rows=own_tokens,
)
declare(
    "sessions",
    UserSession,
    read=OWN_SESSIONS,
    title=Sentence("登录：谁从哪里登录着", "Sessions: who is signed in from where"),
    columns=(
        *("id", USERNAME, "user", Column("address", "ip", TEXT, nullable=False)),
        *(Column("browser", "user_agent", TEXT, nullable=False), Column("signed_in_at", "created_at", MOMENT)),
        "last_seen_at",
    ),
    actions={"end": people.end_session},
    rows=sessions,
)
