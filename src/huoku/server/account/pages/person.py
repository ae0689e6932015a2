"""One person: roles and where each counts, what they allow, where he is signed in, and helping him back in."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from huoku.language import Sentence
from huoku.server.account.pages.browsers import browser_of
from huoku.server.account.pages.inside import inside
from huoku.server.account.pages.roles import allowed
from huoku.server.account.recovery import forget_codes
from huoku.server.account.words import said, told
from huoku.server.look.speaking import language
from huoku.server.platform import people
from huoku.server.platform.actor import Actor
from huoku.server.platform.command import Command, perform
from huoku.server.platform.commands.people import (
    GiveRole,
    LimitSites,
    OneMembership,
    OnePerson,
    OneSession,
    RenewSignIn,
    dismiss_person,
    end_session,
    end_sessions,
    give_role,
    limit_sites,
    renew_sign_in,
    take_role,
)
from huoku.server.platform.models import Membership, Site, User
from huoku.server.platform.refusals import Refused
from huoku.server.platform.rights import MANAGE_PEOPLE
from huoku.server.platform.roles import INSIDE, ROLES_CALLED, Role

DONE = Sentence("已完成。", "Done.")
GONE = Sentence("{name} 从现在起不再属于这家公司。", "From now on {name} is no part of this company.")


class RoleForm(forms.Form):
    """A further role, everywhere or at some sites."""

    def __init__(self, actor: Actor, held: set[str], *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        roles = [("", "—"), *(each for each in roles_to_give(actor) if each[0] not in held)]
        self.fields["role"] = forms.ChoiceField(choices=roles, label=told(Sentence("岗位", "Role")))
        if sites := sites_of(actor):
            where = told(Sentence("只在这些厂区（不选就是全部）", "At these sites only (none: everywhere)"))
            boxes = forms.CheckboxSelectMultiple()
            self.fields["sites"] = forms.MultipleChoiceField(choices=sites, required=False, label=where, widget=boxes)


def roles_to_give(actor: Actor) -> list[tuple[str, str]]:
    """The roles of our own people that the actor may give: an owner alone makes owners."""
    roles = [role for role in Role if role in INSIDE and (role != Role.OWNER or Role.OWNER in actor.roles)]
    return [(role.value, said(ROLES_CALLED[role])) for role in roles]


def sites_of(actor: Actor) -> list[tuple[int, str]]:
    """The sites that the actor looks after, by name."""
    rows = Site.objects.of(actor.company).filter(is_active=True).order_by("code")
    return [(site.pk, site.name or site.code) for site in rows if actor.works_at(site.pk)]


@inside(MANAGE_PEOPLE)
def person(request: HttpRequest, actor: Actor, user_id: int) -> HttpResponse:
    """All that an administrator wants to know of somebody, and may do."""
    user = _here(actor, user_id)
    memberships = list(
        Membership.objects.of(actor.company).filter(user=user).prefetch_related("sites__site").order_by("role")
    )
    held = {membership.role for membership in memberships}
    facts: dict[str, Any] = {
        "person": user,
        "is_self": actor.user is not None and actor.user.pk == user.pk,
        "roles": [_told(membership) for membership in memberships],
        "sites": sites_of(actor),
        "form": RoleForm(actor, held) if held <= {role.value for role in INSIDE} else None,
        "sessions": [
            (each, browser_of(each.user_agent))
            for each in UserSession.objects.filter(user=user).order_by("-last_seen_at")
        ],
        "has_second_factor": is_mfa_enabled(user),
        "is_shared": people.is_elsewhere(user, actor.company.pk),
    }
    return render(request, "account/person.html", facts)


def _told(membership: Membership) -> dict[str, Any]:
    at = [each.site for each in membership.sites.all()]
    return {
        "id": membership.pk,
        "called": said(ROLES_CALLED[membership.role]),
        "sites": [site.name or site.code for site in at],
        "site_ids": [site.pk for site in at],
        "rooms": allowed(Role(membership.role), language()),
    }


@require_POST
@inside(MANAGE_PEOPLE)
def add_role(request: HttpRequest, actor: Actor, user_id: int) -> HttpResponse:
    """One more role."""
    user = _here(actor, user_id)
    form = RoleForm(actor, set(), request.POST)
    if form.is_valid():
        sites = [int(site) for site in form.cleaned_data.get("sites", ())]
        asked = GiveRole(user=user.pk, role=Role(form.cleaned_data["role"]), sites=sites or sorted(actor.sites or ()))
        _done(request, actor, give_role, asked)
    return redirect("account_person", user.pk)


@require_POST
@inside(MANAGE_PEOPLE)
def change_role(request: HttpRequest, actor: Actor, user_id: int, membership_id: int) -> HttpResponse:
    """The role ends, or counts at other sites."""
    user = _here(actor, user_id)
    if "end" in request.POST:
        _done(request, actor, take_role, OneMembership(membership=membership_id))
        still = Membership.objects.of(actor.company).filter(user=user).exists()
        return redirect("account_person", user.pk) if still else redirect("account_people")
    sites = [int(site) for site in request.POST.getlist("sites") if site.isdecimal()]
    _done(request, actor, limit_sites, LimitSites(membership=membership_id, sites=sites))
    return redirect("account_person", user.pk)


@require_POST
@inside(MANAGE_PEOPLE)
def sign_out(request: HttpRequest, actor: Actor, user_id: int) -> HttpResponse:
    """Out of one browser, or of all."""
    user = _here(actor, user_id)
    session = request.POST.get("session", "")
    if session.isdecimal():
        _done(request, actor, end_session, OneSession(session=int(session)))
    else:
        _done(request, actor, end_sessions, OnePerson(user=user.pk))
    return redirect("account_person", user.pk)


@require_POST
@inside(MANAGE_PEOPLE)
def second_factor(request: HttpRequest, actor: Actor, user_id: int) -> HttpResponse:
    """Whoever has lost his telephone begins anew: it is taken away with keys and codes, and he is out everywhere."""
    user = _here(actor, user_id)

    def forget() -> None:
        Authenticator.objects.filter(user=user).delete()
        forget_codes(user)
        people.end_sessions(user)

    _done(request, actor, renew_sign_in, RenewSignIn(user=user.pk, what="second factor"), forget)
    return redirect("account_person", user.pk)


@require_POST
@inside(MANAGE_PEOPLE)
def dismiss(request: HttpRequest, actor: Actor, user_id: int) -> HttpResponse:
    """He is a stranger from the next request on; what he did stays under his name."""
    user = _here(actor, user_id)
    if not _done(request, actor, dismiss_person, OnePerson(user=user.pk), words=GONE, name=str(user)):
        return redirect("account_person", user.pk)
    return redirect("account_people")


def _done(
    request: HttpRequest,
    actor: Actor,
    what: Command[Any],
    asked: Any,
    then: Callable[[], None] = lambda: None,
    words: Sentence = DONE,
    **facts: object,
) -> bool:
    """Perform a command and what belongs to it, at once or not at all; say what came of it."""
    try:
        with transaction.atomic():
            perform(what, asked, actor=actor, key=f"person:{uuid4().hex}")
            then()
    except Refused as refusal:
        messages.error(request, refusal.say(language()))
        return False
    messages.success(request, said(words, **facts))
    return True


def _here(actor: Actor, user_id: int) -> User:
    members = Membership.objects.of(actor.company).values("user")
    return get_object_or_404(User.objects.filter(pk__in=members), pk=user_id)
