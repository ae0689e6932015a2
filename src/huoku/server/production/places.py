"""Places as requests name them."""

from huoku.server.documents.places import place_of_kind
from huoku.server.ledger.models import Location
from huoku.server.ledger.refusals import NotInUse
from huoku.server.platform.command import At
from huoku.server.platform.kept import Unknown, rows_for
from huoku.server.platform.models import Site
from huoku.server.production.models import WorkOrder
from huoku.server.production.refusals import WrongPlace

Kind = Location.Kind
STORES = (Kind.STORAGE, Kind.LINE_SIDE)


def place_named(at: At, field: str, code: str, *kinds: Location.Kind) -> Location:
    """The place of this code. Raises Unknown, WrongPlace where it is of another kind, NotInUse."""
    place = rows_for(at.actor, Location).filter(code=code).first()
    if place is None:
        raise Unknown(field=field, value=code, noun_zh="库位", noun_en="place")
    if place.kind not in kinds:
        raise WrongPlace(field=field, value=code, wanted=", ".join(kinds))
    if not place.is_active:
        raise NotInUse(field=field, value=code)
    return place


def site_named(at: At, code: str | None) -> int | None:
    """Raises Unknown, also of a site where the actor does not work."""
    if code is None:
        return None
    site = Site.objects.of(at.company_id).filter(code=code).first()
    if site is None or not at.actor.works_at(site.pk):
        raise Unknown(field="site", value=code, noun_zh="厂区", noun_en="site")
    return site.pk


def production_place(at: At, order: WorkOrder) -> int:
    """Where what is used goes and what is made comes from. Raises NoPlace."""
    return place_of_kind(at, Kind.PRODUCTION, order.site_id)
