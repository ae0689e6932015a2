"""The places that documents move stock from and to."""

from huoku.language import Sentence
from huoku.server.ledger.models import Location
from huoku.server.platform.command import At
from huoku.server.platform.kept import Unknown, rows_for
from huoku.server.platform.refusals import Refused


class NoPlace(Refused):
    code, status, is_kept = "no_place", 409, False
    words = Sentence(
        "还没有“{value}”类的库位，请管理员先建一个。",
        "There is no place of the kind {value} yet; let an administrator set one up.",
    )


class NotForGoods(Refused):
    code = "not_for_goods"
    words = Sentence("{value} 不是可以收货的库位。", "{value} is no place that goods can be received at.")


def place_called(at: At, code: str, field: str = "location", **wanted: bool) -> Location:
    """The place of this code, where it is as ``wanted``, such as ``is_active=True``. Raises Unknown."""
    place = rows_for(at.actor, Location).filter(code=code, **wanted).first()
    if place is None:
        raise Unknown(field=field, value=code, noun_zh="库位", noun_en="place")
    return place


def place_for_goods(at: At, code: str, field: str = "location") -> Location:
    """A place in use where stock can lie, by its code. Raises Unknown, NotForGoods."""
    place = place_called(at, code, field, is_active=True)
    if not place.is_physical:
        raise NotForGoods(field=field, value=code)
    return place


def place_of_kind(at: At, kind: Location.Kind, site_id: int | None = None) -> int:
    """The first active place of a kind, one of the site before one of none. Raises NoPlace."""
    places = Location.objects.of(at.company_id).filter(kind=kind, is_active=True).order_by("code")
    here = [place for place in places if site_id is None or place.site_id in (None, site_id)]
    if not here:
        raise NoPlace(field="location", value=str(kind.label))
    return min(here, key=lambda place: (place.site_id != site_id, place.code)).pk
