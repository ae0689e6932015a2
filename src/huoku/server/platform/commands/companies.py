"""Founding a company, and its sites."""

from typing import Annotated

from django.db import transaction
from pydantic import StringConstraints

from huoku.language import Sentence
from huoku.server.platform.command import At, command
from huoku.server.platform.models import Company, Membership, Site, User
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import Asked
from huoku.server.platform.rights import MANAGE_COMPANY
from huoku.server.platform.roles import Role
from huoku.server.platform.scope import entered

Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]


class CodeTaken(Refused):
    code, status = "code_taken", 422
    words = Sentence("编号 {value} 已经有了，请换一个。", "The code {value} is taken; choose another.")


def found_company(code: str, name: str, owner: User) -> Company:
    """A new company and its first owner: the one write that no company can authorise. For the command line only."""
    with transaction.atomic():
        company = Company.objects.create(code=code, name=name)
        with entered(company):
            Membership.objects.create(company=company, user=owner, role=Role.OWNER)
    return company


class AddSite(Asked):
    code: Code
    name: str


@command(right=MANAGE_COMPANY)
def add_site(at: At, request: AddSite) -> dict[str, object]:
    """A plant or warehouse that stock is kept at and that roles may be limited to. Raises CodeTaken."""
    if Site.objects.of(at.company_id).filter(code=request.code).exists():
        raise CodeTaken(field="code", value=request.code)
    site = Site.objects.create(company_id=at.company_id, code=request.code, name=request.name)
    at.changed(site, {}, request.model_dump())
    at.tell("site_added", site)
    return {"id": site.pk, "code": site.code}
