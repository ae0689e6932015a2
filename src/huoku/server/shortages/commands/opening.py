"""Telling of a shortage: by hand, or because a pick, a kit or a late supply showed it."""

from pydantic import Field

from huoku.server.documents.places import place_called
from huoku.server.items.models import Item
from huoku.server.ledger.doubting import ask_for_a_count
from huoku.server.ledger.handing import give_back
from huoku.server.ledger.models import CountTask, Location
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import Positive, whole
from huoku.server.platform.kept import Unknown, named, nouns, opened, rows_for
from huoku.server.platform.requests import Asked, Code, Id, Words
from huoku.server.production.components import Components, kept_for
from huoku.server.production.models import WorkOrder
from huoku.server.production.states import UNDER_WAY
from huoku.server.shortages.following import review
from huoku.server.shortages.lacking import component_of
from huoku.server.shortages.models import ShortageCase
from huoku.server.shortages.opening import open_for
from huoku.server.shortages.refusals import NothingMissing, NotItsComponent
from huoku.server.shortages.rights import OPEN
from huoku.server.shortages.standing import Standing

Source = ShortageCase.Source


class OpenCase(Asked):
    order: Code = Field(description="The number of the work order.")
    item: Code
    place: Code | None = Field(default=None, description="Where it is not to be found, though the book has it there.")
    quantity: Positive | None = Field(
        default=None, description="So much of it is not there; all that is kept, if empty."
    )
    note: Words = ""


@command(right=OPEN)
def open_case(at: At, request: OpenCase) -> dict[str, object]:
    """Tell of a shortage. What is not to be found at a place is no longer counted on, and a count is asked for.

    Raises Unknown, NotItsComponent, NothingMissing, NotWholeSteps.
    """
    order = rows_for(at.actor, WorkOrder).select_for_update(of=("self",)).filter(number=request.order).first()
    if order is None:
        raise Unknown(field="order", value=request.order, **nouns(WorkOrder))
    item = named(at, Item, "item", request.item)
    if order.state not in UNDER_WAY or component_of(Components(at, order), item.pk) is None:
        raise NotItsComponent(field="item", value=item.code, number=order.number)
    place = place_called(at, request.place, "place") if request.place else None
    if place:
        most = whole(request.quantity, item.decimals, "quantity") if request.quantity else None
        _not_there(at, order, item, place, most)
    found = open_for(at, order, item, Source.HAND, place, request.note)
    if found is None:
        raise NothingMissing(field="item", value=item.code, number=order.number)
    return _reviewed(at, *found)


def _reviewed(at: At, case: ShortageCase, now: Standing) -> dict[str, object]:
    return {"id": case.pk, **review(at, case, now)}


def _not_there(at: At, order: WorkOrder, item: Item, place: Location, most: int | None) -> None:
    given, left = {}, most
    for row in kept_for(at.company_id, order):
        if (row.item_id, row.location_id, row.supply_id) == (item.pk, place.pk, None):
            part = row.open_quantity if left is None else min(left, row.open_quantity)
            if part:
                given[row.pk] = part
            left = left if left is None else left - part
    give_back(at, given)
    ask_for_a_count(at, item.pk, place.pk, CountTask.Cause.NOT_FOUND)


class NoteShortage(Asked):
    """What an event showed."""

    order: Id
    item: Code
    source: Source
    place: Code | None = None


@command(right=OPEN)
def note_shortage(at: At, request: NoteShortage) -> dict[str, object]:
    """Open the shortage that an event told of, where it is still one. Raises NotFound, Unknown."""
    order = opened(at, WorkOrder, request.order, None)
    item = named(at, Item, "item", request.item)
    place = place_called(at, request.place, "place") if request.place else None
    found = open_for(at, order, item, request.source, place) if order.state in UNDER_WAY else None
    return _reviewed(at, *found) if found else {"id": None}
