"""The places that a transfer goes between, and who may act there."""

from dataclasses import replace

from huoku.server.documents.places import place_called
from huoku.server.ledger.models import Location
from huoku.server.ledger.refusals import NotYourSite
from huoku.server.platform.command import At
from huoku.server.platform.kept import Unknown
from huoku.server.warehouse.models import Transfer
from huoku.server.warehouse.refusals import NotForStock

STORES = (Location.Kind.STORAGE, Location.Kind.LINE_SIDE)


def store_called(at: At, field: str, code: str) -> Location:
    """A place in use from or to which stock is carried; also of a site where the actor does not work: one may ask for
    what lies elsewhere. Raises Unknown, NotForStock."""
    place = Location.objects.of(at.company_id).filter(code=code, is_active=True).first()
    if place is None:
        raise Unknown(field=field, value=code, noun_zh="库位", noun_en="place")
    if place.kind not in STORES:
        raise NotForStock(field=field, value=code)
    return place


def arrival_place(at: At, transfer: Transfer, code: str | None) -> Location:
    """Where something is put at the target's site: the target, or the place of this code. Raises Unknown, NotForStock,
    NotYourSite."""
    if code is None:
        target: Location = transfer.target
        return target
    place = place_called(at, code, is_active=True)
    if place.kind not in STORES:
        raise NotForStock(field="location", value=code)
    if place.site_id != transfer.target.site_id:
        raise NotYourSite(field="location", value=code)
    return place


def must_work_at(at: At, place: Location) -> None:
    """Raises NotYourSite."""
    if not at.actor.works_at(place.site_id):
        raise NotYourSite(field="location", value=place.code)


def at_both_ends(at: At) -> At:
    """Whoever may take a step at one end states what it means for the other: the books of both change together."""
    return replace(at, actor=replace(at.actor, sites=None, sites_of={}))
