"""What each role may do and see, in words."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from huoku.language import Language, Sentence
from huoku.server.account.pages.inside import inside
from huoku.server.account.pages.tokens import ROOMS
from huoku.server.look.speaking import language
from huoku.server.platform.actor import Actor
from huoku.server.platform.rights import MANAGE_PEOPLE
from huoku.server.platform.roles import INSIDE, ROLES_CALLED, SEES, FieldGroup, Role, all_rights

SEEN = {
    FieldGroup.COST: Sentence("成本和毛利", "cost and margin"),
    FieldGroup.SALES_PRICE: Sentence("销售价格", "sales prices"),
    FieldGroup.SUPPLIER_TERMS: Sentence("供应商的价格和条件", "suppliers' prices and terms"),
    FieldGroup.CUSTOMER_IDENTITY: Sentence("客户是谁", "who the customer is"),
    FieldGroup.PERSONAL: Sentence("个人资料", "data about persons"),
    FieldGroup.REMEDY: Sentence("缺料和每个办法的代价", "what shortages and the ways out of them cost"),
}
MAY_SEE = Sentence("看得到的字段", "Fields that are seen")


def allowed(role: Role, lang: Language) -> list[tuple[str, list[str]]]:
    """By room, what a role may do; at the end what it sees that others do not."""
    held = [right for right in all_rights() if role.value in right.roles]
    rooms = groupby(held, key=lambda right: right.name.partition(".")[0])
    told = [(ROOMS[room].say(lang), [right.words.say(lang) for right in rights]) for room, rights in rooms]
    seen = [SEEN[group].say(lang) for group in FieldGroup if role in SEES[group]]
    return [*told, (MAY_SEE.say(lang), seen)] if seen else told


@inside(MANAGE_PEOPLE)
def roles(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every role of the company's own people."""
    lang = language()
    told = [(ROLES_CALLED[role].say(lang), allowed(role, lang)) for role in Role if role in INSIDE]
    return render(request, "account/roles.html", {"roles": told})
