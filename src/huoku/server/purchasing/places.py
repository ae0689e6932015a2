"""Places of stock as requests name them, and the one that stands for suppliers."""

from huoku.language import Sentence
from huoku.server.ledger.models import Location
from huoku.server.platform.command import At
from huoku.server.platform.kept import Unknown, rows_for
from huoku.server.platform.refusals import Refused


class NotForGoods(Refused):
    code = "not_for_goods"
    words = Sentence("{value} 不是可以收货的库位。", "{value} is no place that goods can be received at.")


class NoSupplierPlace(Refused):
    code = "no_supplier_place"
    words = Sentence(
        "还没有“供应商”类的地点，请先建一个。", "There is no place of the kind supplier yet; set one up first."
    )


def place_named(at: At, field: str, code: str) -> Location:
    """A place in use where stock can lie, by its code. Raises Unknown, NotForGoods."""
    place = rows_for(at.actor, Location).filter(code=code, is_active=True).first()
    if place is None:
        raise Unknown(field=field, value=code, noun_zh="库位", noun_en="place")
    if not place.is_physical:
        raise NotForGoods(field=field, value=code)
    return place


def from_suppliers(at: At) -> Location:
    """Where goods come from and go back to, as far as the ledger is concerned. Raises NoSupplierPlace."""
    places = rows_for(at.actor, Location).filter(kind=Location.Kind.SUPPLIER, is_active=True)
    place = places.order_by("pk").first()
    if place is None:
        raise NoSupplierPlace()
    return place
