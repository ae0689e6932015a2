"""Places as requests name them."""

from huoku.server.documents.places import place_called, place_of_kind
from huoku.server.ledger.models import Location
from huoku.server.ledger.refusals import NotInUse
from huoku.server.platform.command import At
from huoku.server.production.models import WorkOrder
from huoku.server.production.refusals import WrongPlace

Kind = Location.Kind
STORES = (Kind.STORAGE, Kind.LINE_SIDE)


def place_named(at: At, field: str, code: str, *kinds: Location.Kind) -> Location:
    """The place of this code. Raises Unknown, WrongPlace where it is of another kind, NotInUse."""
    place = place_called(at, code, field)
    if place.kind not in kinds:
        raise WrongPlace(field=field, value=code, wanted=", ".join(kinds))
    if not place.is_active:
        raise NotInUse(field=field, value=code)
    return place


def production_place(at: At, order: WorkOrder) -> int:
    """Where what is used goes and what is made comes from. Raises NoPlace."""
    return place_of_kind(at, Kind.PRODUCTION, order.site_id)
