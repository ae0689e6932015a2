"""Who belongs to the company, and as what."""

from collections.abc import Collection
from typing import Annotated, Literal

from pydantic import Field

from huoku.language import Sentence
from huoku.server.platform import people
from huoku.server.platform.actor import Actor
from huoku.server.platform.command import At, command
from huoku.server.platform.models import ApiToken, Membership, MembershipSite, Site, User
from huoku.server.platform.naming import SiteId, UserId
from huoku.server.platform.refusals import NotFound, Refused
from huoku.server.platform.requests import Asked, Id
from huoku.server.platform.rights import MANAGE_PEOPLE, OWN_SESSIONS
from huoku.server.platform.roles import INSIDE, Role

Sites = Annotated[list[SiteId], Field(default_factory=list, max_length=1000)]


class OwnersOnly(Refused):
    code, status = "owners_only", 403
    words = Sentence("只有老板才能任免老板。", "Only an owner makes or dismisses an owner.")


class LastOwner(Refused):
    code = "last_owner"
    words = Sentence("这是最后一位老板，不能撤销。", "This is the last owner and has to stay.")


class RoleTaken(Refused):
    code = "role_taken"
    words = Sentence("这个人已经有这个角色了。", "This person has this role already.")


class PartnerWanted(Refused):
    code = "partner_wanted"
    words = Sentence(
        "供应商和客户的账号必须指明是哪一家；本厂员工不能指明。",
        "An account of a supplier or customer names which one it is; one of our own people names none.",
    )


class InsideAndOutside(Refused):
    code = "inside_and_outside"
    words = Sentence(
        "一个账号不能既是本厂员工又是供应商或客户。",
        "One account cannot be both our own people and a supplier or customer.",
    )


class ElsewhereToo(Refused):
    code, status = "elsewhere_too", 403
    words = Sentence(
        "您只管部分厂区，不能给或改在其他厂区也有效的角色。",
        "You look after some sites alone: roles that count elsewhere too are not yours to give or to change.",
    )


class SharedAccount(Refused):
    code, status = "shared_account", 403
    words = Sentence(
        "此人还属于别的公司，只能由服务器管理员重设密码。",
        "This person belongs to another company too; only who runs the server may reset the password.",
    )


class GiveRole(Asked):
    user: UserId
    role: Role
    partner: Id | None = None
    sites: Sites


class LimitSites(Asked):
    membership: Id
    sites: Sites


class OneMembership(Asked):
    membership: Id


class OnePerson(Asked):
    user: UserId


@command(right=MANAGE_PEOPLE)
def give_role(at: At, request: GiveRole) -> dict[str, object]:
    """A further role for somebody who is in the company already. Raises OwnersOnly, ElsewhereToo, RoleTaken,
    NotFound."""
    user = person_here(at, request.user)
    must_look_after(at, request.sites)
    return {"membership": join(at, user, request.role, request.partner, request.sites).pk}


@command(right=MANAGE_PEOPLE)
def limit_sites(at: At, request: LimitSites) -> dict[str, object]:
    """Let a role count at these sites only, or at all where none is named. Raises OwnersOnly, ElsewhereToo."""
    membership = _membership(at, request.membership)
    if membership.role == Role.OWNER and not acts_as_owner(at.actor):
        raise OwnersOnly()
    before = sorted(membership.sites.values_list("site_id", flat=True))
    must_look_after(at, before)
    must_look_after(at, request.sites)
    MembershipSite.objects.of(at.company_id).filter(membership=membership).delete()
    _put_at_sites(at, membership, request.sites)
    at.changed(membership, {"sites": before}, {"sites": sorted(set(request.sites))})
    return {"membership": membership.pk}


@command(right=MANAGE_PEOPLE)
def take_role(at: At, request: OneMembership) -> dict[str, object]:
    """End one role of a person. Raises OwnersOnly, ElsewhereToo, LastOwner."""
    _leave(at, _membership(at, request.membership))
    return {"membership": request.membership}


@command(right=MANAGE_PEOPLE)
def dismiss_person(at: At, request: OnePerson) -> dict[str, object]:
    """End all roles of a person here and all tokens that act for it: from the next request on it is a stranger."""
    user = person_here(at, request.user)
    for membership in Membership.objects.of(at.company_id).filter(user=user):
        _leave(at, membership)
    living = ApiToken.objects.of(at.company_id).filter(user=user, revoked_at=None)
    for token in living:
        at.changed(token, {"revoked_at": None}, {"revoked_at": at.now})
    living.update(revoked_at=at.now)
    at.tell("person_dismissed", user)
    return {"user": user.pk}


@command(right=MANAGE_PEOPLE)
def allow_new_password(at: At, request: OnePerson) -> dict[str, object]:
    """Note that somebody gets a link to choose a new password; the door makes the link. Raises SharedAccount,
    OwnersOnly, ElsewhereToo."""
    user = person_here(at, request.user)
    _may_let_in_again(at, user)
    at.changed(user, {}, {"password": "may be chosen anew"})
    return {"user": user.pk}


def _may_let_in_again(at: At, user: User) -> None:
    """Raises SharedAccount, OwnersOnly, ElsewhereToo where the actor is not the one to do that."""
    if people.is_elsewhere(user, at.company_id):
        raise SharedAccount()
    if not at.actor.roles & {Role.OWNER} and people.is_owner(user, at.company_id):
        raise OwnersOnly()
    for membership in Membership.objects.of(at.company_id).filter(user=user):
        must_look_after(at, membership.sites.values_list("site_id", flat=True))


class RenewSignIn(Asked):
    user: UserId
    what: Literal["password", "second factor"]


@command(right=MANAGE_PEOPLE)
def renew_sign_in(at: At, request: RenewSignIn) -> dict[str, object]:
    """Note that somebody got a new password, or that a lost second factor was taken away: by whoever runs the server,
    or by an administrator at the desk. Raises SharedAccount, OwnersOnly, ElsewhereToo for the latter."""
    user = person_here(at, request.user)
    if at.actor.user is not None:
        _may_let_in_again(at, user)
    at.changed(user, {}, {request.what: "renewed"})
    return {"user": user.pk}


@command(right=MANAGE_PEOPLE)
def end_sessions(at: At, request: OnePerson) -> dict[str, object]:
    """Sign a person out everywhere."""
    user = person_here(at, request.user)
    count = people.end_sessions(user)
    at.changed(user, {"sessions": count}, {"sessions": 0})
    return {"user": user.pk, "ended": count}


class OneSession(Asked):
    session: Id


@command(right=OWN_SESSIONS)
def end_session(at: At, request: OneSession) -> dict[str, object]:
    """Sign out one browser: one's own, or anybody's here for whoever manages people. Raises NotFound."""
    session = people.session_of(request.session)
    is_own = session is not None and at.actor.user is not None and session.user_id == at.actor.user.pk
    if session is None or not (is_own or at.actor.may(MANAGE_PEOPLE)):
        raise NotFound(field="session", what="session", value=request.session)
    user = session.user if is_own else person_here(at, session.user_id)
    at.changed(user, {"session": request.session}, {"session": None})
    session.end()
    return {"session": request.session}


def join(at: At, user: User, role: Role, partner: int | None, sites: list[int]) -> Membership:
    """The new membership, its rules checked. Raises RoleTaken, PartnerWanted, InsideAndOutside, NotFound."""
    if (role in INSIDE) != (partner is None):
        raise PartnerWanted(field="partner", value=partner)
    if role == Role.OWNER and not acts_as_owner(at.actor):
        raise OwnersOnly(field="role", value=role)
    held = {
        Role(each) for each in Membership.objects.of(at.company_id).filter(user=user).values_list("role", flat=True)
    }
    if role in held:
        raise RoleTaken(field="role", value=role)
    if held and (role in INSIDE) != bool(held & INSIDE):
        raise InsideAndOutside(field="role", value=role)
    membership = Membership.objects.create(company_id=at.company_id, user=user, role=role, partner=partner)
    _put_at_sites(at, membership, sites)
    facts = {"user": user.pk, "role": role, "partner": partner, "sites": sorted(set(sites))}
    at.changed(membership, {}, facts)
    at.tell("role_given", membership, **facts)
    return membership


def must_look_after(at: At, sites: Collection[int]) -> None:
    """Raises ElsewhereToo where a role at these sites (none: at all) is more than the actor's own reach."""
    if at.actor.sites is not None and not (sites and set(sites) <= at.actor.sites):
        raise ElsewhereToo(field="sites", value=",".join(map(str, sorted(sites))))


def acts_as_owner(actor: Actor) -> bool:
    return Role.OWNER in actor.roles


def person_here(at: At, user_id: int) -> User:
    """Somebody with a role in this company. Raises NotFound for all others: nobody learns who has an account."""
    mine = Membership.objects.of(at.company_id).filter(user=user_id).select_related("user").first()
    if mine is None:
        raise NotFound(field="user", what="user", value=user_id)
    return mine.user


def _membership(at: At, pk: int) -> Membership:
    found = Membership.objects.of(at.company_id).filter(pk=pk).first()
    if found is None:
        raise NotFound(field="membership", what="membership", value=pk)
    return found


def _leave(at: At, membership: Membership) -> None:
    if membership.role == Role.OWNER:
        if not acts_as_owner(at.actor):
            raise OwnersOnly()
        # Locked, so that of two last owners who dismiss each other at once one stays.
        owners = Membership.objects.of(at.company_id).filter(role=Role.OWNER).select_for_update()
        if not [each for each in owners if each.user_id != membership.user_id]:
            raise LastOwner()
    must_look_after(at, membership.sites.values_list("site_id", flat=True))
    facts = {"user": membership.user_id, "role": membership.role, "partner": membership.partner}
    at.changed(membership, facts, {})
    at.tell("role_taken", membership, **facts)
    membership.delete()


def _put_at_sites(at: At, membership: Membership, sites: list[int]) -> None:
    wanted = set(sites)
    known = set(Site.objects.of(at.company_id).filter(pk__in=wanted).values_list("pk", flat=True))
    if missing := sorted(wanted - known):
        raise NotFound(field="sites", what="site", value=missing[0])
    MembershipSite.objects.bulk_create(
        MembershipSite(company_id=at.company_id, membership=membership, site_id=site) for site in sorted(wanted)
    )
