"""The pages of one's own account: where to work, and joining by an invitation."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from huoku.language import Sentence
from huoku.server.account.forms import AccountForm
from huoku.server.account.words import said
from huoku.server.look.speaking import language
from huoku.server.notices.rights import OWN
from huoku.server.platform.command import perform
from huoku.server.platform.commands.invitations import Accept, InvitationOver, accept_invitation
from huoku.server.platform.doors import actor_from, choose_company, companies_of, waits_for_second_factor
from huoku.server.platform.invitations import digest_of, invitation_by, joining
from huoku.server.platform.models import Invitation, User
from huoku.server.platform.refusals import Refused
from huoku.server.platform.rights import MANAGE_PEOPLE
from huoku.server.platform.roles import ROLES_CALLED

INVITED = "invited"
"""The session remembers under this name the digest of the invitation whose link was opened."""
WELCOME = Sentence("欢迎！请用账号 {username} 登录。", "Welcome! Sign in as {username}.")


@login_required
@require_GET
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """Who I am, where I work, and where else I may."""
    actor = actor_from(request)
    assert isinstance(request.user, User)
    waits = actor is None and waits_for_second_factor(request)
    facts: dict[str, Any] = {"actor": actor, "companies": companies_of(request.user), "waits": waits}
    facts["roles"] = [said(ROLES_CALLED[role]) for role in sorted(actor.roles)] if actor else []
    facts["manages_people"] = actor is not None and actor.may(MANAGE_PEOPLE)
    facts["is_told"] = actor is not None and actor.may(OWN)
    return render(request, "account/home.html", facts)


@login_required
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Work in another company from now on."""
    choose_company(request, request.POST.get("company", ""))
    return redirect("account_home")


@require_GET
def lost_password(request: HttpRequest) -> HttpResponse:
    """Links for a new password come from an administrator: a factory's server need not be able to send mail."""
    return render(request, "account/lost_password.html")


@never_cache
@require_GET
def join_by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Exchange the secret in the link for a page of this session: it stays in no browser's history of the pages that
    follow, and in no address that they send on."""
    digest = digest_of(secret)
    if invitation_by(digest) is None:
        return _over(request)
    request.session[INVITED] = digest
    return redirect("account_join")


@never_cache
@sensitive_post_parameters("password1", "password2")
def join(request: HttpRequest) -> HttpResponseBase:
    """Accept an invitation: signed in with the account that one has, else with a new one."""
    digest: str = request.session.get(INVITED, "")
    invitation = invitation_by(digest) if digest else None
    if invitation is None:
        return _over(request)
    form = AccountForm(request.POST or None)
    try:
        if request.method == "POST" and isinstance(request.user, User):
            _accept(request.user, invitation, digest)
            del request.session[INVITED]
            return redirect("account_home")
        if request.method == "POST" and form.is_valid():
            with transaction.atomic():  # an account without a company is of no use: both or none
                _accept(form.save(), invitation, digest)
            del request.session[INVITED]
            messages.success(request, said(WELCOME, username=form.cleaned_data["username"]))
            return redirect("account_login")
    except Refused as refusal:
        return render(request, "account/refused.html", {"refusal": refusal.say(language())}, status=refusal.status)
    return render(
        request,
        "account/join.html",
        {"invitation": invitation, "role": said(ROLES_CALLED[invitation.role]), "form": form},
    )


def _accept(user: User, invitation: Invitation, digest: str) -> None:
    perform(accept_invitation, Accept(digest=digest), actor=joining(user, invitation), key=f"join:{uuid4().hex}")


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "account/refused.html", {"refusal": InvitationOver().say(language())}, status=410)
