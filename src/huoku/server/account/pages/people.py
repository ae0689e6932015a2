"""Who works here: asking somebody in, and a new password for whoever forgot his. Both are links, made here and shown
once, for the administrator to hand over by whatever way he trusts."""

from uuid import uuid4

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from huoku.language import Sentence
from huoku.server.account.links import new_password_link
from huoku.server.account.pages.inside import inside
from huoku.server.account.pages.person import roles_to_give, sites_of
from huoku.server.account.words import NAME, said, told
from huoku.server.platform.actor import Actor
from huoku.server.platform.command import perform
from huoku.server.platform.commands.invitations import Invite, invite
from huoku.server.platform.commands.people import OnePerson, allow_new_password
from huoku.server.platform.invitations import new_link_secret
from huoku.server.platform.models import Membership, User
from huoku.server.platform.rights import MANAGE_PEOPLE
from huoku.server.platform.roles import ROLES_CALLED


class InviteForm(forms.Form):
    name = forms.CharField(max_length=200, label=NAME)
    role = forms.ChoiceField(label=told(Sentence("岗位", "Role")))

    def __init__(self, actor: Actor, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *roles_to_give(actor)]
        if sites := sites_of(actor):
            where = told(Sentence("只在这些厂区（不选就是全部）", "At these sites only (none: everywhere)"))
            boxes = forms.CheckboxSelectMultiple()
            self.fields["sites"] = forms.MultipleChoiceField(choices=sites, required=False, label=where, widget=boxes)


@inside(MANAGE_PEOPLE)
def people(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Everybody here with his roles, and a form to ask somebody in."""
    form = InviteForm(actor, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _shown(request, actor, form)
    secret, digest = new_link_secret()
    # Whoever looks after some sites asks people in for those.
    here = sorted(map(int, form.cleaned_data.get("sites", ()))) or sorted(actor.sites or ())
    wanted = Invite(name=form.cleaned_data["name"], role=form.cleaned_data["role"], sites=here, digest=digest)
    perform(invite, wanted, actor=actor, key=f"invite:{uuid4().hex}")
    link = reverse("account_join_by_link", kwargs={"secret": secret})
    return _shown(request, actor, InviteForm(actor), request.build_absolute_uri(link), wanted.name)


@require_POST
@inside(MANAGE_PEOPLE)
def new_password(request: HttpRequest, actor: Actor, user_id: int) -> HttpResponse:
    """A link by which this person chooses a new password."""
    user = get_object_or_404(_here(actor), pk=user_id)
    perform(allow_new_password, OnePerson(user=user.pk), actor=actor, key=f"new-password:{uuid4().hex}")
    return _shown(request, actor, InviteForm(actor), request.build_absolute_uri(new_password_link(user)), str(user))


def _shown(request: HttpRequest, actor: Actor, form: InviteForm, link: str = "", whose: str = "") -> HttpResponse:
    roles: dict[User, list[str]] = {}
    for membership in Membership.objects.of(actor.company).select_related("user").order_by("user__username", "role"):
        roles.setdefault(membership.user, []).append(said(ROLES_CALLED[membership.role]))
    facts = {"people": roles.items(), "form": form, "link": link, "whose": whose}
    return render(request, "account/people.html", facts)


def _here(actor: Actor) -> QuerySet[User]:
    return User.objects.filter(pk__in=Membership.objects.of(actor.company).values("user"))
