"""Accounts from the command line: whoever can read the data folder may make them. What it does is on record."""

import secrets
from dataclasses import dataclass
from typing import Literal
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import override

from huoku.errors import UsageError
from huoku.language import Sentence
from huoku.server.account.recovery import forget_codes
from huoku.server.platform.actor import the_system
from huoku.server.platform.command import perform
from huoku.server.platform.commands.invitations import Accept, Invite, accept_invitation, invite
from huoku.server.platform.commands.people import (
    GiveRole,
    OneMembership,
    OnePerson,
    RenewSignIn,
    dismiss_person,
    end_sessions,
    give_role,
    renew_sign_in,
    take_role,
)
from huoku.server.platform.doors import companies_of
from huoku.server.platform.invitations import invitation_by, joining, new_link_secret
from huoku.server.platform.models import Company, Membership, User
from huoku.server.platform.people import end_sessions as sign_out
from huoku.server.platform.roles import INSIDE, Role
from huoku.server.platform.scope import EVERY_COMPANY, entered

VIA = "command line"
TAKEN = Sentence(
    "账号 {login} 已经有了；用 `huoku user role {login} {role}` 给它加角色",
    "there is an account {login} already; `huoku user role {login} {role}` gives it a role",
)
NOT_HIS = Sentence("{login} 在 {company} 没有 {role} 这个角色", "{login} is no {role} of {company}")
WHICH_COMPANY = Sentence("--company {code}：可以是 {known}", "--company {code}: one of {known} is wanted")
NO_ACCOUNT = Sentence(
    "没有账号 {login}；用 `huoku user list` 查看", "there is no account {login}; `huoku user list` shows them"
)
NO_ROLE = Sentence("{name}：角色可以是 {known}", "{name}: a role is one of {known}")
NO_LOGIN = Sentence(
    "账号 {login!r}：1 到 150 个字母、汉字、数字或 @ . + - _，不能有空格",
    "the login {login!r}: 1 to 150 letters, digits or @ . + - _, without spaces",
)


@dataclass(frozen=True, slots=True)
class Account:
    """One person in one company."""

    login: str
    name: str
    company: str
    roles: tuple[str, ...]
    is_active: bool


def accounts() -> list[Account]:
    """Everybody, by company and login."""
    with entered(EVERY_COMPANY):
        rows = Membership.objects.of_every_company().select_related("user", "company")
        found: dict[tuple[str, str], list[Membership]] = {}
        for row in rows.order_by("company__code", "user__username", "role"):
            found.setdefault((row.company.code, row.user.username), []).append(row)
    return [
        Account(login, each[0].user.name, company, tuple(row.role for row in each), each[0].user.is_active)
        for (company, login), each in found.items()
    ]


def add(login: str, name: str, role: str, company_code: str, password: str = "") -> str:
    """A new account with a role; returns its password, made where none is given. Raises UsageError, Refused."""
    company, wanted = company_called(company_code), _role(role)
    if User.objects.filter(username=login).exists():
        raise UsageError(TAKEN, login=login, role=role)
    check_login(login)
    given = good_password(password, User(username=login, name=name))
    _, digest = new_link_secret()
    perform(
        invite,
        Invite(name=name or login, role=wanted, sites=[], digest=digest),
        actor=the_system(company, via=VIA),
        key=str(uuid4()),
    )
    user = User.objects.create_user(login, password=given, name=name)
    invitation = invitation_by(digest)
    assert invitation is not None
    perform(accept_invitation, Accept(digest=digest), actor=joining(user, invitation), key=str(uuid4()))
    return given


def give(login: str, role: str, company_code: str) -> None:
    """A further role. Raises UsageError, Refused."""
    company, user = company_called(company_code), _user(login)
    request = GiveRole(user=user.pk, role=_role(role), sites=[])
    perform(give_role, request, actor=the_system(company, via=VIA), key=str(uuid4()))


def take(login: str, role: str, company_code: str) -> None:
    """End a role. Raises UsageError, Refused."""
    company, user = company_called(company_code), _user(login)
    with entered(company):
        membership = Membership.objects.of(company).filter(user=user, role=_role(role)).first()
    if membership is None:
        raise UsageError(NOT_HIS, login=login, role=role, company=company.code)
    request = OneMembership(membership=membership.pk)
    perform(take_role, request, actor=the_system(company, via=VIA), key=str(uuid4()))


def dismiss(login: str, company_code: str) -> None:
    """End all roles in a company. Raises UsageError, Refused."""
    company, user = company_called(company_code), _user(login)
    actor = the_system(company, via=VIA)
    perform(end_sessions, OnePerson(user=user.pk), actor=actor, key=str(uuid4()))
    perform(dismiss_person, OnePerson(user=user.pk), actor=actor, key=str(uuid4()))


def set_password(login: str, password: str = "") -> str:
    """A new password, made where none is given; all sessions end. Raises UsageError."""
    user = _user(login)
    given = good_password(password, user)
    user.set_password(given)
    user.save(update_fields=["password"])
    _note_renewal(user, "password")
    return given


def forget_second_factor(login: str) -> None:
    """Take away telephone, keys and recovery codes of somebody who has lost them; all sessions end. Raises
    UsageError."""
    user = _user(login)
    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        forget_codes(user)
    _note_renewal(user, "second factor")


def check_login(login: str) -> None:
    """Raises UsageError where nobody could sign in, or be called by @, with such a name."""
    try:
        User._meta.get_field("username").run_validators(login)
        if not login:
            raise ValidationError("")
    except ValidationError:
        raise UsageError(NO_LOGIN, login=login) from None


def good_password(password: str, user: User) -> str:
    """The password, or one made where there is none. Raises UsageError where it could be guessed."""
    if not password:
        return secrets.token_urlsafe(12)
    if en := _what_is_wrong(password, user, "en"):
        raise UsageError(Sentence("{zh}", "{en}"), zh=_what_is_wrong(password, user, "zh-hans"), en=en)
    return password


def _what_is_wrong(password: str, user: User, language: str) -> str:
    with override(language):
        try:
            validate_password(password, user)
        except ValidationError as fault:
            return " ".join(fault.messages)
    return ""


def _note_renewal(user: User, what: Literal["password", "second factor"]) -> None:
    sign_out(user)
    for company in companies_of(user):
        request = RenewSignIn(user=user.pk, what=what)
        perform(renew_sign_in, request, actor=the_system(company, via=VIA), key=str(uuid4()))


def company_called(code: str) -> Company:
    """The company of this code, or the only one. Raises UsageError."""
    companies = list(Company.objects.filter(code=code) if code else Company.objects.all()[:2])
    if len(companies) == 1:
        return companies[0]
    known = ", ".join(Company.objects.order_by("code").values_list("code", flat=True))
    raise UsageError(WHICH_COMPANY, code=code or "?", known=known)


def _user(login: str) -> User:
    user = User.objects.filter(username=login).first()
    if user is None:
        raise UsageError(NO_ACCOUNT, login=login)
    return user


def _role(name: str) -> Role:
    if name not in set(INSIDE):
        raise UsageError(NO_ROLE, name=name, known=", ".join(sorted(INSIDE)))
    return Role(name)
