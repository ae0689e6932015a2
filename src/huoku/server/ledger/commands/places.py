"""Setting up where stock can be and whose it is, and what is known of lots."""

from typing import Annotated

from pydantic import BaseModel, StringConstraints

from huoku.language import Sentence
from huoku.server.ledger.models import Balance, Debt, Location, Owner
from huoku.server.ledger.rights import SET_UP
from huoku.server.platform.command import At, command
from huoku.server.platform.commands.companies import Code, CodeTaken
from huoku.server.platform.models import Site
from huoku.server.platform.refusals import NotFound, Refused

Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class StillInUse(Refused):
    code, status = "still_in_use", 409
    words = Sentence("{value} 还有库存或欠账，不能停用。", "There is stock or debt at {value} still.")


class AddLocation(BaseModel):
    code: Code
    name: Name = ""
    kind: Location.Kind
    site: int | None = None
    is_unverified: bool = False


@command(right=SET_UP)
def add_location(at: At, request: AddLocation) -> dict[str, object]:
    """A place that stock lies at, comes from or goes to. Raises CodeTaken, NotFound of the site."""
    if Location.objects.of(at.company_id).filter(code=request.code).exists():
        raise CodeTaken(field="code", value=request.code)
    if request.site is not None and not Site.objects.of(at.company_id).filter(pk=request.site).exists():
        raise NotFound(field="site", value=request.site, what="site")
    location = Location.objects.create(
        company_id=at.company_id,
        code=request.code,
        name=request.name,
        kind=request.kind,
        site_id=request.site,
        is_physical=request.kind in Location.PHYSICAL,
        is_unverified=request.is_unverified and request.kind in Location.PHYSICAL,
    )
    at.changed(location, {}, request.model_dump())
    return {"id": location.pk, "code": location.code}


class ChangeLocation(BaseModel):
    """What is None stays as it is."""

    location: int
    name: Name | None = None
    is_unverified: bool | None = None
    is_active: bool | None = None


@command(right=SET_UP)
def change_location(at: At, request: ChangeLocation) -> dict[str, object]:
    """Rename a place, trust or distrust its book, take it out of use. Raises StillInUse while something is there."""
    location = Location.objects.of(at.company_id).filter(pk=request.location).first()
    if location is None:
        raise NotFound(field="location", value=request.location, what="location")
    new = request.model_dump(exclude={"location"}, exclude_none=True)
    owed = Debt.objects.of(at.company_id).filter(location=location, quantity__gt=0).exists()
    held = Balance.objects.of(at.company_id).filter(location=location, on_hand__gt=0).exists()
    if (owed and False in (new.get("is_unverified"), new.get("is_active"))) or (held and new.get("is_active") is False):
        raise StillInUse(field="location", value=location.code)
    at.changed(location, {name: getattr(location, name) for name in new}, new)
    Location.objects.of(at.company_id).filter(pk=location.pk).update(**new)
    return {"id": location.pk, "code": location.code}


class AddOwner(BaseModel):
    code: Code
    name: Name = ""


@command(right=SET_UP)
def add_owner(at: At, request: AddOwner) -> dict[str, object]:
    """Somebody whose stock lies with us: consigned, lent, sent to be worked on. Raises CodeTaken."""
    if Owner.objects.of(at.company_id).filter(code=request.code).exists():
        raise CodeTaken(field="code", value=request.code)
    owner = Owner.objects.create(company_id=at.company_id, code=request.code, name=request.name)
    at.changed(owner, {}, request.model_dump())
    return {"id": owner.pk, "code": owner.code}
