"""First of all: is the book right? (核对账实)"""

from pydantic import Field

from huoku.language import Sentence
from huoku.server.documents.course import go, must_be_open_to
from huoku.server.documents.places import place_called
from huoku.server.ledger.commands.counts import StateCount, state_count
from huoku.server.ledger.models import Count, StockHead
from huoku.server.platform.command import At, command
from huoku.server.platform.exact import Amount, plain, whole
from huoku.server.platform.kept import opened
from huoku.server.platform.requests import Code, Opened
from huoku.server.shortages.following import review
from huoku.server.shortages.models import ShortageCase
from huoku.server.shortages.refusals import PlaceNeeded
from huoku.server.shortages.rights import VERIFY
from huoku.server.shortages.states import FOUND, VERIFIED
from huoku.server.shortages.trail import note

COUNTED = Sentence(
    "核对 {place}：账面 {book}，实物 {physical}，差 {difference}。",
    "Counted {place}: the book {book}, there {physical}, difference {difference}.",
)


class VerifyCase(Opened):
    counted: Amount = Field(description="What really lies there, also what is kept for others.")
    place: Code | None = Field(default=None, description="Where; the place at which it was not found, if empty.")
    lot: Code | None = Field(default=None, description="Wanted where the item is kept by lot; lot by lot then.")


@command(right=VERIFY)
def verify_case(at: At, request: VerifyCase) -> dict[str, object]:
    """Count the place. It is a count as any other: a difference waits for its approval, a large one for a second
    count. Tells book and bin, and how the shortage stands then.

    Raises NotFound, Stale, NotFromHere, PlaceNeeded, Unknown, LotNeeded, NotWholeSteps.
    """
    case = opened(at, ShortageCase, request.id, request.version)
    must_be_open_to(case, "shortages.verify_case")
    place = place_called(at, request.place, "place") if request.place else case.place
    if place is None:
        raise PlaceNeeded(field="place")
    steps = whole(request.counted, case.item.decimals, "counted")
    book = _book(at, case.item_id, place.pk)
    asked = StateCount(item=case.item_id, location=place.pk, counted=steps, lot_code=request.lot or "")
    told = state_count(at, asked)
    count = Count.objects.of(at.company_id).get(pk=told["id"])
    physical = book + count.difference
    who = {"verified_at": at.now, "verified_by": at.actor.user, "place": place}
    to = VERIFIED if case.state == FOUND else case.state
    go(at, case, "shortages.verify_case", to=to, book_steps=book, physical_steps=physical, **who)
    decimals = case.item.decimals
    figures = {"book": plain(book, decimals), "physical": plain(physical, decimals)}
    difference = plain(count.difference, decimals)
    note(at, case, "verified", COUNTED, f"ledger.count:{count.pk}", place=place.code, difference=difference, **figures)
    return {**review(at, case), **figures, "count": told}


def _book(at: At, item: int, place: int) -> int:
    head = StockHead.objects.of(at.company_id).filter(item=item, location=place).first()
    return head.on_hand if head else 0
