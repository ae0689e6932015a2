"""Who acts, for which company, with what rights. Made once at the door, handed to every command and query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from typing import Any

import structlog
from django.db.models import QuerySet

from huoku.server.platform.models import Company, Membership, User
from huoku.server.platform.prepared import Asking, Prepared, columns, given, row_of, rows_of_each
from huoku.server.platform.refusals import ExamNeeded, NotAllowed
from huoku.server.platform.roles import SEES, FieldGroup, Role, right
from huoku.server.platform.sql import Row
from huoku.server.platform.training import COURSES, COURSES_OF_ALL, untrained

log = structlog.get_logger("huoku.security")


@dataclass(frozen=True)
class Actor:
    """``sites``: ids of the sites it is limited to, over all its roles; None stands for all of the company's sites."""

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
    """Rights that wait for an exam which this user has not passed."""
    sites_of: Mapping[Role, frozenset[int] | None] = field(default_factory=dict)
    """Where each role counts, as ``sites``; empty where all of them count at the same."""

    @cached_property
    def key_scope(self) -> str:
        """Whose keys these are: two users may happen to make the same key."""
        return self.scope or (f"user:{self.user.pk}" if self.user else self.via)

    def may(self, name: str) -> bool:
        asked = right(name)
        return (
            bool(asked.roles & self.roles)
            and (self.scopes is None or name in self.scopes)
            and name not in self.untrained
        )

    def must(self, name: str) -> None:
        """Raises NotAllowed where the actor lacks the right, ExamNeeded where it waits for an exam."""
        if not self.may(name):
            log.warning(
                "not_allowed", right=name, company=self.company.code, user=self.user and self.user.pk, via=self.via
            )
            waits = name in self.untrained and right(name).roles & self.roles
            raise (ExamNeeded if waits else NotAllowed)(right=name)

    def sees(self, group: FieldGroup) -> bool:
        return bool(SEES[group] & self.roles)

    def acting_by(self, name: str) -> "Actor":
        """The same actor, limited to the sites of those roles that give this right: who keeps one store and plans for
        all moves nothing in the others."""
        if not self.sites_of:
            return self
        given = [self.sites_of[role] for role in sorted(right(name).roles & self.roles)]
        here = None if None in given else frozenset(site for sites in given for site in sites or ())
        return self if here == self.sites else replace(self, sites=here)

    def works_at(self, site_id: int | None) -> bool:
        return self.sites is None or site_id is None or site_id in self.sites


def _memberships() -> "QuerySet[Membership, Any]":
    """A row for each site that a role is limited to; one with None for a role that has all of them."""
    here = Membership.objects.of_every_company().filter(company=given("company"), user=given("user"))
    return here.order_by("pk").values_list("role", "partner", "sites__site_id")


_MEMBERSHIPS = Prepared(_memberships)


def actor_of(user: User, company: Company, *, via: str = "session", request_id: str = "") -> Actor | None:
    """The user as who it is in this company; None where it has no part in it."""
    both = {"company": company.pk, "user": user.pk}
    memberships, courses = rows_of_each((_MEMBERSHIPS, both), (COURSES, both))
    return _actor(user, company, memberships, courses, via, request_id)


def _parts() -> "QuerySet[Membership, Any]":
    """As ``_memberships``, of every company, with it before each."""
    here = Membership.objects.of_every_company().filter(user=given("user"), company__is_active=True)
    of_each = (*columns(Company, "company__"), "role", "partner", "sites__site_id")
    return here.order_by("company__code", "pk").values_list(*of_each)


_PARTS = Prepared(_parts)


def actors_of(user: User, asking: Asking) -> list[Actor]:
    """The user as who it is in each company that it has a part in, by code: all in one round."""
    parts, courses = rows_of_each((_PARTS, {"user": user.pk}), (COURSES_OF_ALL, {"user": user.pk}), asking=asking)
    found = []
    for company_values, rows in groupby(parts, key=lambda row: row[:-3]):
        company = row_of(Company, company_values)
        here = [row[1:] for row in courses if row[0] == company.pk]
        found.append(_actor(user, company, [row[-3:] for row in rows], here))
    return [actor for actor in found if actor]


def _actor(
    user: User,
    company: Company,
    memberships: Sequence[Row],
    courses: Sequence[Row],
    via: str = "session",
    request_id: str = "",
) -> Actor | None:
    if not memberships or not user.is_active or not company.is_active:
        return None
    sites = {site for *_, site in memberships}
    at: dict[Role, set[int | None]] = {}
    for role, _, site in memberships:
        at.setdefault(Role(role), set()).add(site)
    sites_of = {role: None if None in here else frozenset(site for site in here if site) for role, here in at.items()}
    return Actor(
        company=company,
        user=user,
        roles=frozenset(at),
        sites=frozenset(sites) if None not in sites else None,
        sites_of=sites_of if len(set(sites_of.values())) > 1 else {},
        untrained=untrained(courses),
        partner=next((partner for _, partner, _ in memberships if partner), None),
        via=via,
        request_id=request_id,
    )


def the_system(company: Company, *, via: str = "job") -> Actor:
    """A schedule or a check acts: with every right, and named as what it is."""
    return Actor(company=company, user=None, roles=frozenset({Role.OWNER}), via=via)
