"""Orders that were begun before there was this system."""

from fractions import Fraction
from typing import Annotated

from pydantic import Field

from huoku.server.documents.course import go, must_be_open_to
from huoku.server.items.models import Item
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import Positive, whole
from huoku.server.platform.kept import named, opened
from huoku.server.platform.requests import Asked, Code, Opened
from huoku.server.production.models import WorkComponent, WorkOrder
from huoku.server.production.operations import settle
from huoku.server.production.rights import TAKE_OVER


class Takes(Asked):
    item: Code
    qty: Positive


class TakeOverWork(Opened):
    takes: Annotated[list[Takes], Field(max_length=1_000)] = Field(
        default=[], description="What it still takes from the stores; everything else left them already."
    )


@command(right=TAKE_OVER)
def take_over_order(at: At, request: TakeOverWork) -> dict[str, object]:
    """A planned order is under way, and its materials left the stores before the books began: it takes none of them
    any more but what is said, and its work is reported from now on. Raises NotFound, Stale, NotFromHere, Unknown,
    NotWholeSteps."""
    order = opened(at, WorkOrder, request.id, request.version)
    must_be_open_to(order, "production.take_over_order")
    taken = WorkComponent.objects.of(at.company_id).filter(order=order)
    left = [_still_taken(at, order, number, each) for number, each in enumerate(request.takes, start=1)]
    said = {"components": [each.item for each in request.takes]}
    at.changed(order, {"components": list(taken.values_list("item__code", flat=True))}, said)
    taken.delete()
    WorkComponent.objects.bulk_create(left)
    settle(at, order)
    return go(at, order, "production.take_over_order")


def _still_taken(at: At, order: WorkOrder, seq: int, each: Takes) -> WorkComponent:
    """A component of so much once per order, however much is made."""
    item = named(at, Item, "item", each.item)
    needed = whole(each.qty, item.decimals, "qty")
    per_order = str(Fraction(each.qty))
    return WorkComponent(
        company_id=at.company_id,
        order=order,
        seq=seq,
        item=item,
        per_unit="0",
        per_order=per_order,
        needed_steps=needed,
    )
