"""Places of stock as requests name them."""

from huoku.language import Sentence
from huoku.server.ledger.models import Location
from huoku.server.platform.command import At
from huoku.server.platform.kept import Unknown, rows_for
from huoku.server.platform.refusals import Refused


class NotForGoods(Refused):
    code = "not_for_goods"
    words = Sentence("{value} 不是可以收货的库位。", "{value} is no place that goods can be received at.")


def place_named(at: At, field: str, code: str) -> Location:
    """A place in use where stock can lie, by its code. Raises Unknown, NotForGoods."""
    place = rows_for(at.actor, Location).filter(code=code, is_active=True).first()
    if place is None:
        raise Unknown(field=field, value=code, noun_zh="库位", noun_en="place")
    if not place.is_physical:
        raise NotForGoods(field=field, value=code)
    return place
