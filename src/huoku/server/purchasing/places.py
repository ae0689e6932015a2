"""Places of stock as requests name them."""

from huoku.language import Sentence
from huoku.server.documents.places import place_called
from huoku.server.ledger.models import Location
from huoku.server.platform.command import At
from huoku.server.platform.refusals import Refused


class NotForGoods(Refused):
    code = "not_for_goods"
    words = Sentence("{value} 不是可以收货的库位。", "{value} is no place that goods can be received at.")


def place_named(at: At, field: str, code: str) -> Location:
    """A place in use where stock can lie, by its code. Raises Unknown, NotForGoods."""
    place = place_called(at, code, field, is_active=True)
    if not place.is_physical:
        raise NotForGoods(field=field, value=code)
    return place
