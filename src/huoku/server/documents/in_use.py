"""Items and partners that a new paper names: they are known, and in use."""

from typing import TypeVar

from huoku.server.items.models import Item
from huoku.server.ledger.refusals import NotInUse
from huoku.server.partners.models import Customer, Supplier
from huoku.server.platform.command import At
from huoku.server.platform.kept import named

M = TypeVar("M", Item, Customer, Supplier)


def in_use(at: At, model: type[M], field: str, code: str) -> M:
    """The row that a request names by its code. Raises Unknown, NotInUse."""
    row = named(at, model, field, code)
    if not row.is_active:
        raise NotInUse(field=field, value=code)
    return row
