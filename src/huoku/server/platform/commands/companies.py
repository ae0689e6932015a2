"""Founding a company, and its sites."""

from typing import Annotated

from django.db import transaction
from pydantic import StringConstraints

from huoku.language import Sentence
from huoku.server.platform.command import At, command
from huoku.server.platform.models import Company, Membership, Site, User
from huoku.server.platform.refusals import Refused
from huoku.server.platform.requests import Asked
from huoku.server.platform.rights import END_DEMO, MANAGE_COMPANY
from huoku.server.platform.roles import Role
from huoku.server.platform.scope import entered

Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]


class CodeTaken(Refused):
    code, status = "code_taken", 422
    words = Sentence("编号 {value} 已经有了，请换一个。", "The code {value} is taken; choose another.")


class NotADemo(Refused):
    code, status = "not_a_demo", 409
    words = Sentence("{value} 不是演示公司，不能清除。", "{value} is no demo company; it stays.")


class NotThisOne(Refused):
    code = "not_this_one"
    words = Sentence("请输入演示公司的编号 {code}，以免误操作。", "Type the code of the demo company, {code}.")


def found_company(code: str, name: str, owner: User, *, is_demo: bool = False) -> Company:
    """A new company and its first owner: the one write that no company can authorise. For the command line, and for
    whoever owns a company already."""
    with transaction.atomic():
        company = Company.objects.create(code=code, name=name, is_demo=is_demo)
        with entered(company):
            Membership.objects.create(company=company, user=owner, role=Role.OWNER)
    return company


class AddSite(Asked):
    code: Code
    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


@command(right=MANAGE_COMPANY)
def add_site(at: At, request: AddSite) -> dict[str, object]:
    """A plant or warehouse that stock is kept at and that roles may be limited to. Raises CodeTaken."""
    if Site.objects.of(at.company_id).filter(code=request.code).exists():
        raise CodeTaken(field="code", value=request.code)
    site = Site.objects.create(company_id=at.company_id, code=request.code, name=request.name)
    at.changed(site, {}, request.model_dump())
    at.tell("site_added", site)
    return {"id": site.pk, "code": site.code}


class EndDemo(Asked):
    """``code``: of the demo company, typed by whoever means it."""

    code: Code


@command(right=END_DEMO)
def end_demo(at: At, request: EndDemo) -> dict[str, object]:
    """Put a demo company away with all that is in it: nobody sees or enters it any more, its plans and jobs rest. Its
    records stay on the disk as they were, because records are never rewritten. Raises NotADemo, NotThisOne."""
    company = Company.objects.select_for_update().get(pk=at.company_id)
    if not company.is_demo:
        raise NotADemo(value=company.code)
    if request.code != company.code:
        raise NotThisOne(field="code", value=request.code, code=company.code)
    company.is_active = False
    company.save(update_fields=["is_active"])
    at.changed(company, {"is_active": True}, {"is_active": False})
    at.tell("demo_ended", company)
    return {"code": company.code}
