"""Keys for programs: what one has, a new one (its text is shown once), and ending one."""

from itertools import groupby
from uuid import uuid4

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from huoku.language import LISTED, Sentence
from huoku.server.account.pages.inside import inside
from huoku.server.account.words import said, told
from huoku.server.look.speaking import language
from huoku.server.platform import clock
from huoku.server.platform.actor import Actor
from huoku.server.platform.command import perform
from huoku.server.platform.commands.tokens import AddToken, OneToken, add_token, revoke_token
from huoku.server.platform.models import ApiToken
from huoku.server.platform.rights import OWN_TOKENS
from huoku.server.platform.roles import all_rights
from huoku.server.platform.tokens import new_secret

ROOMS = {
    "alerts": Sentence("账务检查", "Examinations"),
    "documents": Sentence("单据", "Documents"),
    "items": Sentence("物料", "Items"),
    "ledger": Sentence("库存账", "Stock ledger"),
    "notices": Sentence("通知", "Notices"),
    "office": Sentence("列表和视图", "Lists and views"),
    "partners": Sentence("供应商和客户", "Suppliers and customers"),
    "planning": Sentence("计划", "Planning"),
    "platform": Sentence("公司和人员", "Company and people"),
    "production": Sentence("生产", "Production"),
    "purchasing": Sentence("采购", "Purchasing"),
    "sales": Sentence("销售", "Sales"),
    "shortages": Sentence("缺料", "Shortages"),
    "statements": Sentence("对账", "Statements"),
    "warehouse": Sentence("调拨", "Transfers"),
}
"""What the rooms are called, by the first word of their rights."""


class TokenForm(forms.Form):
    name = forms.CharField(max_length=80, label=told(Sentence("用途", "Name")))
    days = forms.IntegerField(min_value=1, max_value=730, initial=365, label=told(Sentence("有效天数", "Days")))
    rights = forms.MultipleChoiceField(
        label=told(Sentence("权限", "Rights")), widget=forms.SelectMultiple(attrs={"size": 12})
    )

    def __init__(self, actor: Actor, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        field = self.fields["rights"]
        assert isinstance(field, forms.MultipleChoiceField)
        held = [right for right in all_rights() if actor.may(right.name)]
        groups = groupby(held, key=lambda right: right.name.partition(".")[0])
        field.choices = [
            (said(ROOMS[room]), [(right.name, said(right.words)) for right in of_room]) for room, of_room in groups
        ]


@inside(OWN_TOKENS)
def tokens(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One's living tokens, and a form for a new one."""
    form, text = TokenForm(actor, request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        secret, wanted = new_secret(), form.cleaned_data
        text, form = secret.text, TokenForm(actor)
        asked = AddToken(**wanted, prefix=secret.prefix, digest=secret.digest.hex())
        perform(add_token, asked, actor=actor, key=f"token:{uuid4().hex}")
    living = ApiToken.objects.of(actor.company).filter(user=actor.user, revoked_at=None, expires_at__gt=clock.now())
    living = living.order_by("name", "pk")
    named = {right.name: said(right.words) for right in all_rights()}
    comma = LISTED.say(language())
    told = [(each, comma.join(str(named.get(right, right)) for right in each.rights)) for each in living]
    facts = {"tokens": told, "form": form, "text": text}
    return render(request, "account/tokens.html", facts)


@require_POST
@inside(OWN_TOKENS)
def end_token(request: HttpRequest, actor: Actor, token_id: int) -> HttpResponse:
    """It opens nothing from now on."""
    perform(revoke_token, OneToken(token=token_id), actor=actor, key=f"end-token:{uuid4().hex}")
    return redirect("account_tokens")
