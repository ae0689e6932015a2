"""Setting up where stock can be and whose it is, and what is known of lots."""

from typing import Annotated

from pydantic import StringConstraints

from huoku.language import Sentence
from huoku.server.ledger.models import Balance, Debt, Location, Owner
from huoku.server.ledger.rights import SET_UP
from huoku.server.platform.alike import AlthoughAlike, must_not_be_alike
from huoku.server.platform.command import At, command
from huoku.server.platform.commands.companies import Code, CodeTaken
from huoku.server.platform.kept import add, change, opened, rows_for
from huoku.server.platform.models import Site
from huoku.server.platform.naming import SiteId
from huoku.server.platform.refusals import NotFound, Refused
from huoku.server.platform.requests import Asked, Opened

Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class StillInUse(Refused):
    code, status = "still_in_use", 409
    words = Sentence("{value} 还有库存或欠账，不能停用。", "There is stock or debt at {value} still.")


class NothingLiesThere(Refused):
    code = "nothing_lies_there"
    words = Sentence(
        "{value} 不放实物，没有账实不符可言。", "No stock lies at {value}, so there is no book of it to distrust."
    )


class AddLocation(Asked):
    code: Code
    name: Name = ""
    kind: Location.Kind
    site: SiteId | None = None
    is_unverified: bool = False
    although_alike: AlthoughAlike = False


@command(right=SET_UP)
def add_location(at: At, request: AddLocation) -> dict[str, object]:
    """A place that stock lies at, comes from or goes to. Raises CodeTaken, NotFound of the site, NothingLiesThere."""
    if Location.objects.of(at.company_id).filter(code=request.code).exists():
        raise CodeTaken(field="code", value=request.code)
    must_not_be_alike(at, Location, request.code, request.although_alike)
    if request.site is not None and not rows_for(at.actor, Site).filter(pk=request.site).exists():
        raise NotFound(field="site", value=request.site, what="site")
    is_physical = request.kind in Location.PHYSICAL
    if request.is_unverified and not is_physical:
        raise NothingLiesThere(field="is_unverified", value=request.code)
    location = Location(
        code=request.code,
        name=request.name,
        kind=request.kind,
        site_id=request.site,
        is_physical=is_physical,
        is_unverified=request.is_unverified,
    )
    return {**add(at, location), "code": location.code}


class ChangeLocation(Opened):
    name: Name = ""
    is_unverified: bool = False
    is_active: bool = True


@command(right=SET_UP)
def change_location(at: At, request: ChangeLocation) -> dict[str, object]:
    """Rename a place, trust or distrust its book, take it out of use. Raises NotFound, Stale, NothingLiesThere;
    StillInUse while something is there."""
    location = opened(at, Location, request.id, request.version)
    new = request.model_dump(exclude={"id", "version"}, exclude_unset=True)
    if new.get("is_unverified") and not location.is_physical:
        raise NothingLiesThere(field="is_unverified", value=location.code)
    owed = Debt.objects.of(at.company_id).filter(location=location, quantity__gt=0).exists()
    held = Balance.objects.of(at.company_id).filter(location=location, on_hand__gt=0).exists()
    if (owed and False in (new.get("is_unverified"), new.get("is_active"))) or (held and new.get("is_active") is False):
        raise StillInUse(field="location", value=location.code)
    return {**change(at, location, new), "code": location.code}


class AddOwner(Asked):
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
