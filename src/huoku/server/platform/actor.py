"""Who acts, for which company, with what rights. Made once at the door, handed to every command and query."""

from dataclasses import dataclass, field
from functools import cached_property

from huoku.server.platform.models import Company, Membership, User
from huoku.server.platform.refusals import NotAllowed
from huoku.server.platform.roles import SEES, FieldGroup, Role, right


@dataclass(frozen=True)
class Actor:
    """``sites``: ids of the sites it is limited to, per role; None stands for all of the company's sites."""

    company: Company
    user: User | None
    roles: frozenset[Role]
    sites: frozenset[int] | None = None
    partner: int | None = None
    via: str = "session"
    scope: str = ""
    scopes: frozenset[str] | None = None
    """The rights that a token is limited to; None: no limit beyond the roles."""
    request_id: str = ""
    untrained: frozenset[str] = field(default_factory=frozenset)
    """Courses whose exam this user has not passed."""

    @cached_property
    def key_scope(self) -> str:
        """Whose keys these are: two users may happen to make the same key."""
        return self.scope or (f"user:{self.user.pk}" if self.user else self.via)

    def may(self, name: str) -> bool:
        asked = right(name)
        return (
            bool(asked.roles & self.roles)
            and (self.scopes is None or name in self.scopes)
            and not (asked.course and asked.course in self.untrained)
        )

    def must(self, name: str) -> None:
        """Raises NotAllowed where the actor lacks the right."""
        if not self.may(name):
            raise NotAllowed(right=name)

    def sees(self, group: FieldGroup) -> bool:
        return bool(SEES[group] & self.roles)

    def works_at(self, site_id: int | None) -> bool:
        return self.sites is None or site_id is None or site_id in self.sites


def actor_of(user: User, company: Company, *, via: str = "session", request_id: str = "") -> Actor | None:
    """The user as who it is in this company; None where it has no part in it."""
    memberships = list(Membership.objects.of(company).filter(user=user).prefetch_related("sites"))
    if not memberships or not user.is_active or not company.is_active:
        return None
    limited = [{each.site_id for each in membership.sites.all()} for membership in memberships]
    return Actor(
        company=company,
        user=user,
        roles=frozenset(Role(membership.role) for membership in memberships),
        sites=frozenset(set().union(*limited)) if all(limited) else None,
        partner=next((membership.partner for membership in memberships if membership.partner), None),
        via=via,
        request_id=request_id,
    )


def the_system(company: Company, *, via: str = "job") -> Actor:
    """A schedule or a check acts: with every right, and named as what it is."""
    return Actor(company=company, user=None, roles=frozenset({Role.OWNER}), via=via)
