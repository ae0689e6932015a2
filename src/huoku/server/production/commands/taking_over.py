"""Orders that were begun before there was this system."""

from huoku.server.documents.course import go, must_be_open_to
from huoku.server.platform.command import At, command
from huoku.server.platform.kept import opened
from huoku.server.platform.requests import Opened
from huoku.server.production.models import WorkComponent, WorkOrder
from huoku.server.production.operations import settle
from huoku.server.production.rights import TAKE_OVER


@command(right=TAKE_OVER)
def take_over_order(at: At, request: Opened) -> dict[str, object]:
    """A planned order is under way, and its materials left the stores before the books began: it takes none of them
    any more, and its work is reported from now on. Raises NotFound, Stale, NotFromHere."""
    order = opened(at, WorkOrder, request.id, request.version)
    must_be_open_to(order, "production.take_over_order")
    taken = WorkComponent.objects.of(at.company_id).filter(order=order)
    at.changed(order, {"components": list(taken.values_list("item__code", flat=True))}, {"components": []})
    taken.delete()
    settle(at, order)
    return go(at, order, "production.take_over_order")
